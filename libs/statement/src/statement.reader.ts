import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import type { PaidKind } from '#libs/settlement';
import { Database, type SqlValue, type Tx } from '#platform/database';
import {
  STATEMENT_LINE_KINDS,
  type Statement,
  type StatementBalance,
  type StatementDocument,
  type StatementFile,
  type StatementFormat,
  type StatementId,
  type StatementLine,
  type StatementLineKind,
  type StatementRevision,
  type StatementState,
} from './statement.entity.js';
import { type Amounts, type Period, netOf } from './statement.rules.js';

export interface StatementBalances {
  readonly opening: Amounts;
  readonly closing: Amounts;
  readonly lineCount: number;
  readonly nextJournalId: string;
}

export type StatementRow = Pick<
  Statement,
  'id' | 'payeeKind' | 'payeeId' | 'kind' | 'fromOn' | 'toOn' | 'month' | 'requestedAt'
> & {
  /** Null until they have been checked against the books. */
  readonly balances: StatementBalances | null;
};

/** Amounts and what they come to, as they are shown. */
export interface ShownAmounts extends Amounts {
  readonly netFen: Fen;
}

/** A statement as it is shown: what is null has not been checked against the books yet. */
export type StatementView = StatementRow & {
  readonly opening: ShownAmounts | null;
  readonly closing: ShownAmounts | null;
  readonly lineCount: number | null;
};

export interface StatementRevisionRow extends Omit<
  StatementRevision,
  'idempotencyKey' | 'nextTryAt' | 'tries'
> {
  /** Null until it is printed. */
  readonly payeeName: string | null;
  readonly checkpointDay: string | null;
  readonly provenJournalId: string | null;
}

export type StatementFileRow = Pick<
  StatementFile,
  'statementId' | 'rev' | 'format' | 'name' | 'sha256' | 'sizeBytes'
>;

export type StatementLineRow = Omit<StatementLine, 'statementId' | 'chainedPayeeId' | 'feeFen'>;

/** A line as it is shown; null where it is of no order. */
export type StatementLineView = Omit<StatementLineRow, 'orderId' | keyof Amounts> & {
  readonly orderId: string | null;
  readonly amounts: ShownAmounts;
};

/** Where its bytes are, of the service that shows it. */
export type StatementFileView = StatementFileRow & { readonly path: string };

export interface StatementTotalView {
  readonly statementId: StatementId;
  readonly kind: StatementLineKind;
  readonly count: number;
  readonly grossFen: Fen;
  readonly amounts: ShownAmounts;
}

export interface StatementFilter {
  readonly payeeKind?: PaidKind | null;
  readonly payeeId?: string | null;
  readonly month?: string | null;
  readonly state?: StatementState | null;
  /** Only what begins after this day. */
  readonly beginsAfter?: string | null;
}

type Texts<T extends string> = { readonly [K in T]: FenText };
type RawBalance = Texts<
  'heldOpening' | 'availableOpening' | 'owedOpening' | 'heldClosing' | 'availableClosing' | 'owedClosing'
> &
  Pick<StatementBalance, 'nextJournalId'>;
type RawStatement = Omit<StatementRow, 'balances'> & RawBalance & { readonly lineCount: number | null };
type RawLine = Omit<StatementLineRow, 'grossFen' | 'heldFen' | 'availableFen' | 'owedFen' | 'isLate'> &
  Texts<'held' | 'available' | 'owed'> & {
    readonly gross: FenText | null;
    readonly isLate: number;
    readonly cursorAt: string;
  };

const SELECT_STATEMENTS = `SELECT s.id, s.payee_kind AS payeeKind, s.payee_id AS payeeId, s.kind, s.from_on AS fromOn, s.to_on AS toOn, s.month,
  s.requested_at AS requestedAt, b.held_opening_fen AS heldOpening, b.available_opening_fen AS availableOpening,
  b.owed_opening_fen AS owedOpening, b.held_closing_fen AS heldClosing, b.available_closing_fen AS availableClosing,
  b.owed_closing_fen AS owedClosing, b.line_count AS lineCount, b.next_journal_id AS nextJournalId
  FROM statement s LEFT JOIN statement_balance b ON b.statement_id = s.id`;

/** Every column of the order of lines, for `pageRequest`. */
export const STATEMENT_LINE_KEY_PARTS = 3;
/** Editions of one statement: each was asked for by a person, with a reason. */
export const REVISIONS_MAX = 100;

