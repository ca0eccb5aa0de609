import { Injectable } from '@nestjs/common';
import { dayAfter } from '#libs/division';
import { Clock } from '#libs/kernel';
import { type AccountJournal, AccountMovementReader, LedgerReader, aDayBefore } from '#libs/ledger';
import { Database } from '#platform/database';
import { emit } from '#platform/outbox';
import { StatementDetailReader } from './statement-detail.reader.js';
import { linesOf } from './statement-line.rules.js';
import { statementChecked } from './statement.events.js';
import {
  type StatementBalances,
  StatementReader,
  type StatementRow,
  type StatementTotalView,
} from './statement.reader.js';
import { StatementRepository } from './statement.repository.js';
import {
  type Amounts,
  type Difference,
  NOTHING,
  type PayeeAccounts,
  accountsOf,
  added,
  amountsOf,
  codesOf,
  differenceOf,
  instantsOf,
} from './statement.rules.js';

/** Journals of one page and one transaction: a crash loses no more, and no statement's life is held in memory. */
const JOURNALS_PER_PAGE = 500;
const EVER = new Date('1970-01-01T00:00:00Z');
const NEVER = new Date('9999-12-31T00:00:00Z');

/**
 * Writes down which journals a statement is made of, and takes it as right only if the books say the same. Every step may be repeated: what is
 * written stays, what is missing is added.
 */
@Injectable()
export class StatementCollectService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementRepository,
    private readonly reader: StatementReader,
    private readonly movements: AccountMovementReader,
    private readonly ledger: LedgerReader,
    private readonly details: StatementDetailReader,
    private readonly clock: Clock,
  ) {}

  /** Null once the figures stand; TOO_EARLY while the month before has none; or where the books say something else. */
  async collect(statement: StatementRow): Promise<Difference | 'TOO_EARLY' | null> {
    if (statement.balances) return null;
    const link = await this.reader.linkBefore(statement.payeeId, statement.fromOn);
    if (statement.kind === 'MONTHLY' && link && !link.balances) return 'TOO_EARLY';
    const cursor = link?.balances?.nextJournalId ?? '';
    const since = cursor === '' ? '' : aDayBefore(cursor);
    await this.gather(statement, since);
    const difference = await this.settle(statement, link, since);
    if (difference === null) return null;
    // Something came meanwhile, or was committed long after it was made: once more, and from the beginning.
    await this.gather(statement, '');
    return this.settle(statement, link, since);
  }

  private async gather(statement: StatementRow, since: string): Promise<void> {
    const accounts = accountsOf({ kind: statement.payeeKind, id: statement.payeeId });
    const { from, before } = instantsOf(statement);
    const question = {
      codes: codesOf(accounts),
      // What took effect before the month and was written down after its statement is this month's.
      from: statement.kind === 'MONTHLY' ? EVER : from,
      before,
    };
    for (let afterJournalId = since; ;) {
      const journals = await this.movements.journalsOf({ ...question, afterJournalId }, JOURNALS_PER_PAGE);
      const last = journals.at(-1);
      if (!last) return;
      await this.write(statement, accounts, journals, from);
      afterJournalId = last.journalId;
    }
  }

  private async write(
    statement: StatementRow,
    accounts: PayeeAccounts,
    journals: readonly AccountJournal[],
    from: Date,
  ): Promise<void> {
    const known = await this.reader.collectedAmong(
      statement,
      journals.map(({ journalId }) => journalId),
    );
    const fresh = journals.filter(({ journalId }) => !known.has(journalId));
    if (fresh.length === 0) return;
    const payee = { kind: statement.payeeKind, id: statement.payeeId };
    const details = await this.details.of(payee, fresh);
    const chainedPayeeId = statement.kind === 'MONTHLY' ? statement.payeeId : null;
    const lines = fresh
      .flatMap((journal) => linesOf(accounts, journal, details, from))
      .map((line) => ({ statementId: statement.id, chainedPayeeId, ...line }));
    // False where another worker collects the same: what either lacks, the sums will show.
    await this.database.transaction((tx) => this.statements.insertLines(tx, lines));
  }

  /** Opening and lines against what the books held at the end of the last day; both kept apart, so that neither hides the other's fault. */
  private async settle(
    statement: StatementRow,
    link: StatementRow | null,
    since: string,
  ): Promise<Difference | null> {
    const accounts = accountsOf({ kind: statement.payeeKind, id: statement.payeeId });
    const opening = await this.openingOf(statement, link, accounts);
    const totals = await this.reader.totalsOf(statement.id);
    const closing = totals.reduce((sum, { amounts }) => added(sum, amounts), opening);
    const books = await this.booksAt(accounts, statement.toOn);
    const difference = differenceOf(accounts, closing, books);
    if (difference) return difference;
    const balances: StatementBalances = {
      opening,
      closing,
      lineCount: totals.reduce((sum, { count }) => sum + count, 0),
      nextJournalId: await this.nextOf(statement, link, since, accounts),
    };
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      // False where another worker was faster, and has told it.
      const isNew = await this.statements.insertBalance(tx, rowOf(statement, balances, now));
      if (isNew) await this.statements.insertTotals(tx, totals.map(totalRowOf));
      if (isNew && statement.kind === 'MONTHLY') await emit(tx, statementChecked(statement, now));
    });
    return null;
  }

  private async openingOf(
    { kind, fromOn }: StatementRow,
    link: StatementRow | null,
    accounts: PayeeAccounts,
  ): Promise<Amounts> {
    // A chain begins with nothing: its first statement has everything up to its last day.
    if (kind === 'MONTHLY') return link?.balances?.closing ?? NOTHING;
    return this.booksAt(accounts, dayAfter(fromOn, -1));
  }

  private async booksAt(accounts: PayeeAccounts, day: string): Promise<Amounts> {
    return amountsOf(accounts, await this.ledger.balancesAsOf(codesOf(accounts), day));
  }

  /** The first journal of a later month; if there is none yet, wherever the chain has read to. */
  private async nextOf(
    statement: StatementRow,
    link: StatementRow | null,
    since: string,
    accounts: PayeeAccounts,
  ): Promise<string> {
    if (statement.kind !== 'MONTHLY') return '';
    const { before } = instantsOf(statement);
    const later = { codes: codesOf(accounts), afterJournalId: since, from: before, before: NEVER };
    const [next] = await this.movements.idsOf(later, 1);
    if (next) return next;
    const [last] = (await this.reader.lastJournals(statement.id, 1)).toSorted();
    return last ?? link?.balances?.nextJournalId ?? '';
  }
}

function totalRowOf({ statementId, kind, count, grossFen, amounts }: StatementTotalView) {
  const { heldFen, availableFen, owedFen } = amounts;
  return { statementId, kind, lineCount: count, grossFen, heldFen, availableFen, owedFen };
}

function rowOf({ id }: StatementRow, { opening, closing, ...rest }: StatementBalances, checkedAt: Date) {
  return {
    statementId: id,
    heldOpeningFen: opening.heldFen,
    availableOpeningFen: opening.availableFen,
    owedOpeningFen: opening.owedFen,
    heldClosingFen: closing.heldFen,
    availableClosingFen: closing.availableFen,
    owedClosingFen: closing.owedFen,
    ...rest,
    checkedAt,
  };
}
