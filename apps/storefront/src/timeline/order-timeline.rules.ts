import type { AfterSaleKind, AfterSaleRow } from '#libs/aftersale';
import type { FulfillmentLineRow, FulfillmentRow, ParcelEventKind, ParcelEventRow } from '#libs/fulfillment';
import { DAY_MS, type Message, plus, yuanText } from '#libs/kernel';
import {
  type CallOffRow,
  type MerchantOrderRow,
  type OrderLineRow,
  type OrderRow,
  afterSaleUntil,
} from '#libs/ordering';
import type { Refund } from '#libs/payment';

export const ORDER_MOMENT_KINDS = [
  'PLACED',
  'PAY_UNTIL',
  'SIGN_UNTIL',
  'SIGNED',
  'DEPOSIT_PAID',
  'PAID',
  'DISPATCH_BY',
  'CANCELLED',
  'SHIPPED',
  'READY',
  'CARRIED',
  'CARRIER_TROUBLE',
  'CARRIER_SIGNED',
  'RECEIVED',
  'RECEIPT_ASSUMED',
  'AFTER_SALE_UNTIL',
  'CALLED_OFF',
  'AFTER_SALE_OPENED',
  'AFTER_SALE_CLOSED',
  'REPLACEMENT_SHIPPED',
  'REPLACEMENT_RECEIVED',
  'REFUND_REQUESTED',
  'REFUNDED',
  'REFUND_FAILED',
] as const;
export type OrderMomentKind = (typeof ORDER_MOMENT_KINDS)[number];

/** Something that has happened to an order, or a time until which something may. */
export interface OrderMoment {
  readonly kind: OrderMomentKind;
  readonly at: Date;
  readonly text: Message;
  readonly merchantOrderId: string | null;
  readonly fulfillmentId: string | null;
  readonly afterSaleId: string | null;
  readonly refundId: string | null;
}

export interface TimelineSource {
  readonly order: Pick<
    OrderRow,
    | 'state'
    | 'paymentTerm'
    | 'placedAt'
    | 'expiresAt'
    | 'depositPaidAt'
    | 'signedAt'
    | 'paidAt'
    | 'cancelledAt'
    | 'cancelReason'
  >;
  readonly parts: readonly Pick<MerchantOrderRow, 'id' | 'handover' | 'releaseDueAt'>[];
  /** `promisedOn`: as it is promised now. */
  readonly lines: readonly Pick<
    OrderLineRow,
    'id' | 'merchantOrderId' | 'productName' | 'variantName' | 'quantity' | 'isPerishable' | 'promisedOn'
  >[];
  readonly parcels: readonly FulfillmentRow[];
  readonly carried: readonly FulfillmentLineRow[];
  /** What their carriers have told. */
  readonly tracking: readonly ParcelEventRow[];
  readonly callOffs: readonly CallOffRow[];
  readonly cases: readonly Pick<
    AfterSaleRow,
    'id' | 'merchantOrderId' | 'orderLineId' | 'kind' | 'state' | 'quantity' | 'openedAt' | 'closedAt'
  >[];
  readonly refunds: readonly Pick<Refund, 'id' | 'state' | 'amountFen' | 'createdAt' | 'updatedAt'>[];
}

type About = Partial<Pick<OrderMoment, 'merchantOrderId' | 'fulfillmentId' | 'afterSaleId' | 'refundId'>>;

function moment(
  kind: OrderMomentKind,
  at: Date | null,
  zh: string,
  en: string,
  about: About = {},
): OrderMoment[] {
  if (at === null) return [];
  const nothing = { merchantOrderId: null, fulfillmentId: null, afterSaleId: null, refundId: null };
  return [{ kind, at, text: { zh, en }, ...nothing, ...about }];
}

/** The whole story, the first thing first; what happened at one moment in the order in which it is listed. */
export function timelineOf(source: TimelineSource): OrderMoment[] {
  const ranks = new Map(ORDER_MOMENT_KINDS.map((kind, rank) => [kind, rank]));
  const rankOf = ({ kind }: OrderMoment) => ranks.get(kind) ?? 0;
  return [
    ...orderMoments(source),
    ...source.parts.flatMap((part) => promiseMoments(part, source)),
    ...source.parcels.flatMap((parcel) => parcelMoments(parcel, source)),
    ...callOffMoments(source),
    ...source.cases.flatMap((each) => caseMoments(each, source)),
    ...source.refunds.flatMap(refundMoments),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime() || rankOf(a) - rankOf(b));
}

