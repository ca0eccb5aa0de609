import { BATCH_MAX, type Placing, mayShare, nextBatch } from './crowd.rules.js';
import type { OfferedLine } from './order.rules.js';

const line = {} as OfferedLine;
const funded = (couponId: string) => ({ fundings: [{ couponId }] });

const placing = (changes: {
  offered?: readonly OfferedLine[];
  paymentTerm?: Placing['paymentTerm'];
  lines?: readonly object[];
}) =>
  ({
    offered: changes.offered ?? [line],
    paymentTerm: changes.paymentTerm ?? 'PREPAID',
    totals: { lines: changes.lines ?? [{ fundings: [] }] },
  }) as unknown as Placing;

describe('mayShare', () => {
  it.each([
    // what                        placing                                   shares
    ['one variant, paid first', placing({}), true],
    ['with a price cut', placing({ lines: [funded('')] }), true],
    ['with a coupon', placing({ lines: [funded(''), funded('cpn_1')] }), false],
    ['on account', placing({ paymentTerm: 'ON_ACCOUNT' }), false],
    ['two lines', placing({ offered: [line, line], lines: [funded('')] }), false],
  ])('%s', (_what, one, expected) => {
    expect(mayShare(one)).toBe(expected);
  });
});

describe('nextBatch', () => {
  const queue = (buyers: readonly string[]) =>
    buyers.map((buyerId, index) => ({ index, placing: { buyerId: buyerId as `usr_${string}` } }));
  const indexesOf = (batch: readonly { readonly index: number }[]) => batch.map(({ index }) => index);

  it.each([
    ['nobody of nobody', [], []],
    ['in the order of coming', ['usr_c', 'usr_a', 'usr_b'], [0, 1, 2]],
    ['of each buyer the first', ['usr_a', 'usr_b', 'usr_a', 'usr_a', 'usr_c'], [0, 1, 4]],
  ])('takes %s', (_what, buyers, expected) => {
    expect(indexesOf(nextBatch(queue(buyers)))).toEqual(expected);
  });

  it('takes no more than go together', () => {
    const many = queue(Array.from({ length: BATCH_MAX + 5 }, (_, index) => `usr_${index}`));
    expect(indexesOf(nextBatch(many))).toEqual(indexesOf(many.slice(0, BATCH_MAX)));
  });
});
