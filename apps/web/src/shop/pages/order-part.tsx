import type { ResultOf } from 'gql.tada';
import { Link } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { caseWord } from '../case-words.js';
import type { ORDER } from '../order.documents.js';
import { CALL_OFF_REST, RECEIVE, RECEIVE_PARCEL } from '../order-acts.documents.js';
import { partWord } from '../order-words.js';
import { hadSession } from '../../shared/session.js';

type Order = NonNullable<ResultOf<typeof ORDER>['order']>;
type Part = Order['merchantOrders'][number];
type Line = Part['lines'][number];
type Parcel = Part['fulfillments'][number];

/** What one can still do about one line: complain, follow a case, say how it was. */
function LineActs({ orderId, line, isReceived }: { orderId: string; line: Line; isReceived: boolean }) {
  const at = new URLSearchParams({ order: orderId, line: line.id });
  const isReviewable = isReceived && line.review === null && hadSession();
  if (line.afterSaleOptions.length === 0 && line.afterSales.length === 0 && !isReviewable) return null;
  return (
    <div className="chips line-acts">
      {line.afterSales.map(({ id, state }) => (
        <Link key={id} className="chip" href={`/after-sales/${id}`}>
          {t('售后：{state}', { state: caseWord(state) })}
        </Link>
      ))}
      {line.afterSaleOptions.length > 0 && (
        <Link className="chip" href={`/after-sales/new?${at}`}>
          {t('申请售后')}
        </Link>
      )}
      {isReviewable && (
        <Link className="chip" href={`/reviews/new?${at}`}>
          {t('写评价')}
        </Link>
      )}
    </div>
  );
}

interface ParcelProps {
  readonly part: Part;
  readonly parcel: Parcel;
  /** Null where there is one alone. */
  readonly no: number | null;
  readonly changed: () => void;
}

/** One parcel: by whom, what is in it, when it left and arrived. */
function ParcelBox({ part, parcel, no, changed }: ParcelProps) {
  const { act, isBusy, refusal } = useAct(RECEIVE_PARCEL, changed);
  const names = new Map(part.lines.map(({ id, productName }) => [id, productName] as const));
  const isOpen = parcel.receivedAt === null && !parcel.isReplacement;
  // One alone, or the last of them, is received with all of it.
  const isByItself = no !== null || part.state === 'PARTLY_SHIPPED';
  return (
    <li className="parcel">
      <p>
        <Icon name="truck" />{' '}
        <b>{parcel.isReplacement ? t('换货寄来的') : no === null ? t('包裹') : t('包裹 {n}', { n: no })}</b>{' '}
        {parcel.carrier} <span className="code">{parcel.trackingNo}</span>
      </p>
      {isByItself && (
        <p className="note">
          {parcel.lines
            .map(({ orderLine, quantity }) => `${names.get(orderLine.id) ?? ''} × ${quantity}`)
            .join(t('、'))}
        </p>
      )}
      <ol className="timeline is-short">
        {parcel.receivedAt !== null && (
          <li>
            <p>{t('收到货了')}</p>
            <small>{momentOf(parcel.receivedAt)}</small>
          </li>
        )}
        <li>
          <p>{t('发出来了')}</p>
          <small>{momentOf(parcel.shippedAt)}</small>
        </li>
      </ol>
      <RefusalNote refusal={refusal} />
      {isOpen && isByItself && (
        <button
          type="button"
          className="button is-quiet"
          disabled={isBusy}
          onClick={() => void act({ fulfillmentId: parcel.id }).then((done) => done && changed())}
        >
          {t('收到这个包裹')}
        </button>
      )}
    </li>
  );
}

/** What has not left is no longer wanted; twice, since it is gone then. */
function CallOff({ part, changed }: { part: Part; changed: () => void }) {
  const { act, isBusy, refusal } = useAct(CALL_OFF_REST, changed);
  return (
    <>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={t('没发的不要了')}
        sure={t('真的不要了，退钱')}
        isBusy={isBusy}
        act={() => act({ merchantOrderId: part.id }).then((done) => done && changed())}
      />
    </>
  );
}

/** The part of one seller: what was bought, parcel by parcel, and what one can do about it. */
export default function PartPanel({
  orderId,
  part,
  changed,
}: {
  orderId: string;
  part: Part;
  changed: () => void;
}) {
  const { act, isBusy, refusal } = useAct(RECEIVE, changed);
  const parcels = part.handover === 'PARCEL' ? part.fulfillments : [];
  const isReceived = part.state === 'RECEIVED' || part.state === 'COMPLETED';
  return (
    <section className="panel">
      <h2>
        <Icon name="hall" />
        {part.merchant.name}
        <small>{partWord(part)}</small>
      </h2>
      <ul className="cart-lines">
        {part.lines.map((line) => (
          <li key={line.id}>
            <div className="sum-line">
              <Link href={`/products/${line.productId}`}>
                {line.productName}
                <small>
                  {line.variantName} × {line.quantity} · {line.originCounty.name}
                  {part.state === 'TO_SHIP' &&
                    part.handover === 'PARCEL' &&
                    line.promisedDispatchOn !== null &&
                    ` · ${t('{day}前发出', { day: dayOf(line.promisedDispatchOn) })}`}
                </small>
              </Link>
              <span>¥{yuanExact(line.goodsFen)}</span>
            </div>
            <LineActs orderId={orderId} line={line} isReceived={isReceived} />
          </li>
        ))}
      </ul>
      {parcels.length > 0 && (
        <ul className="parcels">
          {parcels.map((parcel, index) => (
            <ParcelBox
              key={parcel.id}
              part={part}
              parcel={parcel}
              no={parcels.length > 1 ? index + 1 : null}
              changed={changed}
            />
          ))}
        </ul>
      )}
      <RefusalNote refusal={refusal} />
      {/* What lies in a cell is received when it is opened. */}
      {part.state === 'SHIPPED' && part.pickUp === null && (
        <>
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void act({ merchantOrderId: part.id }).then((done) => done && changed())}
          >
            {t('确认收货')}
          </button>
          {part.autoReceiptAt !== null && (
            <p className="note">{t('{moment} 自动确认', { moment: momentOf(part.autoReceiptAt) })}</p>
          )}
        </>
      )}
      {part.state === 'PARTLY_SHIPPED' && <CallOff part={part} changed={changed} />}
    </section>
  );
}
