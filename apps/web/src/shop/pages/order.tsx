import type { ResultOf } from 'gql.tada';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { nowMs } from '../../shared/clock.js';
import { dayOf, momentOf } from '../../shared/dates.js';
import { useAct } from '../../shared/graphql/act.js';
import { t } from '../../shared/i18n.js';
import { amountOf, yuanExact } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Empty, Failure, RefusalNote } from '../../shared/ui/states.js';
import { SureButton } from '../../shared/ui/sure-button.js';
import { useLast } from '../../shared/use-last.js';
import { type Pace, useWatch } from '../../shared/watch.js';
import { CANCEL, ORDER } from '../order.documents.js';
import { orderWord } from '../order-words.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { hadSession } from '../../shared/session.js';
import { signInPath } from '../sign-in-path.js';
import { Waiting } from '../waiting.js';
import { rarely } from '../rarely.js';
import { Impact } from './order-impact.js';
import { PayPanel } from './order-pay.js';
import { Timeline } from './order-timeline.js';

type Order = NonNullable<ResultOf<typeof ORDER>['order']>;

const VendPanel = rarely(() => import('./order-vend.js'));
const PickUpPanel = rarely(() => import('./order-pick-up.js'));
const DelayPanel = rarely(() => import('./order-delay.js'));
const PartPanel = rarely(() => import('./order-part.js'));
const ClaimOrder = rarely(() => import('./order-claim.js'));
const BuyAgain = rarely(() => import('./order-again.js'));

/** Whoever has just paid looks at nothing else; after this long one says that it takes its time. */
const PATIENCE_MS = 60_000;
const AT_THE_BANK: Pace = { firstMs: 1_500, mostMs: 1_500 };

/** A parcel that is sent, a refund, a time that ran out: the bank and the seller take minutes and days. */
const UNDER_WAY: Pace = { firstMs: 5_000, mostMs: 60_000 };

/** Out of a cabinet: at once, or not at all. */
const isVended = ({ merchantOrders }: Order): boolean =>
  merchantOrders.some(({ handover }) => handover === 'VEND');

/** Fetched by whoever has ordered it: what is paid, and what lay in a cell, whatever became of it. */
const isFetched = ({ handover, state, pickUp }: Order['merchantOrders'][number]): boolean =>
  handover === 'PICK_UP' && (pickUp !== null || state === 'TO_SHIP' || state === 'SHIPPED');

/** Somebody stands before the cell. */
const isOpening = ({ merchantOrders }: Order): boolean =>
  merchantOrders.some(({ pickUp }) => pickUp?.state === 'OPENING');

/** Somebody stands at the tray. */
const isComingOut = (order: Order): boolean =>
  order.state === 'PAID' && isVended(order) && (order.vend === null || order.vend.state === 'DELIVERING');

const isOver = ({ state, merchantOrders }: Order): boolean =>
  state === 'CANCELLED' || merchantOrders.every((part) => part.state === 'CANCELLED');

type DelayNotice = Order['delayNotices'][number];

const partOf = ({ merchantOrders }: Order, { merchantOrderId }: DelayNotice) =>
  merchantOrders.find(({ id }) => id === merchantOrderId);

/** What is still asked; and what is waited for, for whoever has enough of it, until it has left. */
function isAnswerable(order: Order, notice: DelayNotice, later: readonly DelayNotice[]): boolean {
  if (notice.state === 'OPEN') return true;
  const state = partOf(order, notice)?.state;
  const isLast = !later.some(({ merchantOrderId }) => merchantOrderId === notice.merchantOrderId);
  return notice.state === 'KEPT' && isLast && (state === 'TO_SHIP' || state === 'PARTLY_SHIPPED');
}

/** Whose part is late, where there are several. */
const sellerOf = (order: Order, notice: DelayNotice): string | null =>
  order.merchantOrders.length > 1 ? (partOf(order, notice)?.merchant.name ?? null) : null;

/** Whether others still have something to do with it. */
const isUnderWay = ({ state, merchantOrders, refunds }: Order): boolean =>
  state === 'PLACED' ||
  refunds.some((refund) => refund.state === 'REQUESTED' || refund.state === 'SENT') ||
  merchantOrders.some((part) => ['TO_SHIP', 'PARTLY_SHIPPED', 'SHIPPED'].includes(part.state));

/** What the buyer has paid and the seller has not sent can still be called off. */
const isCancellable = (order: Order): boolean =>
  !isOver(order) &&
  !(isVended(order) && order.state === 'PAID') &&
  order.merchantOrders.every(({ state }) => state === 'UNPAID' || state === 'TO_SHIP');

