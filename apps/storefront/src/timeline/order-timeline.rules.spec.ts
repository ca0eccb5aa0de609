import { type TimelineSource, timelineOf } from './order-timeline.rules.js';

const at = (text: string) => new Date(`2026-11-${text}Z`);

type Line = TimelineSource['lines'][number];
/** Older than promises, unless said otherwise. */
const line = (changes: Partial<Line>): Line => ({
  id: 'oln_1',
  merchantOrderId: 'mor_1',
  productName: '',
  variantName: '',
  quantity: 3,
  isPerishable: false,
  promisedOn: null,
  ...changes,
});
const PLACED: TimelineSource = {
  order: {
    state: 'PLACED',
    paymentTerm: 'PREPAID',
    placedAt: at('01T08:00:00'),
    expiresAt: at('01T08:15:00'),
    depositPaidAt: null,
    signedAt: null,
    paidAt: null,
    cancelledAt: null,
    cancelReason: null,
  },
  parts: [{ id: 'mor_1', handover: 'PARCEL', releaseDueAt: null }],
  lines: [
    line({ id: 'oln_peach', productName: '炎陵黄桃', variantName: '5斤装', isPerishable: true }),
    line({ id: 'oln_tea', productName: '酃峰茶', variantName: '100克' }),
  ],
  parcels: [],
  carried: [],
  tracking: [],
  callOffs: [],
  cases: [],
  refunds: [],
};
const PAID: TimelineSource = {
  ...PLACED,
  order: { ...PLACED.order, state: 'PAID', paidAt: at('01T08:05:00') },
};

type Parcel = TimelineSource['parcels'][number];
const parcel = (changes: Partial<Parcel> = {}): Parcel => ({
  id: 'ful_1',
  merchantOrderId: 'mor_1',
  carrier: '顺丰',
  trackingNo: 'SF1',
  shippedAt: at('02T00:00:00'),
  receivedAt: null,
  receivedBy: null,
  autoReceiptAt: at('12T00:00:00'),
  replacesRef: null,
  ...changes,
});
const inIt = (orderLineId: string, quantity: number, fulfillmentId: Parcel['id'] = 'ful_1') => ({
  fulfillmentId,
  merchantOrderId: 'mor_1',
  orderLineId,
  quantity,
  shippedAt: at('02T00:00:00'),
  receivedAt: null,
  receivedBy: null,
  replacesRef: null,
});
const told = (source: TimelineSource) =>
  timelineOf(source).map(
    ({ kind, at: when, text }) => `${when.toISOString().slice(8, 16)} ${kind} ${text.en}`,
  );

