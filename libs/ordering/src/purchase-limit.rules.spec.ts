import { type PurchaseLimit, overLimits, refuseLimit } from './purchase-limit.rules.js';

const limit = (changes: Partial<PurchaseLimit> = {}): PurchaseLimit => ({
  variantId: 'var_a',
  orderMax: null,
  personMax: null,
  periodDays: null,
  ...changes,
});
const line = (quantity: number, variantId = 'var_a', channelPointId = '') => ({
  variantId,
  quantity,
  channelPointId,
  variant: { productName: '炎陵黄桃', name: variantId === 'var_a' ? '5斤装' : '10斤装' },
});

describe('overLimits', () => {
  it.each([
    // what                                       wanted  limit                              bought  over
    ['no limit', 999, limit(), 999, false],
    ['as many as an order may', 3, limit({ orderMax: 3 }), 999, false],
    ['one more than an order may', 4, limit({ orderMax: 3 }), 0, true],
    ['as many as a person may', 3, limit({ personMax: 5, periodDays: 7 }), 2, false],
    ['one more than a person may', 4, limit({ personMax: 5, periodDays: 7 }), 2, true],
    ['the limit was lowered meanwhile', 1, limit({ personMax: 1, periodDays: 7 }), 9, true],
    ['within the order, over the person', 3, limit({ orderMax: 3, personMax: 3, periodDays: 7 }), 1, true],
  ])('%s', (_, quantity, one, bought, isOver) => {
    const over = overLimits([line(quantity)], [one], new Map([['var_a', bought]]));
    expect(over.map(({ variantId }) => variantId)).toEqual(isOver ? ['var_a'] : []);
  });

  it('adds up what is bought through several places, and names each variant', () => {
    const limits = [limit({ orderMax: 2 }), limit({ variantId: 'var_b', orderMax: 1 })];
    const lines = [line(1), line(2, 'var_a', 'chp_x'), line(1, 'var_b')];
    expect(overLimits(lines, limits, new Map()).map(({ variantId }) => variantId)).toEqual(['var_a']);
  });

  it('does not mind what is not wanted', () => {
    const one = limit({ personMax: 1, periodDays: 7 });
    expect(overLimits([line(1, 'var_b')], [one], new Map([['var_a', 9]]))).toEqual([]);
  });

  it.each([
    [
      { orderMax: 3, personMax: 5, periodDays: 7 },
      4,
      '「炎陵黄桃 5斤装」每单限购 3 件；7 天内每人限购 5 件，您已购 4 件；本单最多可买 1 件',
      '炎陵黄桃 5斤装: at most 3 in one order; at most 5 per person in 7 days, of which you have bought 4; order 1 or fewer.',
    ],
    [
      { orderMax: 3 },
      0,
      '「炎陵黄桃 5斤装」每单限购 3 件；本单最多可买 3 件',
      '炎陵黄桃 5斤装: at most 3 in one order; order 3 or fewer.',
    ],
    [
      { personMax: 5, periodDays: 7 },
      6,
      '「炎陵黄桃 5斤装」7 天内每人限购 5 件，您已购 6 件；暂不能再买',
      '炎陵黄桃 5斤装: at most 5 per person in 7 days, of which you have bought 6; you can buy no more for now.',
    ],
  ])('says of what, how many may be bought and what has been: %j', (changes, bought, zh, en) => {
    const [over] = overLimits([line(9)], [limit(changes)], new Map([['var_a', bought]]));
    expect(over?.message).toEqual({ zh, en });
  });
});

describe('refuseLimit', () => {
  it.each([
    ['none', {}, undefined],
    ['both', { orderMax: 1, personMax: 999, periodDays: 366 }, undefined],
    ['none of it', { orderMax: 0 }, ['orderMax']],
    ['too many', { personMax: 1_000, periodDays: 1 }, ['personMax']],
    ['a person without a period', { personMax: 1 }, ['periodDays']],
    ['a period without a person', { periodDays: 7 }, ['periodDays']],
    ['a period longer than a year', { personMax: 1, periodDays: 367 }, ['periodDays']],
  ])('%s', (_, changes, paths) => {
    expect(refuseLimit(limit(changes))?.fields.map(({ path }) => path)).toEqual(paths);
  });
});
