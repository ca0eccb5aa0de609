import fc from 'fast-check';
import { refused, sumFen } from '#libs/kernel';
import {
  type ShareRow,
  remainderOf,
  reversalsOf,
  sharesOfLine,
} from '../../libs/settlement/src/split.rules.js';

const RUNS = 20_000;

/** Basis points that make the whole, some of them zero. */
const rates = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 4, maxLength: 4 })
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 10_000])
  .map((edges) => edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0)))
  .map(([merchantBps = 0, householdBps = 0, platformBps = 0, operatorBps = 0, fundBps = 0]) => ({
    id: 'spr_1' as const,
    version: 1,
    scopeKey: '*',
    feeBearer: 'PLATFORM' as const,
    effectiveFrom: new Date(0),
    merchantBps,
    householdBps,
    platformBps,
    operatorBps,
    fundBps,
  }));

const line = fc.record({
  goodsFen: fc.oneof(fc.bigInt(0n, 300n), fc.bigInt(0n, 10n ** 15n)),
  isCertified: fc.boolean(),
  operatorId: fc.constantFrom('chp_1' as const, null),
  households: fc
    .array(fc.nat({ max: 5 }), { maxLength: 6 })
    .map((weights) => weights.map((weight, index) => ({ householdId: `hhd_${index}` as const, weight }))),
});

const contributions = fc.option(
  fc.integer({ min: 0, max: 10_000 }).map((bps) => ({
    id: 'ctr_1' as const,
    version: 1,
    scopeKey: '*',
    bps,
    effectiveFrom: new Date(0),
  })),
);

/** Parts of what remains, in thousandths, so that a sequence of any length fits. */
const refunds = fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 10 });

const rest = {
  lineId: 'oln_1',
  merchantOrderId: 'mor_1',
  merchantId: 'mer_1',
  productId: 'prd_1',
  subsidyFen: 0n,
  channelKind: '*',
  originCountyCode: '430225',
  saleCountyCode: '430211',
} as const;

function holds(condition: boolean, rule: string): void {
  if (!condition) throw new Error(`Broken: ${rule}`);
}

describe('any split and any sequence of refunds', () => {
  it('make the whole to the fen, and never take more from anyone than they have left', () => {
    fc.assert(
      fc.property(rates, contributions, line, refunds, (rule, contribution, sale, parts) => {
        const drafts = sharesOfLine({ split: rule, contribution }, { ...sale, ...rest });
        const others = sharesOfLine({ split: rule, contribution: null }, { ...sale, ...rest });
        const untouched = (shares: typeof drafts) =>
          JSON.stringify(
            shares
              .filter(({ payeeKind }) => payeeKind !== 'MERCHANT' && payeeKind !== 'CONTRIBUTION')
              .map(({ rankNo, payeeId, shareFen }) => [rankNo, payeeId, String(shareFen)]),
          );
        holds(untouched(drafts) === untouched(others), "a contribution is the merchant's matter alone");
        holds(sumFen(drafts.map(({ shareFen }) => shareFen)) === sale.goodsFen, 'the shares make the whole');
        const fund = drafts.find(({ payeeKind }) => payeeKind === 'FUND')?.shareFen ?? 0n;
        const aboveQuota = fund - (sale.goodsFen * BigInt(rule.fundBps)) / 10_000n;
        holds(aboveQuota === 0n || aboveQuota === 1n, 'a share is its quota, or one fen more');

        let shares: ShareRow[] = drafts.map((draft) => ({
          ...draft,
          reversedFen: 0n,
          releasedFen: 0n,
          assignedFen: 0n,
          feeFen: 0n,
          releasedAt: null,
          dueAt: null,
        }));
        for (const thousandths of [...parts, 1_000]) {
          const left = sumFen(shares.map(remainderOf));
          const amountFen = (left * BigInt(thousandths) + 999n) / 1_000n;
          if (amountFen === 0n) continue;
          const reversals = reversalsOf(shares, [{ lineId: 'oln_1', amountFen }]);
          if (refused(reversals)) throw new Error(reversals.message.en);
          holds(
            sumFen(reversals.map((reversal) => reversal.amountFen)) === amountFen,
            'the reversals make the refund',
          );
          shares = shares.map((share) => {
            const taken = reversals.find((reversal) => reversal.share === share)?.amountFen ?? 0n;
            return { ...share, reversedFen: share.reversedFen + taken };
          });
          holds(
            shares.every((share) => remainderOf(share) >= 0n),
            'nobody is overdrawn',
          );
        }
        holds(
          shares.every((share) => remainderOf(share) === 0n),
          'the last refund leaves nobody anything',
        );
      }),
      { numRuns: RUNS },
    );
  });
});
