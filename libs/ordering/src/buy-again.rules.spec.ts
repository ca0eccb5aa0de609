import { type BuyAgainToday, type OfferAgain, type OrderedLine, buyAgain } from './buy-again.rules.js';
import type { WantedLine } from './order.rules.js';

const line = (changes: Partial<OrderedLine> = {}): OrderedLine => ({
  variantId: 'var_1',
  channelPointId: '',
  quantity: 3,
  variantName: '5斤装',
  productId: 'prd_1',
  productName: '炎陵黄桃',
  unitPriceFen: '5000',
  ...changes,
});
const offer = (changes: Partial<OfferAgain> = {}): OfferAgain => ({
  unitPriceFen: '5000',
  available: 100,
  bestBeforeOn: null,
  ...changes,
});
const today = (changes: Partial<BuyAgainToday> = {}): BuyAgainToday => ({
  offerOf: new Map([
    ['var_1', offer()],
    ['var_2', offer()],
  ]),
  openPlaces: new Set(['', 'chp_1']),
  limits: [],
  boughtOf: new Map(),
  ...changes,
});
const inCart = (quantity: number, changes: Partial<WantedLine> = {}): WantedLine => ({
  variantId: 'var_1',
  channelPointId: '',
  quantity,
  ...changes,
});
const of = (available: number, unitPriceFen = '5000') =>
  today({ offerOf: new Map([['var_1', offer({ available, unitPriceFen })]]) });
const limited = (orderMax: number | null, personMax: number | null = null, bought = 0) =>
  today({
    limits: [{ variantId: 'var_1', orderMax, personMax, periodDays: personMax === null ? null : 30 }],
    boughtOf: new Map([['var_1', bought]]),
  });

describe('buying a line again', () => {
  const gone = today({ offerOf: new Map() });
  it.each([
    ['as it was', [], today(), 'PUT_IN', 3, []],
    ['at a higher price', [], of(100, '5500'), 'PUT_IN', 3, ['PRICE_ROSE']],
    ['at a lower price', [], of(100, '4500'), 'PUT_IN', 3, ['PRICE_FELL']],
    ['of which the cart has some', [inCart(2)], today(), 'PUT_IN', 3, []],
    ['of which the cart has as many', [inCart(3)], today(), 'IN_CART', 3, []],
    ['of which the cart has more', [inCart(5)], today(), 'IN_CART', 5, []],
    ['that is gone', [], gone, 'LEFT_OUT', 0, ['OFF_SALE']],
    ['that is gone, and was in the cart', [inCart(1)], gone, 'LEFT_OUT', 1, ['OFF_SALE']],
    ['that is sold out', [], of(0), 'LEFT_OUT', 0, ['SOLD_OUT']],
    ['of which fewer are left', [], of(2), 'FEWER', 2, ['FEWER_LEFT']],
    ['of which fewer are left than the cart has', [inCart(3)], of(2), 'IN_CART', 3, ['FEWER_LEFT']],
    ['within what is left', [], of(3), 'PUT_IN', 3, []],
    ['within the limit of an order', [], limited(3), 'PUT_IN', 3, []],
    ['above the limit of an order', [], limited(2), 'FEWER', 2, ['LIMITED']],
    ['above the limit of a person', [], limited(null, 5, 4), 'FEWER', 1, ['LIMITED']],
    ['of which a person may have no more', [], limited(null, 4, 4), 'LEFT_OUT', 0, ['LIMITED']],
    ['of which more was bought than may be', [], limited(null, 4, 9), 'LEFT_OUT', 0, ['LIMITED']],
    ['whose limit the cart has passed', [inCart(3)], limited(2), 'IN_CART', 3, []],
    [
      'whose limit the cart uses up at another place',
      [inCart(2, { channelPointId: 'chp_1' })],
      limited(4),
      'FEWER',
      2,
      ['LIMITED'],
    ],
    [
      'of which the cart has what is left at another place',
      [inCart(2, { channelPointId: 'chp_1' })],
      of(2),
      'LEFT_OUT',
      0,
      ['FEWER_LEFT'],
    ],
  ] as const)('%s', (_, cart, now, outcome, cartQuantity, changes) => {
    expect(buyAgain([line()], cart, now)).toEqual([
      expect.objectContaining({ outcome, cartQuantity, changes, quantity: 3 }),
    ]);
  });

  it('takes the batches of one variant together, and keeps places apart', () => {
    const lines = [
      line({ quantity: 1 }),
      line({ quantity: 2 }),
      line({ quantity: 4, channelPointId: 'chp_1' }),
      line({ variantId: 'var_2', quantity: 1 }),
    ];

    expect(
      buyAgain(lines, [], today()).map(({ variantId, channelPointId, cartQuantity }) => [
        variantId,
        channelPointId,
        cartQuantity,
      ]),
    ).toEqual([
      ['var_1', '', 3],
      ['var_1', 'chp_1', 4],
      ['var_2', '', 1],
    ]);
  });

  it('gets from the online shop what was bought at a place that is closed', () => {
    const lines = [line({ quantity: 1 }), line({ quantity: 2, channelPointId: 'chp_closed' })];

    expect(buyAgain(lines, [], today())).toEqual([
      expect.objectContaining({
        channelPointId: '',
        quantity: 3,
        cartQuantity: 3,
        outcome: 'PUT_IN',
        changes: ['PLACE_CLOSED'],
      }),
    ]);
  });

  it('shares what is left, and what is allowed, among its lines', () => {
    const lines = [line(), line({ channelPointId: 'chp_1' })];

    expect(buyAgain(lines, [], of(4)).map(({ cartQuantity }) => cartQuantity)).toEqual([3, 1]);
    expect(buyAgain(lines, [], limited(5)).map(({ cartQuantity }) => cartQuantity)).toEqual([3, 2]);
  });

  it('leaves out what has no room in a full cart, and mends what is in it', () => {
    const others = Array.from({ length: 49 }, (_, no) => inCart(1, { variantId: `var_other_${no}` }));

    expect(buyAgain([line(), line({ variantId: 'var_2' })], [...others, inCart(1)], today())).toMatchObject([
      { outcome: 'PUT_IN', cartQuantity: 3 },
      { outcome: 'LEFT_OUT', cartQuantity: 0, changes: ['CART_FULL'] },
    ]);
  });

  it('changes nothing the second time, whatever the first one did', () => {
    const lines = [line(), line({ variantId: 'var_2', quantity: 9 }), line({ variantId: 'var_3' })];
    const now = today({
      offerOf: new Map([
        ['var_1', offer({ available: 2 })],
        ['var_2', offer()],
      ]),
    });
    const first = buyAgain(lines, [], now).filter(({ cartQuantity }) => cartQuantity > 0);
    const cart = first.map((one) => ({ ...one, quantity: one.cartQuantity }));

    const second = buyAgain(lines, cart, now);

    expect(second.map(({ cartQuantity }) => cartQuantity)).toEqual([2, 9, 0]);
    expect(second.every(({ ownQuantity, cartQuantity }) => ownQuantity === cartQuantity)).toBe(true);
  });

  it('puts no more into a line than it holds', () => {
    const lines = [line({ quantity: 999 }), line({ quantity: 999 })];

    expect(buyAgain(lines, [], of(5_000))).toMatchObject([
      { cartQuantity: 999, outcome: 'FEWER', changes: ['LIMITED'] },
    ]);
  });
});
