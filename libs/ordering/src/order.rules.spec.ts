import type { MerchantOrderState } from './merchant-order.entity.js';
import type { OrderState } from './order.entity.js';
import {
  expiredFor,
  LINE_QUANTITY_MAX,
  ORDER_LINES_MAX,
  type OrderInput,
  type WantedLine,
  buyerKindOf,
  destinationOf,
  refuseCancel,
  refuseOrder,
  refusePickUp,
  refusePlace,
} from './order.rules.js';

describe('refuseOrder', () => {
  const wanted = (quantity: number, variantId = 'var_a'): WantedLine => ({
    variantId,
    quantity,
    channelPointId: '',
  });
  const good: OrderInput = {
    idempotencyKey: 'order-00001',
    lines: [wanted(1)],
    recipient: { name: '李女士', phone: '13900001234', countyCode: '430211', address: '泰山路 1 号' },
    totalFen: null,
  };
  const to = (changes: Partial<OrderInput['recipient']>) => ({
    recipient: { ...good.recipient, ...changes },
  });

  it.each<[string, Partial<OrderInput>, string[]]>([
    ['a good order', {}, []],
    ['the cart', { lines: null }, []],
    [
      'the largest order',
      {
        lines: Array.from({ length: ORDER_LINES_MAX }, (_, index) =>
          wanted(LINE_QUANTITY_MAX, `var_${index}`),
        ),
      },
      [],
    ],
    ['no lines', { lines: [] }, ['lines']],
    [
      'too many lines',
      { lines: Array.from({ length: ORDER_LINES_MAX + 1 }, (_, index) => wanted(1, `var_${index}`)) },
      ['lines'],
    ],
    ['none of something', { lines: [wanted(1), wanted(0, 'var_b')] }, ['lines.1.quantity']],
    ['less than none', { lines: [wanted(-1)] }, ['lines.0.quantity']],
    ['too much of something', { lines: [wanted(LINE_QUANTITY_MAX + 1)] }, ['lines.0.quantity']],
    ['the same line twice', { lines: [wanted(1), wanted(2)] }, ['lines']],
    [
      'the same goods through two places',
      { lines: [wanted(1), { ...wanted(1), channelPointId: 'chp_a' }] },
      [],
    ],
    ['a short key', { idempotencyKey: 'short' }, ['idempotencyKey']],
    ['a strange key', { idempotencyKey: "x' OR 1=1 --" }, ['idempotencyKey']],
    ['nobody', to({ name: ' ' }), ['recipient.name']],
    ['a long name', to({ name: '李'.repeat(61) }), ['recipient.name']],
    ['a landline', to({ phone: '0731-28681234' }), []],
    ['no phone', to({ phone: 'call me' }), ['recipient.phone']],
    ['a city', to({ countyCode: '株洲' }), ['recipient.countyCode']],
    ['no address', to({ address: '' }), ['recipient.address']],
    ['no address for a pick-up', { handover: 'PICK_UP', ...to({ countyCode: '', address: '' }) }, []],
    [
      'nobody to pick it up',
      { handover: 'PICK_UP', ...to({ name: '', phone: '' }) },
      ['recipient.name', 'recipient.phone'],
    ],
    [
      'everything wrong',
      { idempotencyKey: '', lines: [], ...to({ name: '', phone: '', countyCode: '', address: '' }) },
      [
        'idempotencyKey',
        'lines',
        'recipient.name',
        'recipient.phone',
        'recipient.countyCode',
        'recipient.address',
      ],
    ],
  ])('%s: %j', (_what, changes, faults) => {
    const refusal = refuseOrder({ ...good, ...changes });

    expect(refusal?.fields.map((field) => field.path) ?? []).toEqual(faults);
  });
});

