import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { GoodsLines } from '../goods-lines.js';
import { CALL_OFF_REST, ORDER, READY } from '../order.documents.js';
import { ShipForm } from '../ship-form.js';
import { DelayForm, Delays } from '../order-delay.js';
import { dueOf, nextInQueue, restOf } from '../to-ship.js';
import { Tracking } from '../tracking.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { useLast } from '../../shared/use-last.js';
import { Waiting } from '../waiting.js';
import { orderWord } from '../words.js';

type Order = NonNullable<ResultOf<typeof ORDER>['merchantOrder']>;

const waits = ({ state }: Order): boolean => state === 'TO_SHIP' || state === 'PARTLY_SHIPPED';

function To({ order: { recipient, handover } }: { order: Order }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="pin" />
        {handover === 'PICK_UP' ? t('来取货的人') : t('寄给')}
      </h2>
      <p className="to">
        <b>{recipient.name}</b>
        <a className="button is-quiet" href={`tel:${recipient.phone}`}>
          <Icon name="call" />
          {recipient.phone}
        </a>
      </p>
      <p>
        {recipient.county.fullName} {recipient.address}
      </p>
    </section>
  );
}

function DuePromise({ order: { dueOn } }: { order: Order }) {
  const due = dueOf(dueOn);
  if (due === 'LATE')
    return (
      <p className="notice is-bad" role="status">
        {t('答应 {day}前发，已经晚了。请尽快发出。', { day: dayOf(dueOn) })}
      </p>
    );
  return (
    <p className="notice" role="status">
      {due === 'TODAY' ? t('今天要发出。') : t('{day}前发出就行。', { day: dayOf(dueOn) })}
    </p>
  );
}

/** The goods stand at their place of sale. */
function Ready({ orderId, changed, look }: { orderId: string; changed: () => void; look: () => void }) {
  const { act, isBusy, refusal } = useAct(READY, look);
  return (
    <section className="panel">
      <h2>
        <Icon name="box" />
        {t('买家自己来取')}
      </h2>
      <p>{t('货放到取货点以后按这里，买家在订单里就能看到。两天后算收到。')}</p>
      <RefusalNote refusal={refusal} />
      <button
        type="button"
        className="button is-wide is-large is-warm"
        disabled={isBusy}
        onClick={() => void act({ merchantOrderId: orderId }).then((ready) => ready && changed())}
      >
        {t('货备好了')}
      </button>
    </section>
  );
}

/** Money goes back for it, so it is asked twice. */
function CallOffRest({ orderId, changed }: { orderId: string; changed: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const { act, isBusy, refusal } = useAct(CALL_OFF_REST, changed);
  if (!isAsked)
    return (
      <button type="button" className="text-button" onClick={() => setAsked(true)}>
        {t('余下的发不了了')}
      </button>
    );
  return (
    <section className="panel" role="alert">
      <p>{t('余下的不发了，这部分钱退给买家，退了就收不回来。')}</p>
      <RefusalNote refusal={refusal} />
      <div className="pair">
        <button type="button" className="button is-quiet" onClick={() => setAsked(false)}>
          {t('再想想')}
        </button>
        <button
          type="button"
          className="button is-warm"
          disabled={isBusy}
          onClick={() => void act({ merchantOrderId: orderId }).then((gone) => gone && changed())}
        >
          {t('退给买家')}
        </button>
      </div>
    </section>
  );
}

function Parcels({ order: { fulfillments } }: { order: Order }) {
  if (fulfillments.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Icon name="truck" />
        {t('已经发出的')}
      </h2>
      {fulfillments.map((parcel) => {
        const { id, carrier, trackingNo, shippedAt, receivedAt, isReplacement, lines } = parcel;
        return (
          <div key={id} className="parcel">
            <p>
              <b>{carrier ?? t('在取货点等买家')}</b> <span className="code">{trackingNo}</span>
              {isReplacement && <span className="tag">{t('换货')}</span>}
            </p>
            <GoodsLines
              lines={lines.map(({ quantity, orderLine }) => ({ ...orderLine, quantity }))}
              countOf={({ quantity }) => quantity}
            />
            <small>
              {momentOf(shippedAt)} {t('发出')}
              {receivedAt !== null && ` · ${momentOf(receivedAt)} ${t('收到')}`}
            </small>
            <Tracking parcel={parcel} />
          </div>
        );
      })}
    </section>
  );
}

/** When it is one's own, or why not yet. */
function moneyWord(order: Order): string {
  const { state, releaseDueAt, autoReceiptAt, paymentTerm, daysToPay } = order;
  if (state === 'CANCELLED') return t('订单取消了，没有货款。');
  if (state === 'UNPAID') return t('买家还没付款，先别发货。');
  if (paymentTerm === 'ON_ACCOUNT') return t('单位先收货后付款，签收后 {n} 天内付。', { n: daysToPay ?? 0 });
  if (state === 'COMPLETED') return t('售后期过了，这笔钱归您了，随下一次打款。');
  if (releaseDueAt !== null) return t('{at} 售后期满，这笔钱就能打款。', { at: momentOf(releaseDueAt) });
  if (autoReceiptAt !== null)
    return t('买家收到后开始算售后期。最晚 {at} 算收到。', { at: momentOf(autoReceiptAt) });
  return t('发出去、买家收到、过了售后期，这笔钱就归您。');
}

function Money({ order }: { order: Order }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="coin" />
        {t('货款')}
        <small className="code">{order.id}</small>
      </h2>
      <dl className="sums">
        <div>
          <dt>{t('商品')}</dt>
          <dd>{amountOf(order.goodsFen)}</dd>
        </div>
        <div>
          <dt>{t('运费')}</dt>
          <dd>{amountOf(order.freightFen)}</dd>
        </div>
      </dl>
      <p className="note">{moneyWord(order)}</p>
    </section>
  );
}

