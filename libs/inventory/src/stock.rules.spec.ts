import { InsufficientStockError } from './stock.errors.js';
import {
  type FreeLevel,
  RECEIPT_QUANTITY_MAX,
  allocateInTurn,
  allocateStock,
  allocateWants,
  perLevel,
  refuseReceipt,
  takenBy,
} from './stock.rules.js';

const level = (id: string, bestBeforeOn: string, free: number, variantId = 'var_a'): FreeLevel => ({
  id,
  variantId,
  batchId: `bat_${id}`,
  bestBeforeOn,
  free,
});

const JUNE = level('stk_2', '2026-06-30', 3);
const JULY = level('stk_1', '2026-07-31', 5);
const NEVER = level('stk_0', '9999-12-31', 10);
const OTHER = level('stk_9', '2026-01-01', 4, 'var_b');

describe('allocateStock', () => {
  it.each([
    // wants                        levels               taken, in order
    ['what expires first', [2], [NEVER, JULY, JUNE], ['stk_2:2']],
    ['all of the first, then the next', [4], [NEVER, JULY, JUNE], ['stk_2:3', 'stk_1:1']],
    ['everything there is', [18], [NEVER, JULY, JUNE], ['stk_2:3', 'stk_1:5', 'stk_0:10']],
    ['for two wants what one has left', [2, 2], [JULY, JUNE], ['stk_2:2', 'stk_2:1', 'stk_1:1']],
    [
      'the older level of two that expire together',
      [1],
      [level('stk_8', '2026-06-30', 1), JUNE],
      ['stk_2:1'],
    ],
    ['nothing of an empty level', [1], [level('stk_3', '2026-01-01', 0), JUNE], ['stk_2:1']],
    ['nothing of another variant', [1], [OTHER, JUNE], ['stk_2:1']],
  ])('takes %s', (_what, quantities, levels, expected) => {
    const wants = quantities.map((quantity) => ({ variantId: 'var_a', quantity }));

    const allocations = allocateStock(wants, levels);

    expect(allocations).toEqual(expect.any(Array));
    const taken = Array.isArray(allocations)
      ? allocations.map((cut) => `${cut.levelId}:${cut.quantity}`)
      : [];
    expect(taken).toEqual(expected);
  });

  it.each([
    // wants           levels          refused
    [[9], [JULY, JUNE], 8],
    [[8, 1], [JULY, JUNE], 8],
    [[1], [], 0],
    [[1], [OTHER], 0],
    [[1], [level('stk_3', '2026-01-01', -2)], 0],
  ])('refuses %j, naming what there is', (quantities, levels, available) => {
    const wants = quantities.map((quantity) => ({ variantId: 'var_a', quantity }));

    expect(allocateStock(wants, levels)).toEqual(new InsufficientStockError('var_a', available));
  });

  it('names the want and the batch of every cut', () => {
    const wants = [
      { variantId: 'var_b', quantity: 1 },
      { variantId: 'var_a', quantity: 1 },
    ];

    expect(allocateStock(wants, [JUNE, OTHER])).toEqual([
      { want: 0, levelId: 'stk_9', batchId: 'bat_stk_9', quantity: 1 },
      { want: 1, levelId: 'stk_2', batchId: 'bat_stk_2', quantity: 1 },
    ]);
  });
});

