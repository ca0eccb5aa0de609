import { sumFen } from '#libs/kernel';
import { feePartsOf, feeReturnsOf } from './seller-fee.rules.js';
import type { ShareRow } from './split.rules.js';

const share = (lineId: string, rankNo: number, shareFen: bigint, more: Partial<ShareRow> = {}): ShareRow => ({
  lineId,
  rankNo,
  merchantOrderId: 'mor_1',
  ruleId: 'spr_1',
  payeeKind: 'MERCHANT',
  payeeId: 'mer_1',
  shareFen,
  reversedFen: 0n,
  releasedFen: 0n,
  assignedFen: 0n,
  feeFen: 0n,
  releasedAt: null,
  dueAt: null,
  ...more,
});
const line = (lineId: string, more: Partial<ShareRow> = {}) =>
  [7000n, 2000n, 500n, 300n, 200n].map((part, index) => share(lineId, index + 1, part, more));
const both = new Set(['oln_1', 'oln_2']);
const partsOf = (shares: ShareRow[], lines: ReadonlySet<string>, feeFen: bigint) =>
  feePartsOf(shares, lines, feeFen).map((part) => part.feeFen);

describe('what those with a share bear of a fee', () => {
  it('E2: 220 on 10000', () => {
    expect(partsOf(line('oln_1'), both, 220n)).toEqual([154n, 44n, 11n, 7n, 4n]);
  });

  it('is spread over what remains after a refund', () => {
    const left = line('oln_1').map((each, index) => (index === 0 ? { ...each, reversedFen: 6000n } : each));

    expect(partsOf(left, both, 40n)).toEqual([10n, 20n, 5n, 3n, 2n]);
  });

  it.each([
    ['a line whose fee the platform bears', [...line('oln_1'), ...line('oln_3')], 110n],
    [
      'a line that has been released',
      [...line('oln_1'), ...line('oln_2', { releasedAt: new Date(0) })],
      110n,
    ],
    ['both lines', [...line('oln_1'), ...line('oln_2')], 220n],
    ['nothing that remains', line('oln_1').map((each) => ({ ...each, reversedFen: each.shareFen })), 0n],
  ])('is, with %s', (_, shares, borne) => {
    expect(sumFen(partsOf(shares, both, 220n))).toBe(borne);
  });

  it('is never more than a share holds', () => {
    expect(partsOf([share('oln_1', 1, 10n, { feeFen: 8n })], both, 5n)).toEqual([2n]);
  });
});

describe('what they bore comes back with a refund', () => {
  const borne = share('oln_1', 1, 7000n, { feeFen: 154n });
  const back = (given: ShareRow, amountFen: bigint) =>
    feeReturnsOf([{ share: given, amountFen, takenFrom: 'HELD' }]).map(({ feeFen }) => feeFen);

  it.each([
    [7000n, [154n]],
    [3500n, [77n]],
    [45n, []],
    [46n, [1n]],
  ])('of %s taken: %j', (amountFen, returned) => {
    expect(back(borne, amountFen)).toEqual(returned);
  });

  it('to the last fen, in parts as well', () => {
    const first = back(borne, 3333n)[0] ?? 0n;
    const rest = back({ ...borne, reversedFen: 3333n, feeFen: 154n - first }, 3667n)[0] ?? 0n;

    expect(first + rest).toBe(154n);
  });
});
