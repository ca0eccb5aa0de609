import type { ApprovalContent } from '#libs/approval';
import type { Fen } from '#libs/kernel';
import type { BankResult, BankResultFile, BankResultLine, FileBreak } from './bank-file.rules.js';
import type { PayoutState } from './payout.entity.js';

export interface BatchedPayout {
  readonly id: string;
  readonly payeeId: string;
  readonly accountId: string;
  readonly amountFen: Fen;
  readonly state: PayoutState;
}

/** What is approved: which payouts, to which accounts, how much, under which number. */
export function batchContent(
  batch: { readonly batchNo: number; readonly method: string; readonly encoding: string },
  payouts: readonly Pick<BatchedPayout, 'id' | 'accountId' | 'amountFen'>[],
): ApprovalContent {
  return [
    batch.batchNo,
    batch.method,
    batch.encoding,
    payouts.map(({ id, accountId, amountFen }) => [id, accountId, amountFen.toString()]),
  ];
}

/** One eye more than the maker's, two where much is at stake. */
export function approversFor(totalFen: Fen, twoAboveFen: Fen): number {
  return totalFen > twoAboveFen ? 2 : 1;
}

/**
 * What the bank says of a payout, by the state it is in. NOTHING: we know that already, also where it has been overtaken by what we
 * heard later. Null: it cannot be.
 */
const CONSEQUENCES: Readonly<Record<PayoutState, Readonly<Record<BankResult, BankConsequence | null>>>> = {
  PLANNED: { PAID: null, REJECTED: null, RETURNED: null },
  BATCHED: { PAID: null, REJECTED: null, RETURNED: null },
  SENT: { PAID: 'PAY', REJECTED: 'REJECT', RETURNED: null },
  PAID: { PAID: 'NOTHING', REJECTED: null, RETURNED: 'RETURN' },
  REJECTED: { PAID: null, REJECTED: 'NOTHING', RETURNED: null },
  RETURNED: { PAID: 'NOTHING', REJECTED: null, RETURNED: 'NOTHING' },
  CANCELLED: { PAID: null, REJECTED: null, RETURNED: null },
};
export type BankConsequence = 'PAY' | 'REJECT' | 'RETURN' | 'NOTHING';

export interface Consequence<P extends BatchedPayout = BatchedPayout> {
  readonly line: BankResultLine;
  readonly payout: P;
  readonly act: BankConsequence;
}

/** What follows from the bank's file, or why nothing follows from it: one line that does not fit, and none is believed. */
export function consequencesOf<P extends BatchedPayout>(
  batchNo: number,
  payouts: readonly P[],
  file: BankResultFile,
): Consequence<P>[] | FileBreak {
  if (file.batchNo !== batchNo)
    return { breakCode: 'WRONG_BATCH', note: `the file is of batch ${file.batchNo}, not of ${batchNo}` };
  const ours = new Map(payouts.map((payout) => [payout.id, payout]));
  const seen = new Set<string>();
  const consequences: Consequence<P>[] = [];
  for (const line of file.lines) {
    const payout = ours.get(line.payoutId);
    if (!payout) return { breakCode: 'UNKNOWN_LINE', note: `${line.payoutId} is not in this batch` };
    if (seen.has(line.payoutId))
      return { breakCode: 'LINE_TWICE', note: `${line.payoutId} stands there twice` };
    seen.add(line.payoutId);
    if (line.amountFen !== payout.amountFen)
      return {
        breakCode: 'AMOUNT_DIFFERS',
        note: `${payout.id} is ${payout.amountFen} fen here and ${line.amountFen} there`,
      };
    const act = CONSEQUENCES[payout.state][line.result];
    if (act === null)
      return {
        breakCode: 'CONTRADICTION',
        note: `${payout.id} is ${payout.state} here and ${line.result} there`,
      };
    consequences.push({ line, payout, act });
  }
  return consequences;
}
