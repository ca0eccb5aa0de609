import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { takeFile } from '../../shared/files.js';
import { type Refusal, useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf, yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty, Failure, RefusalNote, Skeleton } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { useLast } from '../../shared/use-last.js';
import { type Pace, useWatch } from '../../shared/watch.js';
import {
  BULK_CANCEL,
  BULK_FAULTS,
  BULK_ORDER,
  BULK_PARCELS,
  BULK_SIGN,
  type BulkOrder,
} from '../bulk.documents.js';
import { bulkWord, isAtWork } from '../bulk-words.js';
import { UNITS } from '../unit.documents.js';
import { MemberOnly } from './member-only.js';
import { UnitListConfirm } from './unit-list-confirm.js';

type Parcel = ResultOf<typeof BULK_PARCELS>['bulkOrderParcels']['nodes'][number];

/** Two thousand recipients take half a minute. */
const AT_WORK: Pace = { firstMs: 1_500, mostMs: 5_000 };

const parcelWord = (state: Parcel['state']): string =>
  ({
    WAITING: t('排着队'),
    PLACED: t('下好了'),
    SIGNED: t('签好了'),
    REFUSED: t('没有下成'),
    UNDONE: t('取消了'),
  })[state];

function Faults({ id, ...place }: Place & { id: string }) {
  const [{ data, error }, again] = useQuery({
    query: BULK_FAULTS,
    variables: { bulkOrderId: id, after: place.after },
  });
  return (
    <ListPart
      {...place}
      page={data?.bulkOrderRows}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={null}
    >
      <ul className="cart-lines">
        {data?.bulkOrderRows.nodes.map(({ rowNo, recipient, faults }) => (
          <li key={rowNo}>
            <b>{t('第 {no} 行', { no: rowNo })}</b> {recipient}
            {faults.map(({ column, message }) => (
              <p key={`${column} ${message}`} className="refusal">
                {message}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </ListPart>
  );
}

function Parcels({ list: { id, state }, ...place }: Place & { list: BulkOrder }) {
  const [{ data, error }, again] = useQuery({
    query: BULK_PARCELS,
    variables: { bulkOrderId: id, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.bulkOrderParcels}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<p className="note">{t('没有一行能下单。')}</p>}
    >
      {data?.bulkOrderParcels.nodes.map((parcel) => (
        <div key={parcel.parcelNo} className="sum-line">
          <span>
            {parcel.orderId === null ? (
              parcel.name
            ) : (
              <Link className="link" href={`/orders/${parcel.orderId}`}>
                {parcel.name}
              </Link>
            )}
            <small>
              {state !== 'CHECKED' && `${parcelWord(parcel.state)} · `}
              {parcel.address}
            </small>
            {parcel.refusal && <small className="refusal">{parcel.refusal.message}</small>}
          </span>
          <span>¥{yuanExact(parcel.totalFen)}</span>
        </div>
      ))}
    </ListPart>
  );
}

/** How far it has come, by recipient. */
function Progress({ list }: { list: BulkOrder }) {
  const { waiting, placed, signed, refused, undone } = list.progress;
  const all = waiting + placed + signed + refused + undone;
  const told: readonly [string, number][] = [
    [t('排着队'), waiting],
    [t('下好了'), placed],
    [t('签好了'), signed],
    [t('没有下成'), refused],
    [t('取消了'), undone],
  ];
  return (
    <section className="panel is-benefit" role="status">
      <h2>
        <Icon name="truck" />
        {bulkWord(list.state)}
        <small>{t('{n} 位收货人', { n: all })}</small>
      </h2>
      {isAtWork(list) && (
        <meter
          className="share"
          min={0}
          max={Math.max(1, all)}
          value={all - waiting}
          aria-label={t('办到哪了')}
        />
      )}
      <ul className="chips">
        {told
          .filter(([, count]) => count > 0)
          .map(([word, count]) => (
            <li key={word} className="tag">
              {word} {count}
            </li>
          ))}
      </ul>
    </section>
  );
}

/** What may be done with it once it is ordered. */
function After({ list, changed }: { list: BulkOrder; changed: () => void }) {
  const [{ data }] = useQuery({ query: UNITS, variables: {} });
  const sign = useAct(BULK_SIGN, changed);
  const cancel = useAct(BULK_CANCEL, changed);
  const unit = data?.myProcurementUnits.find(({ id }) => id === list.unitId);
  const isBusy = sign.isBusy || cancel.isBusy;
  const mayCancel = list.state === 'PLACED' || list.state === 'SIGNED';
  const maySign =
    list.state === 'PLACED' &&
    list.paymentTerm === 'ON_ACCOUNT' &&
    list.progress.placed > 0 &&
    unit?.myRoles.includes('APPROVER') === true;
  if (!mayCancel) return null;
  const with_ = { bulkOrderId: list.id };
  return (
    <>
      {list.state === 'PLACED' && list.paymentTerm === 'PREPAID' && (
        <p className="note">{t('每一单十五分钟内付款：点下面的名字去付。')}</p>
      )}
      {list.state === 'PLACED' && list.paymentTerm === 'ON_ACCOUNT' && !maySign && (
        <p className="note">{t('挂账：等单位的审批人签字。下单的人自己不能签。')}</p>
      )}
      <RefusalNote refusal={sign.refusal ?? cancel.refusal} />
      <div className="two-acts">
        {maySign && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void sign.act(with_).then((done) => done && changed())}
          >
            {t('全部签字同意')}
          </button>
        )}
        <SureButton
          name={t('没发的都取消')}
          sure={t('真的全部取消')}
          isBusy={isBusy}
          act={() => cancel.act(with_).then((done) => done && changed())}
        />
      </div>
    </>
  );
}

function ListView({ list, changed }: { list: BulkOrder; changed: () => void }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isChecked = list.state === 'CHECKED';
  return (
    <div className="panels">
      {!isChecked && list.state !== 'DISCARDED' && <Progress list={list} />}
      <section className="panel">
        <h2>
          <Icon name="receipt" />
          <span>{list.fileName}</span>
          <small>{momentOf(list.checkedAt)}</small>
        </h2>
        <p>
          {t('{n} 行', { n: list.rowCount })}
          {list.faultyRowCount > 0 && <b> {t('其中 {n} 行有错', { n: list.faultyRowCount })}</b>}
          {list.isForUnion && <span className="tag">{t('工会')}</span>}
        </p>
        <dl className="sums">
          {(
            [
              [t('商品'), list.goodsFen],
              [t('运费'), list.freightFen],
              [t('合计'), list.totalFen],
            ] as const
          ).map(([name, fen]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{amountOf(fen)}</dd>
            </div>
          ))}
        </dl>
        <RefusalNote refusal={refusal} />
        <button
          type="button"
          className="button is-quiet"
          onClick={() => void takeFile(`/bulk-orders/${list.id}/xlsx`).then(setRefusal)}
        >
          {t('拿回表格，每行写着结果')}
        </button>
      </section>
      {isChecked && <UnitListConfirm list={list} changed={changed} />}
      <After list={list} changed={changed} />
      {list.faultyRowCount > 0 && (
        <section className="panel">
          <h2>
            <Icon name="help" />
            {t('有错的行')}
          </h2>
          <List show={(place) => <Faults {...place} id={list.id} />} />
        </section>
      )}
      {/* Asked anew once it has moved on. */}
      <section className="panel" key={`${list.state} ${list.progress.waiting === 0}`}>
        <h2>
          <Icon name="person" />
          {t('每位收货人')}
        </h2>
        <div className="panels">
          <List show={(place) => <Parcels {...place} list={list} />} />
        </div>
      </section>
    </div>
  );
}

function Body({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: BULK_ORDER,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  const list = data?.bulkOrder;
  useWatch(list && isAtWork(list) ? AT_WORK : null, JSON.stringify(list), look);
  if (error && !data) return <Failure error={error} retry={look} />;
  if (!data) return <Skeleton className="is-picture" count={2} />;
  if (!list) return <Empty icon="receipt" title={t('这里看不到这张表：它不在，或者是别的单位的。')} />;
  return <ListView list={list} changed={look} />;
}

/** One list: what it would cost, what is wrong with it, and what became of each row. */
export default function UnitList({ id }: { id: string }) {
  return (
    <MemberOnly
      title={t('批量下单')}
      icon="hall"
      why={t('登录后能替单位批量下单。')}
      path={`/unit/lists/${id}`}
    >
      <Body id={id} />
    </MemberOnly>
  );
}