it.each<[string, TimelineSource, string[]]>([
  [
    'is paid after it was placed, however early in that second a provider says so',
    {
      ...PAID,
      order: {
        ...PAID.order,
        placedAt: at('01T08:00:00.700'),
        depositPaidAt: at('01T08:00:00'),
        paidAt: at('01T08:00:00'),
      },
    },
    ['01T08:00 PLACED Order placed', '01T08:00 DEPOSIT_PAID Deposit paid', '01T08:00 PAID Paid'],
  ],
  [
    'waits for its money',
    PLACED,
    ['01T08:00 PLACED Order placed', '01T08:15 PAY_UNTIL To be paid by then, or it is cancelled'],
  ],
  [
    'waits for its signature',
    { ...PLACED, order: { ...PLACED.order, paymentTerm: 'ON_ACCOUNT', expiresAt: at('04T08:00:00') } },
    ['01T08:00 PLACED Order placed', '04T08:00 SIGN_UNTIL To be signed by then, or it is cancelled'],
  ],
  [
    'came out of a cabinet, but for what was stuck',
    {
      ...PAID,
      parts: [{ id: 'mor_1', handover: 'VEND', releaseDueAt: null }],
      parcels: [
        parcel({
          carrier: null,
          trackingNo: null,
          shippedAt: at('01T08:06:00'),
          receivedAt: at('01T08:06:00'),
          receivedBy: 'BUYER',
          autoReceiptAt: at('01T08:06:00'),
        }),
      ],
      carried: [inIt('oln_tea', 1)],
      callOffs: [
        {
          merchantOrderId: 'mor_1',
          orderId: 'ord_1',
          orderLineId: 'oln_peach',
          quantity: 1,
          number: 1,
          calledOffBy: 'CABINET',
          calledOffAt: at('01T08:06:00'),
        },
      ],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '01T08:06 SHIPPED Handed out by the cabinet: 酃峰茶 100克 × 1',
      '01T08:06 CALLED_OFF The cabinet has not handed out: 炎陵黄桃 5斤装 × 1',
      '08T08:06 AFTER_SALE_UNTIL After-sale requests until then: 酃峰茶 100克 × 1',
    ],
  ],
  [
    'was not paid',
    {
      ...PLACED,
      order: { ...PLACED.order, state: 'CANCELLED', cancelledAt: at('01T08:16:00'), cancelReason: 'EXPIRED' },
    },
    ['01T08:00 PLACED Order placed', '01T08:16 CANCELLED Not paid or signed in time; the order is cancelled'],
  ],
  [
    'is on its way',
    { ...PAID, parcels: [parcel()], carried: [inIt('oln_peach', 2), inIt('oln_tea', 1)] },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '02T00:00 SHIPPED Parcel shipped (顺丰 SF1): 炎陵黄桃 5斤装 × 2, 酃峰茶 100克 × 1',
      '12T00:00 RECEIPT_ASSUMED Counts as received from then on, if nobody has said anything',
    ],
  ],
  [
    'is told of by its carrier',
    {
      ...PAID,
      parcels: [parcel({ autoReceiptAt: at('06T09:00:00') })],
      carried: [inIt('oln_tea', 1)],
      tracking: [
        { fulfillmentId: 'ful_1', kind: 'ARRIVED', place: '长沙', at: at('02T09:00:00') },
        { fulfillmentId: 'ful_1', kind: 'FAILED', place: '', at: at('03T09:00:00') },
        { fulfillmentId: 'ful_1', kind: 'SIGNED', place: '驿站', at: at('04T09:00:00') },
      ],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '02T00:00 SHIPPED Parcel shipped (顺丰 SF1): 酃峰茶 100克 × 1',
      '02T09:00 CARRIED On its way: 长沙',
      '03T09:00 CARRIER_TROUBLE Could not be handed over; it is tried again',
      '04T09:00 CARRIER_SIGNED Signed for, says the carrier: 驿站',
      '06T09:00 RECEIPT_ASSUMED Counts as received from then on, if nobody has said anything',
    ],
  ],
  [
    'has arrived: what perishes has a window of its own',
    {
      ...PAID,
      parcels: [parcel({ receivedAt: at('03T00:00:00'), receivedBy: 'BUYER' })],
      carried: [inIt('oln_peach', 2), inIt('oln_tea', 1)],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '02T00:00 SHIPPED Parcel shipped (顺丰 SF1): 炎陵黄桃 5斤装 × 2, 酃峰茶 100克 × 1',
      '03T00:00 RECEIVED Received by the buyer',
      '05T00:00 AFTER_SALE_UNTIL After-sale requests until then: 炎陵黄桃 5斤装 × 2',
      '10T00:00 AFTER_SALE_UNTIL After-sale requests until then: 酃峰茶 100克 × 1',
    ],
  ],
  [
    'waits where it is picked up, and nobody has said anything',
    {
      ...PAID,
      parcels: [
        parcel({ carrier: null, trackingNo: null, receivedAt: at('04T00:00:00'), receivedBy: 'AUTO' }),
      ],
      carried: [inIt('oln_tea', 1)],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '02T00:00 READY Ready to be picked up: 酃峰茶 100克 × 1',
      '04T00:00 RECEIVED Received, as nobody has said anything',
      '11T00:00 AFTER_SALE_UNTIL After-sale requests until then: 酃峰茶 100克 × 1',
    ],
  ],
  [
    'is promised by day: what has not left, and as much of it as still will',
    {
      ...PAID,
      lines: [
        line({ id: 'oln_peach', productName: '炎陵黄桃', variantName: '5斤装', promisedOn: '2026-11-03' }),
        line({ id: 'oln_tea', productName: '酃峰茶', variantName: '100克', promisedOn: '2026-11-03' }),
        line({ id: 'oln_rice', productName: '贡米', variantName: '1斤装', promisedOn: '2026-11-05' }),
        line({ id: 'oln_old', productName: '旧', variantName: '单' }),
        line({ id: 'oln_2', merchantOrderId: 'mor_2', productName: '腊肉', promisedOn: '2026-11-03' }),
      ],
      parts: [...PAID.parts, { id: 'mor_2', handover: 'PICK_UP', releaseDueAt: null }],
      parcels: [
        parcel(),
        parcel({ id: 'ful_2', trackingNo: 'SF2', replacesRef: 'afs_1', autoReceiptAt: null }),
      ],
      carried: [
        inIt('oln_peach', 1),
        inIt('oln_tea', 2),
        { ...inIt('oln_peach', 1, 'ful_2'), replacesRef: 'afs_1' },
      ],
      callOffs: [
        {
          orderLineId: 'oln_tea',
          orderId: 'ord_1',
          merchantOrderId: 'mor_1',
          quantity: 1,
          number: 1,
          calledOffBy: 'MERCHANT',
          calledOffAt: at('03T00:00:00'),
        },
      ],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '02T00:00 SHIPPED Parcel shipped (顺丰 SF1): 炎陵黄桃 5斤装 × 1, 酃峰茶 100克 × 2',
      '02T00:00 REPLACEMENT_SHIPPED Replacement shipped (顺丰 SF2): 炎陵黄桃 5斤装 × 1',
      '03T00:00 CALLED_OFF The seller cannot send: 酃峰茶 100克 × 1',
      '03T16:00 DISPATCH_BY To leave by 2026-11-03: 炎陵黄桃 5斤装 × 2',
      '03T16:00 DISPATCH_BY To be ready by 2026-11-03: 腊肉 × 3',
      '05T16:00 DISPATCH_BY To leave by 2026-11-05: 贡米 1斤装 × 3',
      '12T00:00 RECEIPT_ASSUMED Counts as received from then on, if nobody has said anything',
    ],
  ],
  [
    'is called off, with what was promised',
    {
      ...PAID,
      order: { ...PAID.order, state: 'CANCELLED', cancelledAt: at('01T09:00:00'), cancelReason: 'BUYER' },
      lines: [line({ promisedOn: '2026-11-03' })],
    },
    ['01T08:00 PLACED Order placed', '01T08:05 PAID Paid', '01T09:00 CANCELLED Cancelled by the buyer'],
  ],
  [
    'is called off in part, and paid back',
    {
      ...PAID,
      callOffs: [
        {
          orderLineId: 'oln_tea',
          orderId: 'ord_1',
          merchantOrderId: 'mor_1',
          quantity: 3,
          number: 1,
          calledOffBy: 'MERCHANT',
          calledOffAt: at('03T00:00:00'),
        },
      ],
      refunds: [
        {
          id: 'rfd_1',
          state: 'FAILED',
          amountFen: 12_345n,
          createdAt: at('03T00:00:01'),
          updatedAt: at('04T00:00:00'),
        },
      ],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '03T00:00 CALLED_OFF The seller cannot send: 酃峰茶 100克 × 3',
      '03T00:00 REFUND_REQUESTED Refund under way: ¥123.45',
      '04T00:00 REFUND_FAILED The refund did not get through; our staff will find another way: ¥123.45',
    ],
  ],
  [
    'is replaced',
    {
      ...PAID,
      parcels: [
        parcel({
          id: 'ful_2',
          trackingNo: 'SF2',
          replacesRef: 'afs_1',
          autoReceiptAt: null,
          receivedAt: at('09T00:00:00'),
        }),
      ],
      carried: [inIt('oln_tea', 1, 'ful_2')],
      cases: [
        {
          id: 'afs_1',
          merchantOrderId: 'mor_1',
          orderLineId: 'oln_tea',
          kind: 'EXCHANGE',
          state: 'REPLACED',
          quantity: 1,
          openedAt: at('01T10:00:00'),
          closedAt: at('09T00:00:00'),
        },
      ],
    },
    [
      '01T08:00 PLACED Order placed',
      '01T08:05 PAID Paid',
      '01T10:00 AFTER_SALE_OPENED Asked for an exchange: 酃峰茶 100克 × 1',
      '02T00:00 REPLACEMENT_SHIPPED Replacement shipped (顺丰 SF2): 酃峰茶 100克 × 1',
      '09T00:00 AFTER_SALE_CLOSED Request closed: replaced',
      '09T00:00 REPLACEMENT_RECEIVED Replacement received',
    ],
  ],
])('an order that %s', (_, source, expected) => {
  expect(told(source)).toEqual(expected);
  expect(timelineOf(source).every(({ text }) => text.zh !== '' && text.zh !== text.en)).toBe(true);
});
