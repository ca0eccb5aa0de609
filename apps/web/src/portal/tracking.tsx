import type { ResultOf } from 'gql.tada';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { type ORDER, TROUBLES } from './order.documents.js';

type Parcel = NonNullable<ResultOf<typeof ORDER>['merchantOrder']>['fulfillments'][number];
type Event = Parcel['tracking'][number];
type Trouble = ResultOf<typeof TROUBLES>['parcelsInTrouble']['nodes'][number]['trouble'];

const eventWord = (kind: Event['kind']): string =>
  ({
    COLLECTED: t('快递收走了'),
    ARRIVED: t('到站了'),
    OUT_FOR_DELIVERY: t('正在送'),
    SIGNED: t('签收了，买家两天不说话就算收到'),
    FAILED: t('没送到'),
    REFUSED: t('买家没收'),
    LOST: t('快递丢了'),
    RETURNED: t('货退回来了'),
  })[kind];

const troubleWord = (trouble: Trouble): string =>
  ({
    FAILED: t('没送到，快递会再送'),
    REFUSED: t('买家没收'),
    LOST: t('快递丢了'),
    RETURNED: t('货退回来了'),
  })[trouble];

/** What somebody does about it. */
const adviceOf = (trouble: Trouble): string =>
  ({
    FAILED: t('给买家打个电话，问清地址和什么时候在家，再告诉快递。'),
    REFUSED: t('先打电话问问为什么。货会退回来，买家申请退款，您点同意。'),
    LOST: t('请买家在订单里申请退款，您点同意；再拿单号找快递赔。'),
    RETURNED: t('收好货，给买家打电话：不要了就请他申请退款，您点同意。'),
  })[trouble];

const isTrouble = (kind: Event['kind']): kind is Trouble =>
  kind === 'FAILED' || kind === 'REFUSED' || kind === 'LOST' || kind === 'RETURNED';

/** Where a parcel is, as its carrier tells it, the latest on top; and what to do where something is wrong. */
export function Tracking({ parcel: { tracking, receivedAt } }: { parcel: Parcel }) {
  const last = tracking[tracking.length - 1];
  if (!last) return null;
  const trouble = receivedAt === null && isTrouble(last.kind) ? last.kind : null;
  return (
    <>
      {trouble && (
        <p className="notice is-bad" role="status">
          <b>{troubleWord(trouble)}</b> {adviceOf(trouble)}
        </p>
      )}
      <ol className="tracking">
        {[...tracking].reverse().map(({ kind, place, at }) => (
          <li key={`${kind} ${at}`} className={isTrouble(kind) ? 'is-bad' : ''}>
            {eventWord(kind)}
            <small>
              {momentOf(at)} {place}
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Parcels that somebody has to do something about; as many as one page holds are many. */
export function useTroubles(merchantId: string) {
  const [{ data }] = useQuery({
    query: TROUBLES,
    variables: { merchantId },
    requestPolicy: 'cache-and-network',
  });
  return data?.parcelsInTrouble;
}

export function Troubles({ merchantId }: { merchantId: string }) {
  const troubles = useTroubles(merchantId);
  if (!troubles || troubles.nodes.length === 0) return null;
  return (
    <section className="panel rows troubles">
      <h2>
        <Icon name="truck" />
        {t('路上出了问题')}
      </h2>
      {troubles.nodes.map(({ fulfillmentId, carrier, trackingNo, trouble, merchantOrder }) => (
        <Link key={fulfillmentId} href={`/orders/${merchantOrder.id}`} className="is-urgent">
          <Icon name="box" />
          <span>
            {merchantOrder.recipient.name}：{troubleWord(trouble)}
            <small>
              {carrier} <span className="code">{trackingNo}</span>
            </small>
          </span>
          <Icon name="right" />
        </Link>
      ))}
    </section>
  );
}