describe('allocateInTurn', () => {
  it.each([
    // what                                          quantities  levels         taken by each; null is refused
    ['as many as there are', [2, 3, 3], [JUNE, JULY], [2, 3, 3]],
    ['the first come, when fewer are left', [4, 4, 4], [JUNE, JULY], [4, 4, null]],
    ['a later one who wants less than is left', [6, 4, 2], [JUNE, JULY], [6, null, 2]],
    ['nobody of nothing', [1, 1], [], [null, null]],
  ])('serves %s', (_what, quantities, levels, expected) => {
    const plans = allocateInTurn(
      quantities.map((quantity) => [{ variantId: 'var_a', quantity }]),
      { levels, days: [] },
    );

    const taken = plans.map((plan) =>
      Array.isArray(plan) ? plan.reduce((sum, cut) => sum + cut.quantity, 0) : null,
    );
    expect(taken).toEqual(expected);
  });

  it('gives nobody what another has, level by level, and says what those before have left', () => {
    const plans = allocateInTurn(
      [2, 2, 5].map((quantity) => [{ variantId: 'var_a', quantity }]),
      { levels: [JULY, JUNE], days: [] },
    );

    const cuts = plans.map((plan) =>
      Array.isArray(plan) ? plan.map((cut) => `${cut.levelId}:${cut.quantity}`) : plan,
    );
    expect(cuts).toEqual([['stk_2:2'], ['stk_2:1', 'stk_1:1'], new InsufficientStockError('var_a', 4)]);
  });

  it.each([
    // what                                              boxes of each, a letter per size    the day of each; null is refused
    ['fills the days one after the other', ['a', 'a', 'a', 'a', 'a'], ['20', '20', '21', '21', null]],
    ['whichever boxes they want', ['b', 'a', 'b', 'a'], ['20', '21', null, '21']],
    ['gives a later one the room that an earlier one is too large for', ['a', 'b', 'a'], ['20', '21', '20']],
    ['all that one wants together', ['ab', 'a', 'a', 'a'], [null, '20', '20', '21']],
  ])('of a harvest %s', (_what, orders, expected) => {
    const harvest = { presaleId: 'psl_1', batchId: 'bat_1' };
    const sizes: Record<string, number> = { a: 2_500, b: 5_000 };
    const days = ['21', '20'].map((day) => ({
      id: `psd_${day}`,
      presaleId: 'psl_1',
      day: `2027-07-${day}`,
      freeG: 5_000,
    }));

    const plans = allocateInTurn(
      orders.map((boxes) =>
        Array.from(boxes, (box) => ({
          variantId: `var_${box}`,
          quantity: 1,
          harvest: { ...harvest, unitG: sizes[box] ?? 0 },
        })),
      ),
      { levels: [], days },
    );

    expect(
      plans.map((plan) => (Array.isArray(plan) ? plan[0]?.harvest?.promisedOn.slice(-2) : null)),
    ).toEqual(expected);
  });
});

describe('allocateWants', () => {
  const days = [
    { id: 'psd_1', presaleId: 'psl_1', day: '2027-07-20', freeG: 5_000 },
    { id: 'psd_2', presaleId: 'psl_1', day: '2027-07-21', freeG: 20_000 },
    { id: 'psd_9', presaleId: 'psl_9', day: '2027-07-01', freeG: 90_000 },
  ];
  const presold = (variantId: string, quantity: number, unitG = 2_500) => ({
    variantId,
    quantity,
    harvest: { presaleId: 'psl_1', batchId: 'bat_harvest', unitG },
  });
  const harvest = (want: number, levelId: string, quantity: number, grams: number, promisedOn: string) => ({
    want,
    levelId,
    batchId: 'bat_harvest',
    quantity,
    harvest: { grams, promisedOn },
  });

  it.each([
    ['the earliest day with room', [presold('var_p', 2)], [harvest(0, 'psd_1', 2, 5_000, '2027-07-20')]],
    [
      'a later day for what does not fit',
      [presold('var_p', 3)],
      [harvest(0, 'psd_2', 3, 7_500, '2027-07-21')],
    ],
    [
      'one day for what is ordered together, whatever it is packed as',
      [presold('var_p', 2), presold('var_q', 1, 5_000)],
      [harvest(0, 'psd_2', 2, 5_000, '2027-07-21'), harvest(1, 'psd_2', 1, 5_000, '2027-07-21')],
    ],
    ['no day that has room for all of it', [presold('var_p', 9)], new InsufficientStockError('var_p', 8)],
    [
      'no day for two that fit only one by one',
      [presold('var_p', 2), presold('var_q', 4, 5_000)],
      new InsufficientStockError('var_q', 4),
    ],
  ])('promises %s', (_what, wants, expected) => {
    expect(allocateWants(wants, { levels: [], days })).toEqual(expected);
  });

  it.each([
    ['2027-07-20', 2, '2027-07-20'],
    ['2027-07-20', 3, 'DISPATCH_DAY_CHANGED 2027-07-21'],
    ['2027-07-21', 3, '2027-07-21'],
    // An earlier day is another one as well: they may not be there.
    ['2027-07-21', 2, 'DISPATCH_DAY_CHANGED 2027-07-20'],
    ['2027-07-20', 9, 'INSUFFICIENT_STOCK'],
    [null, 3, '2027-07-21'],
  ])('expected on %s, %s boxes: %s', (expectedOn, quantity, told) => {
    const want = presold('var_p', quantity);
    const planned = allocateWants([{ ...want, harvest: { ...want.harvest, expectedOn } }], {
      levels: [],
      days,
    });
    const answer = Array.isArray(planned)
      ? planned[0]?.harvest?.promisedOn
      : [planned.code, 'promisedDispatchOn' in planned ? planned.promisedDispatchOn : ''].join(' ').trim();

    expect(answer).toBe(told);
  });

  it.each([
    ['2027-07-01', 2, '2027-07-20'],
    ['2027-07-21', 2, '2027-07-21'],
    ['2027-07-22', 1, 'INSUFFICIENT_STOCK 0'],
    ['2027-07-21', 9, 'INSUFFICIENT_STOCK 8'],
  ])('not before %s, %s boxes: %s', (notBefore, quantity, told) => {
    const want = presold('var_p', quantity);
    const planned = allocateWants([{ ...want, harvest: { ...want.harvest, notBefore } }], {
      levels: [],
      days,
    });
    const answer = Array.isArray(planned)
      ? planned[0]?.harvest?.promisedOn
      : [planned.code, 'available' in planned ? planned.available : ''].join(' ');

    expect(answer).toBe(told);
  });

  it('leaves to those behind what somebody is refused for', () => {
    const want = presold('var_p', 2);
    const expecting = { ...want, harvest: { ...want.harvest, expectedOn: '2027-07-20' } };
    const plans = allocateInTurn([[expecting], [expecting], [want]], { levels: [], days: days.slice(0, 2) });

    expect(plans.map((plan) => (Array.isArray(plan) ? plan[0]?.harvest?.promisedOn : plan.code))).toEqual([
      '2027-07-20',
      'DISPATCH_DAY_CHANGED',
      '2027-07-21',
    ]);
  });

  it('takes what is in stock from its levels beside it, in the order of the wants', () => {
    const wants = [presold('var_p', 1), { variantId: 'var_a', quantity: 2 }];
    const allocations = allocateWants(wants, { levels: [JUNE], days });

    expect(allocations).toMatchObject([
      { want: 0, levelId: 'psd_1' },
      { want: 1, levelId: JUNE.id, quantity: 2 },
    ]);
    expect(Array.isArray(allocations) && allocations.map(takenBy)).toEqual([
      { levelId: 'psd_1', quantity: 2_500 },
      { levelId: JUNE.id, quantity: 2 },
    ]);
    expect(allocateWants(wants, { levels: [], days })).toEqual(new InsufficientStockError('var_a', 0));
  });
});

