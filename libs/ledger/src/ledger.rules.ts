import { createHash } from 'node:crypto';
import { assert, type Fen, plus, present } from '#libs/kernel';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type {
  BalanceMode,
  LedgerAccountId,
  LedgerAccountState,
  LedgerSide,
} from './ledger-account.entity.js';
import type { LedgerJournalId, LedgerPhase } from './ledger-journal.entity.js';
import {
  AccountNotOpenError,
  EffectiveInFutureError,
  IdempotencyConflictError,
  InsufficientBalanceError,
} from './ledger.errors.js';

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

/** A journal on its way into the books. */
export interface JournalEntry extends JournalDraft {
  readonly phase: LedgerPhase;
  /** What it ends; null but for POST, VOID and EXPIRE. */
  readonly pendingJournalId: LedgerJournalId | null;
  /** What is no longer set aside once it stands. */
  readonly releases: readonly TransferDraft[];
  /** What it takes back, transfer by transfer; null for all but reversals. */
  readonly reverses: { readonly journalId: LedgerJournalId; readonly lineNos: readonly number[] } | null;
}

export function entryOf(draft: JournalDraft, phase: 'POSTED' | 'PENDING'): JournalEntry {
  return { ...draft, phase, pendingJournalId: null, releases: [], reverses: null };
}

/** The transfers of one batch; a sale to several hundred households stays far below. */
export const TRANSFERS_PER_POST_MAX = 20_000;

/**
 * SHA-256 over what a journal says. The moment and the causing fact are left out: the same thing told twice may be told
 * at two times, and is still the same thing.
 */