function shown({ heldFen, availableFen, owedFen }: Amounts): ShownAmounts {
  const amounts = { heldFen, availableFen, owedFen };
  return { ...amounts, netFen: netOf(amounts) };
}

function lineView({ orderId, heldFen, availableFen, owedFen, ...line }: StatementLineRow): StatementLineView {
  return { ...line, orderId: orderId || null, amounts: shown({ heldFen, availableFen, owedFen }) };
}

function statementOf({
  heldOpening,
  availableOpening,
  owedOpening,
  heldClosing,
  availableClosing,
  owedClosing,
  lineCount,
  nextJournalId,
  ...rest
}: RawStatement): StatementView {
  const amounts = (held: FenText, available: FenText, owed: FenText) => ({
    heldFen: fen(held),
    availableFen: fen(available),
    owedFen: fen(owed),
  });
  const balances =
    lineCount === null
      ? null
      : {
          opening: amounts(heldOpening, availableOpening, owedOpening),
          closing: amounts(heldClosing, availableClosing, owedClosing),
          lineCount,
          nextJournalId,
        };
  return {
    ...rest,
    balances,
    opening: balances && shown(balances.opening),
    closing: balances && shown(balances.closing),
    lineCount,
  };
}

function lineOf({ gross, held, available, owed, isLate, ...rest }: RawLine): StatementLineRow {
  return {
    ...rest,
    grossFen: gross === null ? null : fen(gross),
    heldFen: fen(held),
    availableFen: fen(available),
    owedFen: fen(owed),
    isLate: isLate === 1,
  };
}

function keyOfLine({ cursorAt, journalId, partNo }: RawLine): readonly string[] {
  return [cursorAt, journalId, String(partNo)];
}

@Injectable()
export class StatementReader {
  constructor(private readonly database: Database) {}

  async byId(id: string, on: Pick<Tx, 'query'> = this.database): Promise<StatementView | null> {
    const [row] = await this.read('WHERE s.id = ?', [id], on);
    return row ?? null;
  }

  /** That an edition is of. */
  async byNumber(number: string): Promise<StatementView | null> {
    const where = 'WHERE s.id = (SELECT r.statement_id FROM statement_revision r WHERE r.number = ?)';
    const [row] = await this.read(where, [number]);
    return row ?? null;
  }