it('serves those who want a harvest in turn as well, each on the earliest day that those before have left room on', () => {
  const harvest = { presaleId: 'psl_1', batchId: 'bat_harvest', unitG: 2_500 };
  const days = ['2027-07-20', '2027-07-21'].map((day) => ({
    id: `psd_${day}`,
    presaleId: 'psl_1',
    day,
    freeG: 5_000,
  }));

  const plans = allocateInTurn(
    [1, 2, 1, 1].map((quantity) => [{ variantId: 'var_p', quantity, harvest }]),
    { levels: [], days },
  );

  const promised = plans.map((plan) => (Array.isArray(plan) ? plan[0]?.harvest?.promisedOn : plan));
  expect(promised).toEqual([
    '2027-07-20',
    '2027-07-21',
    '2027-07-20',
    new InsufficientStockError('var_p', 0),
  ]);
});

describe('perLevel', () => {
  it('adds up by level, in the order in which locks are taken', () => {
    const amounts = [
      { levelId: 'stk_2', quantity: 1 },
      { levelId: 'stk_1', quantity: 2 },
      { levelId: 'stk_2', quantity: 3 },
    ];

    expect(perLevel(amounts)).toEqual([
      { levelId: 'stk_1', quantity: 2 },
      { levelId: 'stk_2', quantity: 4 },
    ]);
  });
});

describe('refuseReceipt', () => {
  it.each([
    // quantity                  key         faults
    [1, 'note-1', []],
    [RECEIPT_QUANTITY_MAX, 'a', []],
    [0, 'note-1', ['quantity']],
    [-1, 'note-1', ['quantity']],
    [1.5, 'note-1', ['quantity']],
    [RECEIPT_QUANTITY_MAX + 1, 'note-1', ['quantity']],
    [1, '', ['causeKey']],
    [0, '送货单', ['quantity', 'causeKey']],
    [1, 'x'.repeat(81), ['causeKey']],
  ])('%s boxes by %s: %j', (quantity, causeKey, faults) => {
    expect(refuseReceipt({ quantity, causeKey })?.fields.map((field) => field.path) ?? []).toEqual(faults);
  });
});

describe('InsufficientStockError', () => {
  it('says how little is left', () => {
    expect(new InsufficientStockError('var_a', 0).message.en).toBe(
      'This variant is sold out; leave it out or choose another one.',
    );
    expect(new InsufficientStockError('var_a', 2).message).toEqual({
      zh: '该规格仅剩 2 件，请减少数量',
      en: 'Only 2 of this variant are left; order fewer.',
    });
  });
});
