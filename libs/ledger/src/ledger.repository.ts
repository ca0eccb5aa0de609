import { Injectable } from '@nestjs/common';
import { Clock, type FenText, fen, newId, present } from '#libs/kernel';
import { SealQueueService } from '#libs/seal';
import { type Tx, snakeCase, unlessTaken } from '#platform/database';
import { natureOf } from './chart-of-accounts.rules.js';
import type { LedgerAccountId, LedgerAccountState } from './ledger-account.entity.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type {
  AccountKey,
  HashedJournal,
  KnownJournal,
  LockedBalance,
  PlacedTransfer,
} from './ledger.rules.js';

interface LockedRow {
  readonly id: LedgerAccountId;
  readonly state: LedgerAccountState;
  readonly debitsPosted: FenText;
  readonly creditsPosted: FenText;
  readonly debitsPending: FenText;
  readonly creditsPending: FenText;
  readonly version: string;
}

const SUMS = [
  'debitsPostedFen',
  'creditsPostedFen',
  'debitsPendingFen',
  'creditsPendingFen',
  'version',
] as const;
type Sum = (typeof SUMS)[number];

/** Some hundred bytes each; past that the oldest are looked up again. */
const REMEMBERED_ACCOUNTS_MAX = 100_000;

@Injectable()
export class LedgerRepository {
  /** What never changes about accounts that are known to be committed. */
  private readonly remembered = new Map<string, AccountKey>();

  /** Accounts opened in a transaction that may yet roll back: good for that transaction, not to be remembered. */
  private readonly openedIn = new WeakMap<Tx, Set<string>>();

  constructor(
    private readonly clock: Clock,
    private readonly seals: SealQueueService,
  ) {}

  knownJournals(tx: Tx, keys: readonly string[]): Promise<KnownJournal<LedgerJournalId>[]> {
    return tx.query(
      'SELECT id, idempotency_key AS idempotencyKey, request_hash AS requestHash FROM ledger_journal WHERE idempotency_key IN (?)',
      [keys],
    );
  }

  /** The accounts of these codes, as far as somebody has opened them. */
  async knownAccounts(tx: Tx, codes: readonly string[]): Promise<Map<string, AccountKey>> {
    const found = new Map<string, AccountKey>();
    for (const code of codes) {
      const account = this.remembered.get(code);
      if (account) found.set(code, account);
    }
    await this.find(tx, codes, found);
    return found;
  }