function Sums({ order }: { order: Order }) {
  const rows: readonly [string, string][] = [
    [t('商品'), order.goodsFen],
    ...(order.subsidyFen === '0'
      ? []
      : [[t('消费券和平台补贴'), `-${order.subsidyFen}`] as [string, string]]),
    [t('运费'), order.freightFen],
    [t('合计'), order.totalFen],
  ];
  const isToFetch = order.merchantOrders.some(({ handover }) => handover === 'PICK_UP');
  return (
    <section className="panel">
      <h2>
        <Icon name="receipt" />
        <span>{t('订单')}</span>
        <small className="code">{order.id}</small>
      </h2>
      <dl className="sums">
        {rows.map(([name, fen]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{amountOf(fen)}</dd>
          </div>
        ))}
      </dl>
      {order.presale && order.state !== 'CANCELLED' && (
        <p className="note">
          <Icon name="leaf" /> {t('预售：{day} 发出', { day: dayOf(order.presale.promisedDispatchOn) })}
        </p>
      )}
      {order.delayNotices
        .filter(({ state }) => state === 'KEPT')
        .map(({ id, promisedOn, proposedOn, reason }) => (
          <p key={id} className="note">
            {t('改过发货日：{from} 改到 {to}', { from: dayOf(promisedOn), to: dayOf(proposedOn) })}
            {reason !== null && `（${reason}）`}
          </p>
        ))}
      {order.recipient.county && (
        <p className="note">
          {isToFetch ? t('自己来取') : t('寄给')} {order.recipient.name} {order.recipient.phone}，
          {order.recipient.county.fullName} {order.recipient.address}
        </p>
      )}
    </section>
  );
}

/** Money that came back, or is on its way: also what was paid twice. */
function Refunds({ order }: { order: Order }) {
  if (order.refunds.length === 0) return null;
  return (
    <section className="panel" role="status">
      {order.refunds.map(({ id, reason, state, amountFen }) => (
        <p key={id}>
          {reason === 'DUPLICATE' && <b>{t('您付了两次。')}</b>}
          {reason === 'LATE' && <b>{t('付款到得太晚，订单已取消。')}</b>}{' '}
          {state === 'SUCCEEDED' && t('¥{amount} 已经退回', { amount: yuanExact(amountFen) })}
          {state === 'FAILED' && t('¥{amount} 没退成，我们正在处理', { amount: yuanExact(amountFen) })}
          {(state === 'REQUESTED' || state === 'SENT') &&
            t('¥{amount} 正在退回，原路到账', { amount: yuanExact(amountFen) })}
        </p>
      ))}
    </section>
  );
}

/** Whether the bank has to say something: the query string of the payment page proves nothing. */
function useWaiting(order: Order | null | undefined, isBack: boolean): 'no' | 'yes' | 'long' {
  const [sinceMs] = useState(nowMs);
  const states = order?.state === 'PLACED' ? order.payments.map(({ state }) => state) : [];
  const open = states.filter((state) => state !== 'FAILED' && state !== 'CANCELLED').length;
  // The deposit that has arrived is waited for no longer; the balance is a payment of its own.
  const isOpen = open > (order?.depositPaidAt ? 1 : 0);
  const isWaiting = isOpen && (isBack || states.includes('PROCESSING'));
  const isLong = nowMs() - sinceMs > PATIENCE_MS;
  return isWaiting ? (isLong ? 'long' : 'yes') : 'no';
}

/** Why it is over. */
function cancelWord(reason: Order['cancelReason']): string {
  if (reason === 'EXPIRED') return t('没有在时限内付款，订单已经取消，货也放回去了。');
  if (reason === 'UNDELIVERED') return t('柜机没有出货，订单已经取消。');
  if (reason === 'BALANCE_UNPAID') return t('尾款没有按时付，订单已经取消，订金原样退回。');
  if (reason === 'HARVEST_FAILED') return t('这一季没有收成，订单已经取消，钱全部退回。');
  if (reason === 'DELAYED') return t('您没有等，订单已经取消，钱全部退回。');
  return t('订单已经取消。');
}

/** Out of a cabinet, of a presale or of a tree: another one is another matter. */
const canBuyAgain = (order: Order): boolean =>
  !isVended(order) && order.presale === null && order.adoptions.length === 0;