  async byPeriod(
    payeeId: string,
    { fromOn, toOn }: Period,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<StatementView | null> {
    // The chain's, where there are both.
    const where =
      "WHERE s.payee_id = ? AND s.from_on = ? AND s.to_on = ? ORDER BY s.kind = 'MONTHLY' DESC LIMIT 1";
    const [row] = await this.read(where, [payeeId, fromOn, toOn], on);
    return row ?? null;
  }

  /** Newest first. `payeeIds` bounds what somebody may see at all. */
  async page(
    filter: StatementFilter,
    { first, after }: PageRequest,
    payeeIds: readonly string[] | 'ALL' = 'ALL',
  ): Promise<Page<StatementView>> {
    if (payeeIds !== 'ALL' && payeeIds.length === 0) return pageOf<StatementView>([], first, () => []);
    const wanted: (readonly [string, SqlValue])[] = [];
    const { payeeKind, payeeId, month, state, beginsAfter } = filter;
    if (payeeIds !== 'ALL') wanted.push(['s.payee_id IN (?)', payeeIds]);
    if (payeeKind) wanted.push(['s.payee_kind = ?', payeeKind]);
    if (payeeId) wanted.push(['s.payee_id = ?', payeeId]);
    if (month) wanted.push(['s.month = ?', month]);
    if (beginsAfter) wanted.push(['s.from_on > ?', beginsAfter]);
    if (state)
      wanted.push([
        'EXISTS (SELECT 1 FROM statement_revision r WHERE r.statement_id = s.id AND r.state = ?)',
        state,
      ]);
    const rows = await this.read(
      `WHERE ${['s.id < ?', ...wanted.map(([condition]) => condition)].join(' AND ')} ORDER BY s.id DESC LIMIT ?`,
      [after?.[0] ?? '~', ...wanted.map(([, value]) => value), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of these statements, in the order of editions. */
  async revisionsOf(
    ids: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<StatementRevisionRow[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<Omit<StatementRevisionRow, 'faultFen'> & { readonly fault: FenText | null }>(
      `SELECT r.statement_id AS statementId, r.rev, r.number, r.state, r.reason, r.requested_by AS requestedBy,
              r.requested_at AS requestedAt, r.fault_account AS faultAccount, r.fault_fen AS fault, r.issued_at AS issuedAt,
              d.payee_name AS payeeName, d.checkpoint_day AS checkpointDay, d.proven_journal_id AS provenJournalId
       FROM statement_revision r LEFT JOIN statement_document d ON d.statement_id = r.statement_id AND d.rev = r.rev
       WHERE r.statement_id IN (?) ORDER BY r.statement_id, r.rev LIMIT ?`,
      [ids, ids.length * REVISIONS_MAX],
    );
    return rows.map(({ fault, ...rest }) => ({ ...rest, faultFen: fault === null ? null : fen(fault) }));
  }

  async filesOf(ids: readonly string[]): Promise<StatementFileView[]> {
    if (ids.length === 0) return [];
    const files = await this.database.query<StatementFileRow>(
      `SELECT statement_id AS statementId, rev, format, name, sha256, size_bytes AS sizeBytes FROM statement_file
       WHERE statement_id IN (?) ORDER BY statement_id, rev, format LIMIT ?`,
      [ids, ids.length * REVISIONS_MAX * 2],
    );
    return files.map((file) => ({ ...file, path: `/statements/${file.name.replace(/\.(\w+)$/, '/$1')}` }));
  }

  /** Null where there is none of that number, or none that is theirs. */
  async fileOf(
    number: string,
    format: StatementFormat,
    payeeIds: readonly string[] | 'ALL',
  ): Promise<StatementFileRow | null> {
    if (payeeIds !== 'ALL' && payeeIds.length === 0) return null;
    const [file] = await this.database.query<StatementFileRow>(
      `SELECT f.statement_id AS statementId, f.rev, f.format, f.name, f.sha256, f.size_bytes AS sizeBytes
       FROM statement_revision r JOIN statement s ON s.id = r.statement_id
       JOIN statement_file f ON f.statement_id = r.statement_id AND f.rev = r.rev AND f.format = ?
       WHERE r.number = ? ${payeeIds === 'ALL' ? '' : 'AND s.payee_id IN (?)'}`,
      payeeIds === 'ALL' ? [format, number] : [format, number, payeeIds],
    );
    return file ?? null;
  }

  async documentOf(statementId: string, rev: number): Promise<StatementDocument | null> {
    const [row] = await this.database.query<
      Omit<StatementDocument, 'checkpointSize'> & { readonly checkpointSize: string | null }
    >(
      `SELECT statement_id AS statementId, rev, payee_name AS payeeName, checkpoint_day AS checkpointDay,
              checkpoint_size AS checkpointSize, checkpoint_root AS checkpointRoot, proven_journal_id AS provenJournalId,
              qr_text AS qrText, dated_at AS datedAt FROM statement_document WHERE statement_id = ? AND rev = ?`,
      [statementId, rev],
    );
    if (!row) return null;
    return { ...row, checkpointSize: row.checkpointSize === null ? null : BigInt(row.checkpointSize) };
  }

  /** By when they took effect. */
  async lines(statementId: string, { first, after }: PageRequest): Promise<Page<StatementLineView>> {
    const rows = await this.rawLines(statementId, first + 1, after);
    const page = pageOf(rows, first, keyOfLine);
    return { ...page, nodes: page.nodes.map((raw) => lineView(lineOf(raw))) };
  }

  /** The same for whoever reads them all; `next` is where to go on, null at the end. */
  async linesAfter(
    statementId: string,
    limit: number,
    after: readonly string[] | null,
  ): Promise<{ readonly nodes: readonly StatementLineRow[]; readonly next: readonly string[] | null }> {
    const rows = await this.rawLines(statementId, limit, after);
    const last = rows.at(-1);
    return { nodes: rows.map(lineOf), next: last && rows.length === limit ? keyOfLine(last) : null };
  }

  private rawLines(statementId: string, limit: number, after: readonly string[] | null): Promise<RawLine[]> {
    const [at = '1000-01-01', journalId = '', partNo = '0'] = after ?? [];
    return this.database.query<RawLine>(
      // The cursor keeps microseconds, which a Date would lose.
      `SELECT journal_id AS journalId, part_no AS partNo, kind, journal_kind AS journalKind, subject, order_id AS orderId, wording,
              gross_fen AS gross, held_fen AS held, available_fen AS available, owed_fen AS owed, effective_at AS effectiveAt,
              is_late AS isLate, CAST(effective_at AS CHAR) AS cursorAt
       FROM statement_line WHERE statement_id = ?
         AND (effective_at > ? OR (effective_at = ? AND (journal_id > ? OR (journal_id = ? AND part_no > ?))))
       ORDER BY effective_at, journal_id, part_no LIMIT ?`,
      [statementId, at, at, journalId, journalId, Number(partNo), limit],
    );
  }

  /** What the lines come to, kind by kind. */
  async totalsOf(statementId: string): Promise<StatementTotalView[]> {
    return this.totals([statementId]);
  }

  /** The same of many statements: as it was when they were checked, and of what is not checked yet from its lines. */
  async totals(statementIds: readonly string[]): Promise<StatementTotalView[]> {
    if (statementIds.length === 0) return [];
    const rows = await this.database.query<
      Pick<StatementTotalView, 'statementId' | 'kind'> & { readonly count: string } & Texts<
          'gross' | 'held' | 'available' | 'owed'
        >
    >(
      // In this order, so that no line of what is checked is read.
      `SELECT * FROM (
         SELECT statement_id AS statementId, kind, line_count AS count, gross_fen AS gross, held_fen AS held, available_fen AS available,
                owed_fen AS owed
         FROM statement_total WHERE statement_id IN (?)
         UNION ALL
         SELECT s.id, l.kind, COUNT(*), COALESCE(SUM(l.gross_fen), 0), SUM(l.held_fen), SUM(l.available_fen), SUM(l.owed_fen)
         FROM (statement s LEFT JOIN statement_balance b ON b.statement_id = s.id) STRAIGHT_JOIN statement_line l ON l.statement_id = s.id
         WHERE s.id IN (?) AND b.statement_id IS NULL GROUP BY s.id, l.kind
       ) t ORDER BY statementId, FIELD(kind, ?)`,
      [statementIds, statementIds, STATEMENT_LINE_KINDS],
    );
    return rows.map(({ statementId, kind, count, gross, held, available, owed }) => ({
      statementId,
      kind,
      count: Number(count),
      grossFen: fen(gross),
      amounts: shown({ heldFen: fen(held), availableFen: fen(available), owedFen: fen(owed) }),
    }));
  }

  /** Journals among these that stand in this statement, or in another month of the payee's chain. */
  async collectedAmong(
    { id, payeeId, kind }: Pick<StatementRow, 'id' | 'payeeId' | 'kind'>,
    journalIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ journalId: string }>(
      `SELECT DISTINCT journal_id AS journalId FROM statement_line
       WHERE ${kind === 'MONTHLY' ? 'chained_payee_id' : 'statement_id'} = ? AND journal_id IN (?)`,
      [kind === 'MONTHLY' ? payeeId : id, journalIds],
    );
    return new Set(rows.map(({ journalId }) => journalId));
  }

  /** The link of the chain before a day; null where it begins there. */
  async linkBefore(payeeId: string, day: string): Promise<StatementView | null> {
    const [row] = await this.read(
      "WHERE s.payee_id = ? AND s.kind = 'MONTHLY' AND s.to_on < ? ORDER BY s.month DESC LIMIT 1",
      [payeeId, day],
    );
    return row ?? null;
  }

  /** The last month of each payee's chain; nothing for those who have none. */
  async lastMonths(
    payeeIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, string>> {
    if (payeeIds.length === 0) return new Map();
    const rows = await on.query<{ payeeId: string; month: string }>(
      'SELECT payee_id AS payeeId, MAX(month) AS month FROM statement WHERE payee_id IN (?) AND month IS NOT NULL GROUP BY payee_id',
      [payeeIds],
    );
    return new Map(rows.map(({ payeeId, month }) => [payeeId, month]));
  }

  async hasRun(month: string): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM statement_run WHERE month = ?', [month])).length > 0;
  }

  /** The last line whose journal may be proven, the latest first. */
  async lastJournals(statementId: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ journalId: string }>(
      `SELECT journal_id AS journalId FROM statement_line WHERE statement_id = ?
       ORDER BY effective_at DESC, journal_id DESC, part_no DESC LIMIT ?`,
      [statementId, limit],
    );
    return rows.map(({ journalId }) => journalId);
  }

  private async read(
    where: string,
    values: readonly SqlValue[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<StatementView[]> {
    return (await on.query<RawStatement>(`${SELECT_STATEMENTS} ${where}`, values)).map(statementOf);
  }
}