export function hashOf(entry: JournalEntry): Buffer {
  const { kind, subject, transfers, phase, pendingJournalId } = entry;
  const lines = transfers.map(({ debit, credit, amountFen }) => [debit, credit, amountFen.toString()]);
  // Journals that move at once say no phase: they were hashed before there were phases.
  const content =
    phase === 'POSTED' ? [kind, subject, lines] : [kind, subject, lines, phase, pendingJournalId];
  return createHash('sha256').update(JSON.stringify(content)).digest();
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

/**
 * By so much the clocks of two processes, or ours and the provider's, may differ: what one has just seen happen is not refused by another.
 * Beyond it a journal would stand in a day that the books have yet to reach.
 */
export const EFFECTIVE_AHEAD_MAX_MS = 5_000;

type Timed = Pick<JournalEntry, 'idempotencyKey' | 'eventId' | 'effectiveAt'>;

function isAhead({ effectiveAt }: Pick<Timed, 'effectiveAt'>, now: Date): boolean {
  return effectiveAt > plus(now, EFFECTIVE_AHEAD_MAX_MS);
}

/**
 * A fact has happened, whatever its maker's clock said: one told by a clock that was ahead takes effect now. To refuse it would only bury it,
 * until somebody brings it back once its time has come.
 */
export function inTime<Entry extends Timed>(entry: Entry, now: Date): Entry {
  return entry.eventId !== null && isAhead(entry, now) ? { ...entry, effectiveAt: now } : entry;
}

/** I11: the first that would take effect later than now. */
export function refuseFuture(journals: readonly Timed[], now: Date): EffectiveInFutureError | null {
  const ahead = journals.find((journal) => isAhead(journal, now));
  return ahead ? new EffectiveInFutureError(ahead.idempotencyKey, ahead.effectiveAt) : null;
}

export interface HashedJournal {
  readonly entry: JournalEntry;
  readonly hash: Buffer;
}

/** Something that is said under a key. */
export interface Said {
  readonly idempotencyKey: string;
  readonly hash: Buffer;
}

export interface KnownJournal<Id> {
  readonly id: Id;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
}

/** What is said for the first time; a key that is known, or that stands twice in the batch, must say the same thing. */
export function newOf<T extends Said, Id>(
  all: readonly T[],
  known: readonly KnownJournal<Id>[],
): T[] | IdempotencyConflictError {
  const hashes = new Map(known.map((journal) => [journal.idempotencyKey, journal.requestHash]));
  const fresh: T[] = [];
  for (const said of all) {
    const before = hashes.get(said.idempotencyKey);
    if (before && !before.equals(said.hash)) return new IdempotencyConflictError(said.idempotencyKey);
    if (before) continue;
    hashes.set(said.idempotencyKey, said.hash);
    fresh.push(said);
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
  readonly isPending: boolean;
  readonly reversesLineNo: number | null;
}

export interface Posting {
  /** One list per journal, in the order of the entries. */
  readonly transfers: readonly (readonly PlacedTransfer[])[];
  /** The locked accounts as they stand afterwards. */
  readonly balances: readonly LockedBalance[];
}

/** What may still leave, on the account's normal side: what is set aside has as good as left. */
export function freeFen(side: LedgerSide, balance: LockedBalance): Fen {
  return side === 'credit'
    ? balance.creditsPostedFen - balance.debitsPostedFen - balance.debitsPendingFen
    : balance.debitsPostedFen - balance.creditsPostedFen - balance.creditsPendingFen;
}

type Written<T> = { -readonly [Key in keyof T]: T[Key] };

/** The locked balances while journals are placed. DEFERRED accounts keep none, so nothing is moved for them. */
class Balances {
  private readonly byId: Map<LedgerAccountId, Written<LockedBalance>>;

  constructor(locked: readonly LockedBalance[]) {
    this.byId = new Map(locked.map((balance) => [balance.id, { ...balance }]));
  }

  of(account: AccountKey): Written<LockedBalance> | null {
    if (account.balanceMode === 'DEFERRED') return null;
    return present(this.byId.get(account.id), `the locked balance of ${account.code}`);
  }

  freeOf(account: AccountKey): Fen {
    const balance = this.of(account);
    return balance ? freeFen(account.normalSide, balance) : 0n;
  }

  /** Every transfer of a LOCKED account takes its next version, so that versions have no gap. */
  move(account: AccountKey, side: LedgerSide, amountFen: Fen): bigint | null {
    const balance = this.of(account);
    if (!balance) return null;
    if (side === 'debit') balance.debitsPostedFen += amountFen;
    else balance.creditsPostedFen += amountFen;
    balance.version += 1n;
    return balance.version;
  }

  /** Less than zero releases. */
  setAside(account: AccountKey, side: LedgerSide, amountFen: Fen): void {
    const balance = this.of(account);
    if (!balance) return;
    if (side === 'debit') balance.debitsPendingFen += amountFen;
    else balance.creditsPendingFen += amountFen;
  }

  all(): LockedBalance[] {
    return [...this.byId.values()];
  }
}

/**
 * Whether a journal may not touch an account in this state. A frozen one lets nothing out and everything in: what a payee earns meanwhile is
 * theirs, and a sale that others have a share in does not wait for them. What was set aside before it was frozen may still end: the money
 * has been promised, or has left already.
 */
function isShut(
  state: LedgerAccountState,
  phase: LedgerPhase,
  { before, after }: { readonly before: Fen; readonly after: Fen },
): boolean {
  return phase !== 'POST' && (state === 'CLOSED' || (state === 'FROZEN' && after < before));
}

/**
 * Moves the amounts, journal by journal. Floors are looked at after each journal: within one, the order of transfers says
 * nothing.
 */
export function place(
  journals: readonly Pick<JournalEntry, 'phase' | 'transfers' | 'releases' | 'reverses'>[],
  accounts: ReadonlyMap<string, AccountKey>,
  locked: readonly LockedBalance[],
): Posting | InsufficientBalanceError | AccountNotOpenError {
  const balances = new Balances(locked);
  const keyOf = (code: string) => present(accounts.get(code), `the account ${code}`);
  const transfers: PlacedTransfer[][] = [];
  for (const { phase, transfers: lines, releases, reverses } of journals) {
    const isPending = phase === 'PENDING';
    for (const { debit, credit, amountFen } of releases) {
      balances.setAside(keyOf(debit), 'debit', 0n - amountFen);
      balances.setAside(keyOf(credit), 'credit', 0n - amountFen);
    }
    const touched = new Set(lines.flatMap(({ debit, credit }) => [keyOf(debit), keyOf(credit)]));
    const before = new Map([...touched].map((account) => [account, balances.freeOf(account)]));
    const placed = lines.map(({ debit, credit, amountFen }, index): PlacedTransfer => {
      const [from, to] = [keyOf(debit), keyOf(credit)];
      const ids = { lineNo: index + 1, debitAccountId: from.id, creditAccountId: to.id };
      const line = { ...ids, amountFen, isPending, reversesLineNo: reverses?.lineNos[index] ?? null };
      if (isPending) {
        balances.setAside(from, 'debit', amountFen);
        balances.setAside(to, 'credit', amountFen);
        return { ...line, debitVersion: null, creditVersion: null };
      }
      const debitVersion = balances.move(from, 'debit', amountFen);
      return { ...line, debitVersion, creditVersion: balances.move(to, 'credit', amountFen) };
    });
    for (const account of touched) {
      const balance = balances.of(account);
      if (!balance) continue;
      const free = freeFen(account.normalSide, balance);
      if (isShut(balance.state, phase, { before: before.get(account) ?? 0n, after: free }))
        return new AccountNotOpenError(account.code);
      if (account.hasFloor && free < 0n) return new InsufficientBalanceError(account.code, 0n - free);
    }
    transfers.push(placed);
  }
  return { transfers, balances: balances.all() };
}
