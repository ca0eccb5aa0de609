import { createHash } from 'node:crypto';
import { assert, type Fen, present } from '#libs/kernel';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type {
  BalanceMode,
  LedgerAccountId,
  LedgerAccountState,
  LedgerSide,
} from './ledger-account.entity.js';
import { AccountNotOpenError, IdempotencyConflictError, InsufficientBalanceError } from './ledger.errors.js';

export interface TransferDraft {
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  /** More than zero: what moves nothing is left out. */
  readonly amountFen: Fen;
}

export interface JournalDraft {
  /** Made from business ids, e.g. `release:oln_01J…`; kept for ever. */
  readonly idempotencyKey: string;
  readonly kind: string;
  /** The order, refund or payout it is about. */
  readonly subject: string;
  /** The fact that caused it. */
  readonly eventId: string | null;
  readonly effectiveAt: Date;
  readonly transfers: readonly TransferDraft[];
}

/** The transfers of one batch; a sale to several hundred households stays far below. */
export const TRANSFERS_PER_POST_MAX = 20_000;

/**
 * SHA-256 over what a journal says. The moment and the causing fact are left out: the same thing told twice may be told
 * at two times, and is still the same thing.
 */
export function hashOf({ kind, subject, transfers }: JournalDraft): Buffer {
  const lines = transfers.map(({ debit, credit, amountFen }) => [debit, credit, amountFen.toString()]);
  return createHash('sha256')
    .update(JSON.stringify([kind, subject, lines]))
    .digest();
}

/** Throws for what no caller of ours may send. */
export function assertPostable(journals: readonly JournalDraft[]): void {
  let count = 0;
  for (const { idempotencyKey, transfers } of journals) {
    assert(transfers.length > 0, `${idempotencyKey} moves something`);
    for (const { debit, credit, amountFen } of transfers) {
      assert(amountFen > 0n, `${idempotencyKey} moves positive amounts`);
      assert(debit !== credit, `${idempotencyKey} moves between two accounts`);
    }
    count += transfers.length;
  }
  assert(count <= TRANSFERS_PER_POST_MAX, `a batch moves at most ${TRANSFERS_PER_POST_MAX} times`);
}

export interface HashedJournal {
  readonly draft: JournalDraft;
  readonly hash: Buffer;
}

export interface KnownJournal<Id> {
  readonly id: Id;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
}

/** Which drafts are new; a key that is known, or that stands twice in the batch, must say the same thing. */
export function newJournalsOf<Id>(
  drafts: readonly JournalDraft[],
  known: readonly KnownJournal<Id>[],
): HashedJournal[] | IdempotencyConflictError {
  const hashes = new Map(known.map((journal) => [journal.idempotencyKey, journal.requestHash]));
  const fresh: HashedJournal[] = [];
  for (const draft of drafts) {
    const hash = hashOf(draft);
    const before = hashes.get(draft.idempotencyKey);
    if (before && !before.equals(hash)) return new IdempotencyConflictError(draft.idempotencyKey);
    if (before) continue;
    hashes.set(draft.idempotencyKey, hash);
    fresh.push({ draft, hash });
  }
  return fresh;
}

/** What never changes about an account. */
export interface AccountKey {
  readonly id: LedgerAccountId;
  readonly code: string;
  readonly normalSide: LedgerSide;
  readonly balanceMode: BalanceMode;
  readonly hasFloor: boolean;
}

/** A LOCKED account whose row is locked. */
export interface LockedBalance {
  readonly id: LedgerAccountId;
  readonly state: LedgerAccountState;
  readonly debitsPostedFen: Fen;
  readonly creditsPostedFen: Fen;
  readonly debitsPendingFen: Fen;
  readonly creditsPendingFen: Fen;
  readonly version: bigint;
}

export interface PlacedTransfer {
  readonly lineNo: number;
  readonly debitAccountId: LedgerAccountId;
  readonly creditAccountId: LedgerAccountId;
  readonly amountFen: Fen;
  readonly debitVersion: bigint | null;
  readonly creditVersion: bigint | null;
}

export interface Posting {
  /** One list per journal, in the order of the drafts. */
  readonly transfers: readonly (readonly PlacedTransfer[])[];
  /** The locked accounts as they stand afterwards. */
  readonly balances: readonly LockedBalance[];
}

/** What may still leave, on the account's normal side. */
function freeFen(side: LedgerSide, balance: LockedBalance): Fen {
  return side === 'credit'
    ? balance.creditsPostedFen - balance.debitsPostedFen - balance.debitsPendingFen
    : balance.debitsPostedFen - balance.creditsPostedFen - balance.creditsPendingFen;
}

/**
 * Moves the amounts, journal by journal. Every transfer of a LOCKED account takes its next version, so that versions have
 * no gap. Floors are looked at after each journal: within one, the order of transfers says nothing.
 */
export function place(
  journals: readonly JournalDraft[],
  accounts: ReadonlyMap<string, AccountKey>,
  locked: readonly LockedBalance[],
): Posting | InsufficientBalanceError | AccountNotOpenError {
  const balances = new Map(locked.map((balance) => [balance.id, { ...balance }]));
  const keyOf = (code: string) => present(accounts.get(code), `the account ${code}`);

  const take = (account: AccountKey, side: LedgerSide, amountFen: Fen): bigint | null => {
    if (account.balanceMode === 'DEFERRED') return null;
    const balance = present(balances.get(account.id), `the locked balance of ${account.code}`);
    if (side === 'debit') balance.debitsPostedFen += amountFen;
    else balance.creditsPostedFen += amountFen;
    balance.version += 1n;
    return balance.version;
  };

  const transfers: PlacedTransfer[][] = [];
  for (const journal of journals) {
    const touched = new Set<AccountKey>();
    const placed = journal.transfers.map(({ debit, credit, amountFen }, index): PlacedTransfer => {
      const [from, to] = [keyOf(debit), keyOf(credit)];
      touched.add(from).add(to);
      return {
        lineNo: index + 1,
        debitAccountId: from.id,
        creditAccountId: to.id,
        amountFen,
        debitVersion: take(from, 'debit', amountFen),
        creditVersion: take(to, 'credit', amountFen),
      };
    });
    for (const account of touched) {
      const balance = balances.get(account.id);
      if (!balance) continue;
      if (balance.state !== 'OPEN') return new AccountNotOpenError(account.code);
      const free = freeFen(account.normalSide, balance);
      if (account.hasFloor && free < 0n) return new InsufficientBalanceError(account.code, 0n - free);
    }
    transfers.push(placed);
  }
  return { transfers, balances: [...balances.values()] };
}