const CANCELLED: Readonly<Record<NonNullable<OrderRow['cancelReason']>, Message>> = {
  EXPIRED: { zh: '超时未付款，订单已取消', en: 'Not paid or signed in time; the order is cancelled' },
  BUYER: { zh: '买家已取消订单', en: 'Cancelled by the buyer' },
  DECLINED: { zh: '审批人未签批，订单已取消', en: 'Not signed by the approver; the order is cancelled' },
  BALANCE_UNPAID: {
    zh: '尾款逾期未付，订单已取消，订金全额退回',
    en: 'The balance was not paid in time; the order is cancelled and the deposit goes back whole',
  },
  HARVEST_FAILED: {
    zh: '认养对象绝收，订单已取消，全额退回',
    en: 'Nothing has grown; the order is cancelled and all of it goes back',
  },
  DELAYED: {
    zh: '因延期发货，买家选择退款',
    en: 'Not waited for after a delay; all of it goes back',
  },
  UNDELIVERED: {
    zh: '柜机未能出货，订单已取消，全额退款',
    en: 'The cabinet has handed out nothing; all of it goes back',
  },
  WAIVED: {
    zh: '欠款已免除，订单已取消，已付部分退回',
    en: 'What was owed is waived; what was paid of it goes back',
  },
};

/** Providers tell whole seconds: whoever pays within the second in which they order would have paid before. */
function notBefore(earliest: Date, at: Date | null): Date | null {
  return at === null || at > earliest ? at : earliest;
}

function orderMoments({ order }: TimelineSource): OrderMoment[] {
  const { state, paymentTerm, placedAt, expiresAt, signedAt, paidAt, cancelledAt, cancelReason } = order;
  const reason = cancelReason === null ? null : CANCELLED[cancelReason];
  const isWaiting = state === 'PLACED';
  return [
    ...moment('PLACED', placedAt, '已下单', 'Order placed'),
    ...(isWaiting && paymentTerm === 'PREPAID'
      ? moment('PAY_UNTIL', expiresAt, '请在此前付款，逾期取消', 'To be paid by then, or it is cancelled')
      : []),
    ...(isWaiting && paymentTerm === 'ON_ACCOUNT'
      ? moment('SIGN_UNTIL', expiresAt, '请在此前签批，逾期取消', 'To be signed by then, or it is cancelled')
      : []),
    ...moment('SIGNED', signedAt, '审批人已签批', 'Signed by the approver'),
    ...moment('DEPOSIT_PAID', notBefore(placedAt, order.depositPaidAt), '已付订金', 'Deposit paid'),
    ...moment('PAID', notBefore(placedAt, paidAt), '已付款', 'Paid'),
    ...moment('CANCELLED', cancelledAt, reason?.zh ?? '订单已取消', reason?.en ?? 'Cancelled'),
  ];
}

type Units = Pick<FulfillmentLineRow, 'orderLineId' | 'quantity'>;

/** `炎陵黄桃 5斤装 × 2、…`, as people read it. */
function goodsText(units: readonly Units[], { lines }: TimelineSource): Message {
  const named = units.map(({ orderLineId, quantity }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    return `${line?.productName ?? ''} ${line?.variantName ?? ''}`.trim() + ` × ${quantity}`;
  });
  return { zh: named.join('、'), en: named.join(', ') };
}

/** The last instant of a day in Shanghai, like that by which a balance is due. */
function endOfDay(day: string): Date {
  return plus(new Date(`${day}T00:00:00+08:00`), DAY_MS);
}

/** What has not left yet, by the day on which it is to; what is late stays where its day was. Nothing is promised of what will not be sent. */
function promiseMoments(
  { id, handover }: TimelineSource['parts'][number],
  source: TimelineSource,
): OrderMoment[] {
  if (source.order.state === 'CANCELLED') return [];
  const waiting = source.lines
    .filter(({ merchantOrderId }) => merchantOrderId === id)
    .map((line) => ({ ...line, orderLineId: line.id, quantity: line.quantity - settledOf(line.id, source) }))
    .filter(({ quantity }) => quantity > 0);
  const days = new Set(waiting.flatMap(({ promisedOn }) => promisedOn ?? []));
  return [...days].flatMap((day) => {
    const goods = goodsText(
      waiting.filter(({ promisedOn }) => promisedOn === day),
      source,
    );
    const [zh, en] = handover === 'PICK_UP' ? ['备好待取', 'To be ready by'] : ['发出', 'To leave by'];
    return moment(
      'DISPATCH_BY',
      endOfDay(day),
      `承诺最晚 ${day} ${zh}：${goods.zh}`,
      `${en} ${day}: ${goods.en}`,
      { merchantOrderId: id },
    );
  });
}

/** Units that have left, or never will. A replacement is no second delivery of what was ordered. */
function settledOf(lineId: string, { carried, callOffs }: TimelineSource): number {
  const gone = carried.filter(
    ({ orderLineId, replacesRef }) => orderLineId === lineId && replacesRef === null,
  );
  const never = callOffs.filter(({ orderLineId }) => orderLineId === lineId);
  return [...gone, ...never].reduce((total, { quantity }) => total + quantity, 0);
}

