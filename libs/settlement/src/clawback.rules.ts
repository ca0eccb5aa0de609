import type { Fen } from '#libs/kernel';
import type { AccountCode, JournalDraft, TransferDraft } from '#libs/ledger';
import type { PayeeKind } from './split-share.entity.js';
import { type ReversalDraft, accountOf } from './split.rules.js';

/** From what is paid out, and by whom the rest is owed. */
export interface Taking extends ReversalDraft {
  /** Owed by the payee, out of whatever becomes available next. */
  readonly clawbackFen: Fen;
  /** Borne by the platform: a household is never put into debt by a buyer's refund. */
  readonly absorbedFen: Fen;
}

const AVAILABLE = 'liability:available:';
const CLAWBACK = 'asset:receivable:clawback:';

/** Where what a payee owes is kept, by the account that it will be taken from. */
export function clawbackAccount(available: AccountCode): AccountCode {
  return available.replace(AVAILABLE, CLAWBACK) as AccountCode;
}

/** The other way round. */
export function availableAccount(payee: string): AccountCode {
  return `${AVAILABLE}${payee}` as AccountCode;
}

export const CLAWBACK_PREFIX = CLAWBACK;
export const AVAILABLE_PREFIX = AVAILABLE;

/** Who can be asked to give back what they have been paid: nobody of the households, and the platform owes itself nothing. */
export function mayOwe(kind: PayeeKind): boolean {
  return kind !== 'HOUSEHOLD' && kind !== 'HOUSEHOLD_POOL' && kind !== 'PLATFORM';
}

/** Payees whose money may have been paid out; pools are never released, and what the platform earned it still has. */
function mayRunDry({ takenFrom, share }: ReversalDraft): boolean {
  return takenFrom === 'AVAILABLE' && share.payeeKind !== 'PLATFORM';
}

/** The accounts whose balance decides who owes what. */
export function accountsToAsk(reversals: readonly ReversalDraft[]): AccountCode[] {
  return [...new Set(reversals.filter(mayRunDry).map(({ share }) => accountOf(share, 'available')))];
}

/** Takes what is free (not what a payout under way is promised), and puts the rest on whoever has to bear it. */
export function takingsOf(
  reversals: readonly ReversalDraft[],
  free: ReadonlyMap<AccountCode, Fen>,
): Taking[] {
  const left = new Map(free);
  return reversals.map((reversal) => {
    if (!mayRunDry(reversal)) return { ...reversal, clawbackFen: 0n, absorbedFen: 0n };
    const account = accountOf(reversal.share, 'available');
    const there = left.get(account) ?? 0n;
    const taken = there < reversal.amountFen ? there : reversal.amountFen;
    left.set(account, there - taken);
    const short = reversal.amountFen - taken;
    const isHousehold = reversal.share.payeeKind === 'HOUSEHOLD';
    return {
      ...reversal,
      clawbackFen: isHousehold ? 0n : short,
      absorbedFen: isHousehold ? short : 0n,
    };
  });
}

/** The debits of a taking, each from its own account. */
export function debitsOf({ share, amountFen, takenFrom, clawbackFen, absorbedFen }: Taking): Debit[] {
  const own = accountOf(share, takenFrom === 'HELD' ? 'held' : 'available');
  const debits: Debit[] = [{ debit: own, amountFen: amountFen - clawbackFen - absorbedFen }];
  if (clawbackFen > 0n) debits.push({ debit: clawbackAccount(own), amountFen: clawbackFen });
  if (absorbedFen > 0n) debits.push({ debit: 'expense:household_absorption', amountFen: absorbedFen });
  return debits;
}

export type Debit = Pick<TransferDraft, 'debit' | 'amountFen'>;
export type Credit = Pick<TransferDraft, 'credit' | 'amountFen'>;

/**
 * Gives back what a taking took. What was owed and has been paid meanwhile, out of later sales, goes to the payee: nobody owes it any
 * more. `open` says what is still owed, and is reduced.
 */
export function creditsBack(takings: readonly Taking[], open: Map<AccountCode, Fen>): Credit[] {
  return takings.flatMap((taking) =>
    debitsOf(taking).flatMap(({ debit, amountFen }): Credit[] => {
      if (!debit.startsWith(CLAWBACK)) return [{ credit: debit, amountFen }];
      const owed = open.get(debit) ?? 0n;
      const forgiven = owed < amountFen ? owed : amountFen;
      open.set(debit, owed - forgiven);
      const available = debit.replace(CLAWBACK, AVAILABLE) as AccountCode;
      return [
        { credit: debit, amountFen: forgiven },
        { credit: available, amountFen: amountFen - forgiven },
      ];
    }),
  );
}

/** What journals put into accounts that may be paid out from, by account in the order of codes. */
export function creditsOf(journals: readonly JournalDraft[]): Map<AccountCode, Fen> {
  const sums = new Map<AccountCode, Fen>();
  for (const { credit, amountFen } of journals.flatMap(({ transfers }) => transfers)) {
    if (credit.startsWith(AVAILABLE) && !credit.startsWith(`${AVAILABLE}hhd_`))
      sums.set(credit, (sums.get(credit) ?? 0n) + amountFen);
  }
  return new Map([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What of each credit pays what its payee owes. */
export function offsetsOf(
  credits: ReadonlyMap<AccountCode, Fen>,
  open: ReadonlyMap<AccountCode, Fen>,
): TransferDraft[] {
  return [...credits].flatMap(([available, creditFen]) => {
    const receivable = clawbackAccount(available);
    const owed = open.get(receivable) ?? 0n;
    const amountFen = owed < creditFen ? owed : creditFen;
    return amountFen > 0n ? [{ debit: available, credit: receivable, amountFen }] : [];
  });
}
