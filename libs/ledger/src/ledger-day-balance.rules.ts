import type { Fen } from '#libs/kernel';
import type { LedgerAccountId } from './ledger-account.entity.js';

/** What was posted to an account by the end of a day. */
export interface DayBalance {
  readonly accountId: LedgerAccountId;
  /** In Shanghai, YYYY-MM-DD. */
  readonly day: string;
  readonly debitsFen: Fen;
  readonly creditsFen: Fen;
}

/** What journals of one day have moved of an account. */
export type DayMovement = DayBalance;

const byDay = (a: DayBalance, b: DayBalance) => (a.day < b.day ? -1 : 1);

/**
 * The balances that change when these movements are added. `known` has, of each account, the last balance before the first
 * movement and all later ones: a movement of a past day is in the balance of every day since.
 */
export function withMovements(known: readonly DayBalance[], movements: readonly DayMovement[]): DayBalance[] {
  const accounts = new Map<LedgerAccountId, { known: DayBalance[]; moved: DayMovement[] }>();
  for (const movement of movements) {
    const account = accounts.get(movement.accountId) ?? { known: [], moved: [] };
    account.moved.push(movement);
    accounts.set(movement.accountId, account);
  }
  for (const balance of known) accounts.get(balance.accountId)?.known.push(balance);
  return [...accounts.entries()].flatMap(([accountId, account]) => changedDays(accountId, account));
}

function changedDays(
  accountId: LedgerAccountId,
  account: { readonly known: readonly DayBalance[]; readonly moved: readonly DayMovement[] },
): DayBalance[] {
  const known = account.known.toSorted(byDay);
  const moved = account.moved.toSorted(byDay);
  const first = moved[0]?.day ?? '';
  const days = new Set([...known, ...moved].map(({ day }) => day).filter((day) => day >= first));
  return [...days].toSorted().map((day) => {
    const before = known.findLast((balance) => balance.day <= day);
    const added = moved.filter((movement) => movement.day <= day);
    return {
      accountId,
      day,
      debitsFen: added.reduce((sum, { debitsFen }) => sum + debitsFen, before?.debitsFen ?? 0n),
      creditsFen: added.reduce((sum, { creditsFen }) => sum + creditsFen, before?.creditsFen ?? 0n),
    };
  });
}