function parcelMoments(parcel: FulfillmentRow, source: TimelineSource): OrderMoment[] {
  const { id, merchantOrderId, carrier, trackingNo, shippedAt, receivedAt, receivedBy } = parcel;
  const inIt = source.carried.filter(({ fulfillmentId }) => fulfillmentId === id);
  const goods = goodsText(inIt, source);
  const about = { merchantOrderId, fulfillmentId: id };
  const by = [carrier, trackingNo].join(' ');
  if (parcel.replacesRef !== null)
    return [
      ...moment(
        'REPLACEMENT_SHIPPED',
        shippedAt,
        `换货已发出（${by}）：${goods.zh}`,
        `Replacement shipped (${by}): ${goods.en}`,
        { ...about, afterSaleId: parcel.replacesRef },
      ),
      ...moment('REPLACEMENT_RECEIVED', receivedAt, '换货已签收', 'Replacement received', {
        ...about,
        afterSaleId: parcel.replacesRef,
      }),
    ];
  // Out of the slot and into somebody's hand: one moment.
  if (source.parts.some((part) => part.id === merchantOrderId && part.handover === 'VEND'))
    return [
      ...moment(
        'SHIPPED',
        shippedAt,
        `柜机已出货：${goods.zh}`,
        `Handed out by the cabinet: ${goods.en}`,
        about,
      ),
      ...windowMoments(parcel, inIt, source),
    ];
  if (source.parts.some((part) => part.id === merchantOrderId && part.handover === 'TAKEN'))
    return [
      ...moment(
        'SHIPPED',
        shippedAt,
        `已从柜中取走：${goods.zh}`,
        `Taken out of the cabinet: ${goods.en}`,
        about,
      ),
      ...windowMoments(parcel, inIt, source),
    ];
  const gone =
    carrier === null
      ? moment(
          'READY',
          shippedAt,
          `已备好，请到店自提：${goods.zh}`,
          `Ready to be picked up: ${goods.en}`,
          about,
        )
      : moment(
          'SHIPPED',
          shippedAt,
          `包裹已发出（${by}）：${goods.zh}`,
          `Parcel shipped (${by}): ${goods.en}`,
          about,
        );
  const carried = source.tracking
    .filter(({ fulfillmentId }) => fulfillmentId === id)
    .flatMap((event) => trackMoments(event, about));
  const assumed =
    receivedAt === null
      ? moment(
          'RECEIPT_ASSUMED',
          parcel.autoReceiptAt,
          '此时仍无异议则自动确认收货',
          'Counts as received from then on, if nobody has said anything',
          about,
        )
      : [];
  const received =
    receivedBy === 'AUTO'
      ? moment('RECEIVED', receivedAt, '已自动确认收货', 'Received, as nobody has said anything', about)
      : moment('RECEIVED', receivedAt, '买家已确认收货', 'Received by the buyer', about);
  return [...gone, ...carried, ...assumed, ...received, ...windowMoments(parcel, inIt, source)];
}

/** What a carrier tells, with the place where it says one. */
const TRACKED: Readonly<Record<ParcelEventKind, Message & { readonly as: OrderMomentKind }>> = {
  COLLECTED: { as: 'CARRIED', zh: '快递已揽收', en: 'Collected by the carrier' },
  ARRIVED: { as: 'CARRIED', zh: '运输中', en: 'On its way' },
  OUT_FOR_DELIVERY: { as: 'CARRIED', zh: '正在派送', en: 'Out for delivery' },
  SIGNED: { as: 'CARRIER_SIGNED', zh: '快递显示已签收', en: 'Signed for, says the carrier' },
  FAILED: {
    as: 'CARRIER_TROUBLE',
    zh: '没能送到，快递会再送一次',
    en: 'Could not be handed over; it is tried again',
  },
  REFUSED: { as: 'CARRIER_TROUBLE', zh: '快递显示拒收', en: 'Refused, says the carrier' },
  LOST: {
    as: 'CARRIER_TROUBLE',
    zh: '快递显示丢失，可申请退款',
    en: 'Lost, says the carrier; ask for your money back',
  },
  RETURNED: { as: 'CARRIER_TROUBLE', zh: '包裹已退回商家', en: 'The parcel has gone back to the seller' },
};

function trackMoments({ kind, place, at }: ParcelEventRow, about: About): OrderMoment[] {
  const { as, zh, en } = TRACKED[kind];
  const where = (mark: string) => (place === '' ? '' : `${mark}${place}`);
  return moment(as, at, `${zh}${where('：')}`, `${en}${where(': ')}`, about);
}

