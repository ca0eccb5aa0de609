import { needsAnother, refuseStockWriteOff, stockWriteOffHash } from './stock-write-off.rules.js';

const peach = { variantId: 'var_1', batchId: 'bat_1', quantity: 2 };
const tea = { variantId: 'var_2', batchId: 'bat_2', quantity: 1 };
const wish = {
  merchantId: 'mer_1',
  channelPointId: null,
  transferId: null,
  why: 'SPOILED' as const,
  note: '',
  lines: [peach, tea],
  causeKey: 'rot-1',
};

it.each([
  ['nothing', {}, []],
  ['no line', { lines: [] }, ['lines']],
  ['a batch twice', { lines: [peach, peach] }, ['lines.1']],
  ['no unit', { lines: [{ ...peach, quantity: 0 }] }, ['lines.0.quantity']],
  ['half a unit', { lines: [{ ...peach, quantity: 0.5 }] }, ['lines.0.quantity']],
  ['more than anybody has', { lines: [{ ...peach, quantity: 1_000_001 }] }, ['lines.0.quantity']],
  [
    'a hundred and one lines',
    { lines: Array.from({ length: 101 }, (_, n) => ({ ...peach, batchId: `bat_${n}` })) },
    ['lines'],
  ],
  ['a key with blanks', { causeKey: 'a b' }, ['causeKey']],
  ['lost without a word', { why: 'LOST', note: ' ' }, ['note']],
  ['given away without a word', { why: 'GIVEN_AWAY' }, ['note']],
  ['too many words', { note: '字'.repeat(401) }, ['note']],
  ['two places', { transferId: 'stt_1', channelPointId: 'chp_1' }, ['channelPointId']],
] as const)('refuses %s', (_, change, paths) => {
  const refusal = refuseStockWriteOff({ ...wish, ...change });
  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('means the same in whatever order it is said, and nothing else', () => {
  const same = { ...wish, lines: [tea, peach], note: ' ' };
  expect(stockWriteOffHash(same)).toBe(stockWriteOffHash(wish));
  for (const other of [
    { why: 'DAMAGED' as const },
    { note: '烂了' },
    { channelPointId: 'chp_1' },
    { lines: [peach] },
    { lines: [{ ...peach, quantity: 3 }, tea] },
  ])
    expect(stockWriteOffHash({ ...wish, ...other })).not.toBe(stockWriteOffHash(wish));
});

it.each([
  ['just so much', 50_000n, 0n, 1, false],
  ['a fen more', 50_001n, 0n, 1, true],
  ['in two pieces of a day', 30_000n, 20_001n, 2, true],
  ['whoever works alone', 9_999_999n, 0n, 0, false],
] as const)('asks a second person or not: %s', (_, valueFen, todayFen, others, expected) => {
  expect(needsAnother({ valueFen, todayFen, others })).toBe(expected);
});