/** Twice, since it is gone then. */
function Cancel({ order, changed }: { order: Order; changed: () => void }) {
  const { act, isBusy, refusal } = useAct(CANCEL, changed);
  return (
    <>
      <RefusalNote refusal={refusal} />
      <SureButton
        name={order.state === 'PAID' ? t('取消订单并退款') : t('取消订单')}
        sure={t('真的取消')}
        isBusy={isBusy}
        act={() => act({ orderId: order.id }).then((done) => done && changed())}
      />
    </>
  );
}

export default function OrderPage({ id }: { id: string }) {
  const [{ data: answer, error }, again] = useQuery({
    query: ORDER,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const data = useLast(answer);
  const order = data?.order;
  const status = new URLSearchParams(useSearch()).get('redirect_status');
  const look = () => again({ requestPolicy: 'network-only' });
  const waiting = useWaiting(order, status === 'succeeded');
  const pace =
    waiting === 'yes' || (order && (isComingOut(order) || isOpening(order)))
      ? AT_THE_BANK
      : order && isUnderWay(order)
        ? UNDER_WAY
        : null;
  useWatch(pace, JSON.stringify(order), look);
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={look} />
      </main>
    );
  if (!data) return <Waiting />;
  if (!order)
    return (
      <>
        <TopBar title={t('订单')} />
        <main id="main" className="page">
          <Empty icon="receipt" title={t('这里看不到这个订单：它不在，或者是别人的。')}>
            <Link className="button" href={signInPath(`/orders/${id}`)}>
              {t('登录后再看')}
            </Link>
            {hadSession() && <ClaimOrder orderId={id} changed={look} />}
          </Empty>
        </main>
      </>
    );
  return (
    <>
      <TopBar title={orderWord(order)} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          {waiting !== 'no' ? (
            <section className="panel is-benefit" role="status">
              <h2>
                <Icon name="clock" />
                {waiting === 'yes' ? t('正在等银行的消息…') : t('银行还没有回话')}
              </h2>
              <p>
                {waiting === 'yes'
                  ? t('钱一到，这里马上就变。不用再付一次。')
                  : t('可以先离开，付款成功后订单会自己变过来。')}
              </p>
            </section>
          ) : (
            <PayPanel order={order} hasFailed={status === 'failed'} />
          )}
          {isVended(order) && (order.state === 'PAID' || order.vend) && <VendPanel order={order} />}
          {order.state === 'CANCELLED' && (
            <section className="panel" role="status">
              <p>{cancelWord(order.cancelReason)}</p>
              <Link className="button is-quiet" href="/">
                {t('再去看看')}
              </Link>
            </section>
          )}
          {order.merchantOrders.filter(isFetched).map((part) => (
            <PickUpPanel key={part.id} order={order} part={part} />
          ))}
          <Refunds order={order} />
          {order.state === 'PAID' && <Impact orderId={order.id} />}
          {order.state === 'PLACED' && order.paymentTerm === 'ON_ACCOUNT' && (
            <section className="panel is-benefit" role="status">
              <h2>
                <Icon name="clock" />
                {t('等单位的审批人签字')}
              </h2>
              <p>{t('{moment} 前签了字才算数，货和额度先留着。', { moment: momentOf(order.expiresAt) })}</p>
            </section>
          )}
          {order.adoptions.map((adoption) => (
            <Link key={adoption.id} className="button is-quiet" href={`/adoptions/${adoption.id}`}>
              {t('看我认养的')}
            </Link>
          ))}
          {order.delayNotices
            .filter((notice, at, all) => isAnswerable(order, notice, all.slice(at + 1)))
            .map((notice) => (
              <DelayPanel key={notice.id} notice={notice} seller={sellerOf(order, notice)} changed={look} />
            ))}
          {order.merchantOrders.map((part) => (
            <PartPanel key={part.id} orderId={order.id} part={part} changed={look} />
          ))}
          <Timeline moments={order.timeline} />
          <Sums order={order} />
          <div className="order-acts">
            {hadSession() && (order.state === 'PAID' || order.state === 'SIGNED') && (
              <Link className="button is-quiet" href={`/invoices/${order.id}`}>
                {t('发票')}
              </Link>
            )}
            {(order.state === 'PAID' || order.state === 'CANCELLED') && canBuyAgain(order) && (
              <BuyAgain orderId={order.id} />
            )}
            {isCancellable(order) && waiting === 'no' && <Cancel order={order} changed={look} />}
          </div>
        </div>
      </main>
    </>
  );
}