  /** The accounts of these codes, opened on first use. */
  async accounts(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, AccountKey>> {
    const found = await this.knownAccounts(tx, codes);
    const missing = codes.filter((code) => !found.has(code)).toSorted();
    if (missing.length > 0) {
      await this.open(tx, missing);
      await this.find(tx, missing, found);
    }
    return found;
  }

  /** One statement in the order of ids, so that two postings never wait for each other in a circle. */
  async lock(tx: Tx, ids: readonly LedgerAccountId[]): Promise<LockedBalance[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<LockedRow>(
      `SELECT id, state, debits_posted_fen AS debitsPosted, credits_posted_fen AS creditsPosted,
              debits_pending_fen AS debitsPending, credits_pending_fen AS creditsPending, version
       FROM ledger_account WHERE id IN (?) ORDER BY id FOR UPDATE`,
      [ids],
    );
    return rows.map((row) => ({
      id: row.id,
      state: row.state,
      debitsPostedFen: fen(row.debitsPosted),
      creditsPostedFen: fen(row.creditsPosted),
      debitsPendingFen: fen(row.debitsPending),
      creditsPendingFen: fen(row.creditsPending),
      version: BigInt(row.version),
    }));
  }

  /** A key that somebody else has written meanwhile asks for the transaction again, which then finds their journal. */
  async insertJournals(tx: Tx, journals: readonly HashedJournal[]): Promise<LedgerJournalId[]> {
    const ids = journals.map(() => newId('jrn'));
    const rows = journals.map(({ entry, hash }, index) => ({
      id: present(ids[index], 'an id per journal'),
      idempotencyKey: entry.idempotencyKey,
      requestHash: hash,
      kind: entry.kind,
      phase: entry.phase,
      pendingJournalId: entry.pendingJournalId,
      reversesJournalId: entry.reverses?.journalId ?? null,
      subject: entry.subject,
      eventId: entry.eventId,
      effectiveAt: entry.effectiveAt,
    }));
    await unlessTaken('another posting of the same key came first', () => tx.insert('ledger_journal', rows));
    await this.seals.add(tx, 'JOURNAL', ids);
    return ids;
  }

  async insertTransfers(
    tx: Tx,
    journalIds: readonly LedgerJournalId[],
    transfers: readonly (readonly PlacedTransfer[])[],
  ): Promise<void> {
    const rows = transfers.flatMap((lines, index) => {
      const journalId = present(journalIds[index], 'an id per journal');
      return lines.map((line) => ({ journalId, ...line }));
    });
    await tx.insert('ledger_transfer', rows);
  }

  /** The rows are locked, so what has been computed is written as it is: the sums that have changed, all in one statement. */
  async saveBalances(
    tx: Tx,
    before: readonly LockedBalance[],
    after: readonly LockedBalance[],
  ): Promise<void> {
    const was = new Map(before.map((balance) => [balance.id, balance]));
    const isChanged = (balance: LockedBalance, sum: Sum) => balance[sum] !== was.get(balance.id)?.[sum];
    const sums = SUMS.filter((sum) => after.some((balance) => isChanged(balance, sum)));
    const changed = after.filter((balance) => sums.some((sum) => isChanged(balance, sum)));
    if (changed.length === 0) return;
    const branches = changed.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.write(
      `UPDATE ledger_account SET ${sums.map((sum) => `${snakeCase(sum)} = CASE id ${branches} END`).join(', ')} WHERE id IN (?)`,
      [
        ...sums.flatMap((sum) => changed.flatMap((balance) => [balance.id, balance[sum]])),
        changed.map(({ id }) => id),
      ],
    );
  }

  private async find(tx: Tx, codes: readonly string[], found: Map<string, AccountKey>): Promise<void> {
    const unknown = codes.filter((code) => !found.has(code));
    if (unknown.length === 0) return;
    const rows = await tx.query<Omit<AccountKey, 'hasFloor'> & { readonly hasFloor: number }>(
      `SELECT id, code, normal_side AS normalSide, balance_mode AS balanceMode, has_floor AS hasFloor
       FROM ledger_account WHERE code IN (?)`,
      [unknown],
    );
    const opened = this.openedIn.get(tx);
    for (const row of rows) {
      const account: AccountKey = { ...row, hasFloor: row.hasFloor === 1 };
      found.set(row.code, account);
      if (!opened?.has(row.code)) this.remember(account);
    }
  }

  private remember(account: AccountKey): void {
    const [oldest] = this.remembered.keys();
    if (oldest !== undefined && this.remembered.size >= REMEMBERED_ACCOUNTS_MAX)
      this.remembered.delete(oldest);
    this.remembered.set(account.code, account);
  }

  /**
   * In the order of codes. Where somebody else was faster, the transaction begins again and finds theirs: to pass over a row that
   * is there, MariaDB wants the right to change its code.
   */
  private async open(tx: Tx, codes: readonly string[]): Promise<void> {
    const opened = this.openedIn.get(tx) ?? new Set<string>();
    for (const code of codes) opened.add(code);
    this.openedIn.set(tx, opened);
    const createdAt = this.clock.now();
    const rows = codes.map((code) => ({
      id: newId('acc'),
      code,
      ...natureOf(code),
      state: 'OPEN',
      createdAt,
    }));
    await unlessTaken('somebody else has opened the account first', () => tx.insert('ledger_account', rows));
  }
}