/** One end for what perishes and one for everything else, each with what it is about. */
function windowMoments(
  { id, merchantOrderId, receivedAt }: FulfillmentRow,
  inIt: readonly Units[],
  source: TimelineSource,
): OrderMoment[] {
  if (receivedAt === null) return [];
  const releaseDueAt = source.parts.find((part) => part.id === merchantOrderId)?.releaseDueAt ?? null;
  const perishes = ({ orderLineId }: Units) =>
    source.lines.some(({ id: lineId, isPerishable }) => lineId === orderLineId && isPerishable);
  return [true, false].flatMap((isPerishable) => {
    const units = inIt.filter((each) => perishes(each) === isPerishable);
    if (units.length === 0) return [];
    const goods = goodsText(units, source);
    return moment(
      'AFTER_SALE_UNTIL',
      afterSaleUntil(receivedAt, isPerishable, releaseDueAt),
      `售后期至此时为止：${goods.zh}`,
      `After-sale requests until then: ${goods.en}`,
      { merchantOrderId, fulfillmentId: id },
    );
  });
}

const CALLED_OFF: Readonly<Record<CallOffRow['calledOffBy'], Message>> = {
  BUYER: { zh: '买家取消未发出的商品', en: 'The buyer called off what had not left' },
  MERCHANT: { zh: '商家无法发出，已取消', en: 'The seller cannot send' },
  CABINET: { zh: '柜机未能出货，自动退款', en: 'The cabinet has not handed out' },
};

/** What is called off at one moment is told of together: all that had not left, or what of an adopted tree has not grown. */
function callOffMoments(source: TimelineSource): OrderMoment[] {
  return source.parts.flatMap(({ id }) => {
    const ofPart = source.callOffs.filter(({ merchantOrderId }) => merchantOrderId === id);
    const moments = new Set(ofPart.map(({ calledOffAt }) => calledOffAt.getTime()));
    return [...moments].flatMap((at) => {
      const units = ofPart.filter(({ calledOffAt }) => calledOffAt.getTime() === at);
      const [first] = units;
      if (!first) return [];
      const goods = goodsText(units, source);
      const { zh, en } = CALLED_OFF[first.calledOffBy];
      return moment('CALLED_OFF', first.calledOffAt, `${zh}：${goods.zh}`, `${en}: ${goods.en}`, {
        merchantOrderId: id,
      });
    });
  });
}

const KINDS: Readonly<Record<AfterSaleKind, Message>> = {
  REFUND_ONLY: { zh: '仅退款', en: 'a refund' },
  RETURN_REFUND: { zh: '退货退款', en: 'a return' },
  EXCHANGE: { zh: '换货', en: 'an exchange' },
  FRESH_CLAIM: { zh: '生鲜理赔', en: 'compensation for fresh goods' },
};
const OUTCOMES: Readonly<Record<string, Message>> = {
  REFUNDED: { zh: '售后完成：已退款', en: 'Request closed: refunded' },
  REPLACED: { zh: '售后完成：已换货', en: 'Request closed: replaced' },
  REJECTED: { zh: '售后关闭：申请未获支持', en: 'Request closed: not granted' },
  WITHDRAWN: { zh: '售后关闭：买家已撤回', en: 'Request closed: withdrawn' },
  LAPSED: { zh: '售后关闭：超时未寄回', en: 'Request closed: nothing was sent back in time' },
};

function caseMoments(
  {
    id,
    merchantOrderId,
    orderLineId,
    kind,
    state,
    quantity,
    openedAt,
    closedAt,
  }: TimelineSource['cases'][number],
  source: TimelineSource,
): OrderMoment[] {
  const goods = goodsText([{ orderLineId, quantity }], source);
  const about = { merchantOrderId, afterSaleId: id };
  const outcome = OUTCOMES[state];
  return [
    ...moment(
      'AFTER_SALE_OPENED',
      openedAt,
      `申请${KINDS[kind].zh}：${goods.zh}`,
      `Asked for ${KINDS[kind].en}: ${goods.en}`,
      about,
    ),
    ...(outcome ? moment('AFTER_SALE_CLOSED', closedAt, outcome.zh, outcome.en, about) : []),
  ];
}

function refundMoments({
  id,
  state,
  amountFen,
  createdAt,
  updatedAt,
}: TimelineSource['refunds'][number]): OrderMoment[] {
  const amount = yuanText(amountFen);
  const about = { refundId: id };
  return [
    ...moment('REFUND_REQUESTED', createdAt, `退款处理中：${amount}`, `Refund under way: ${amount}`, about),
    ...(state === 'SUCCEEDED'
      ? moment('REFUNDED', updatedAt, `已退款：${amount}`, `Refunded: ${amount}`, about)
      : []),
    ...(state === 'FAILED'
      ? moment(
          'REFUND_FAILED',
          updatedAt,
          `退款未成功，工作人员将另行处理：${amount}`,
          `The refund did not get through; our staff will find another way: ${amount}`,
          about,
        )
      : []),
  ];
}