describe('a pick-up', () => {
  it.each([
    // places of sale               refused
    [['chp_a'], false],
    [['chp_a', 'chp_a'], false],
    [['chp_a', 'chp_b'], true],
    [['chp_a', ''], true],
    [[''], true],
  ])('at %j is refused: %s', (places, isRefused) => {
    const wanted = places.map((channelPointId) => ({ variantId: 'var_a', quantity: 1, channelPointId }));

    expect(refusePickUp(wanted)?.fields.map((field) => field.path) ?? []).toEqual(
      isRefused ? ['handover'] : [],
    );
  });

  const peaches = (merchantId: `mer_${string}`, quantity: number, bearsG?: number) => ({
    variant: { merchantId, netWeightG: 2_500 },
    quantity,
    place: bearsG === undefined ? {} : { bearsG },
  });

  it.each([
    ['as much as a cell bears', [peaches('mer_a', 4, 10_000)], 'PICK_UP', []],
    ['a gram more', [peaches('mer_a', 4, 9_999)], 'PICK_UP', ['最多放 9.999 千克', '重 10 千克']],
    [
      'two lines in one parcel',
      [peaches('mer_a', 2, 5_000), peaches('mer_a', 1, 5_000)],
      'PICK_UP',
      ['重 7.5 千克'],
    ],
    ['a parcel each', [peaches('mer_a', 2, 5_000), peaches('mer_b', 2, 5_000)], 'PICK_UP', []],
    ['the same brought by a carrier', [peaches('mer_a', 40, 5_000)], 'PARCEL', []],
    ['where people keep it', [peaches('mer_a', 40)], 'PICK_UP', []],
    [
      'where nobody keeps it',
      [{ ...peaches('mer_a', 1), place: { keepsNothing: true } }],
      'PICK_UP',
      ['没有自提格口'],
    ],
  ] as const)('at a locker, %s', (_what, offered, handover, words) => {
    const said =
      refusePlace(handover, offered)
        ?.fields.map(({ message }) => message.zh)
        .join('') ?? '';

    expect(said === '').toBe(words.length === 0);
    for (const word of words) expect(said).toContain(word);
  });

  const recipient = { name: '李女士', phone: '13900001234', countyCode: '430211', address: '泰山路 1 号' };
  const place = {
    channelKind: 'PAVILION',
    channelPointId: 'chp_a',
    saleCountyCode: '430225',
    address: '霞阳镇炎帝路1号',
  } as const;

  it.each([
    ['PARCEL', recipient],
    ['PICK_UP', { ...recipient, countyCode: '430225', address: '霞阳镇炎帝路1号' }],
  ] as const)('%s goes where it belongs, for the same person', (handover, expected) => {
    expect(destinationOf({ recipient, handover }, [{ place }])).toEqual(expected);
  });
});

describe('refuseCancel', () => {
  it.each<[OrderState, MerchantOrderState[], boolean]>([
    // state      parts                     cancellable
    ['PLACED', ['UNPAID', 'UNPAID'], true],
    ['PAID', ['TO_SHIP', 'TO_SHIP'], true],
    ['PAID', ['TO_SHIP', 'SHIPPED'], false],
    ['PAID', ['RECEIVED'], false],
    ['PAID', ['COMPLETED'], false],
    ['CANCELLED', ['CANCELLED'], false],
  ])('%s with %j: %s', (state, parts, isCancellable) => {
    const refusal = refuseCancel(state, parts);

    expect(refusal === null).toBe(isCancellable);
    expect(refusal?.state).toBe(isCancellable ? undefined : state);
  });

  it.each<[OrderState, { isComingOut?: boolean; isTaken?: boolean }, boolean]>([
    ['PLACED', { isComingOut: true }, true],
    ['PAID', { isComingOut: true }, false],
    // What somebody has in their hands is owed.
    ['PLACED', { isTaken: true }, false],
    ['PAID', { isTaken: true }, false],
  ])('%s at a cabinet, %j: %s', (state, at, isCancellable) => {
    expect(refuseCancel(state, ['TO_SHIP'], at) === null).toBe(isCancellable);
  });
});

it.each([
  [null, false, 'CONSUMER'],
  [{ kind: 'SCHOOL', contractorId: null }, false, 'ORGANISATION'],
  [{ kind: 'SCHOOL', contractorId: null }, true, 'UNION'],
  [{ kind: 'UNION', contractorId: null }, false, 'UNION'],
  [{ kind: 'SCHOOL', contractorId: 'prc_1' }, false, 'CONTRACTOR'],
  [{ kind: 'UNION', contractorId: 'prc_1' }, false, 'CONTRACTOR'],
] as const)('%j, for its union %s, buys as %s', (unit, isForUnion, kind) => {
  expect(buyerKindOf(unit, isForUnion)).toBe(kind);
});

it('says of an order whose time is over what was not paid', () => {
  expect(expiredFor({ depositPaidAt: null })).toBe('EXPIRED');
  expect(expiredFor({ depositPaidAt: new Date() })).toBe('BALANCE_UNPAID');
});