function Gone({ next }: { next: string | null }) {
  return (
    <section className="panel is-soft gone" role="status">
      <Icon name="check" />
      <h2>{t('发出去了')}</h2>
      <Link className="button is-wide is-large" href={next === null ? '/ship' : `/orders/${next}`}>
        {next === null ? t('都发完了，回去看看') : t('发下一单')}
      </Link>
    </section>
  );
}

function Body({ order, look }: { order: Order; look: () => void }) {
  const [next, setNext] = useState<{ readonly id: string | null } | null>(null);
  const isWaiting = waits(order);
  const isParcel = order.handover === 'PARCEL';
  const sent = () => {
    setNext({ id: nextInQueue(order.id) });
    look();
    scrollTo(0, 0);
  };
  return (
    <div className="panels is-order">
      {next && !isWaiting && <Gone next={next.id} />}
      {isWaiting && <DuePromise order={order} />}
      <section className="panel">
        <h2>
          <Icon name="box" />
          {isWaiting ? t('要装的货') : t('买了什么')}
          {isWaiting && (
            <Link href={`/packing?order=${order.id}`} className="bar-link">
              <Icon name="print" />
              {t('装箱单')}
            </Link>
          )}
        </h2>
        <GoodsLines
          lines={isWaiting ? order.lines.filter((line) => restOf(line) > 0) : order.lines}
          countOf={(line) => (isWaiting ? restOf(line) : line.quantity)}
        />
        {isWaiting && (
          <p className="note">
            {t('批次')}{' '}
            <span className="code">{order.lines.map(({ batch }) => batch.traceCode).join(' · ')}</span>
          </p>
        )}
      </section>
      <To order={order} />
      {isWaiting && isParcel && (
        <ShipForm key={order.state} orderId={order.id} lines={order.lines} shipped={sent} look={look} />
      )}
      {isWaiting && order.handover === 'PICK_UP' && <Ready orderId={order.id} changed={sent} look={look} />}
      {isWaiting && <DelayForm order={order} changed={look} />}
      <Delays order={order} />
      <Parcels order={order} />
      {order.state === 'PARTLY_SHIPPED' && <CallOffRest orderId={order.id} changed={look} />}
      <Money order={order} />
    </div>
  );
}

/** One part of an order: what goes into the box, where it goes, and its money. */
export default function OrderPage({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: ORDER,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const look = () => again({ requestPolicy: 'network-only' });
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  const order = data.merchantOrder;
  if (!order)
    return (
      <>
        <TopBar title={t('订单')} />
        <main id="main" className="page">
          <Empty icon="receipt" title={t('这里看不到这个订单：它不在，或者是别家的。')}>
            <Link className="button" href="/ship">
              {t('回到发货')}
            </Link>
          </Empty>
        </main>
      </>
    );
  return (
    <>
      <TopBar title={orderWord(order.state)} />
      <main id="main" className="page">
        <Body order={order} look={look} />
      </main>
    </>
  );
}
