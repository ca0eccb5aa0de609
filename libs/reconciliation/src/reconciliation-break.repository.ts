import { Injectable } from '@nestjs/common';
import { type FenText, type IdOf, fen, newId } from '#libs/kernel';
import type { SqlValue, Tx } from '#platform/database';
import type { BreakAct, BreakClass, BreakId, BreakState } from './reconciliation-break.entity.js';
import type { ReconciliationCheckName } from './reconciliation.entity.js';
import { type Finding, fateOf, mayBeAccepted, openKeyOf } from './reconciliation.rules.js';

export interface LockedBreak {
  readonly id: BreakId;
  readonly checkName: ReconciliationCheckName;
  readonly breakClass: BreakClass;
  readonly subject: string;
  readonly state: BreakState;
  readonly ownerId: IdOf<'usr'> | null;
}

/** A line of a break's history. */
export interface BreakStep {
  readonly breakId: BreakId;
  readonly act: BreakAct;
  /** Null where a check acts. */
  readonly actorId: IdOf<'usr'> | null;
  readonly note: string;
}

export interface Closing {
  readonly state: 'RESOLVED' | 'AUTO_CLOSED';
  readonly reason: string;
  readonly journalId: string | null;
  readonly refundId: string | null;
}

/** What a run that sees a break says of it. */
export interface Seen {
  readonly name: ReconciliationCheckName;
  readonly runNo: bigint;
  readonly at: Date;
}

interface Known {
  readonly id: BreakId;
  readonly openKey: string;
  readonly expected: FenText | null;
  readonly actual: FenText | null;
  readonly vanishedAt: Date | null;
}

/** The most that one run marks as gone; what is left waits for the next. */
const GONE_MAX = 500;

function text(amount: bigint | null): string {
  return amount === null ? '–' : String(amount);
}

function isSame(
  { expected, actual }: { readonly expected: FenText | null; readonly actual: FenText | null },
  { expectedFen, actualFen }: Pick<Finding, 'expectedFen' | 'actualFen'>,
): boolean {
  return (
    (expected === null ? null : fen(expected)) === expectedFen &&
    (actual === null ? null : fen(actual)) === actualFen
  );
}

@Injectable()
export class ReconciliationBreakRepository {
  /**
   * Opens what is new, and touches what is open or has been accepted. Needs the check's lock, so that the same finding of two rounds is one
   * break. Answers with what was opened.
   */
  async note(
    tx: Tx,
    seen: Seen,
    findings: readonly Finding[],
  ): Promise<{ readonly opened: readonly (Finding & { readonly id: BreakId })[] }> {
    const byKey = new Map(findings.map((finding) => [openKeyOf(seen.name, finding), finding]));
    if (byKey.size === 0) return { opened: [] };
    const open = await tx.query<Known>(
      `SELECT id, open_key AS openKey, expected_fen AS expected, actual_fen AS actual, vanished_at AS vanishedAt
       FROM reconciliation_break WHERE open_key IN (?) ORDER BY id FOR UPDATE`,
      [[...byKey.keys()]],
    );
    await this.touch(tx, seen, open, byKey);
    for (const { openKey } of open) byKey.delete(openKey);
    await this.forgetAccepted(tx, seen, byKey);
    const opened = [...byKey.values()].map((finding) => ({ ...finding, id: newId('brk') }));
    await this.insert(tx, seen, opened);
    return { opened };
  }

  /** Open breaks that a finished run has not seen although it looked at their time. Closes what closes itself, and marks the rest. */
  async miss(tx: Tx, { name, runNo, at }: Seen, coversFrom: Date): Promise<readonly LockedBreak[]> {
    const rows = await tx.query<LockedBreak & { readonly vanishedAt: Date | null }>(
      `SELECT id, check_name AS checkName, break_class AS breakClass, subject, state, owner_id AS ownerId, vanished_at AS vanishedAt
       FROM reconciliation_break WHERE check_name = ? AND state IN ('OPEN', 'ASSIGNED') AND last_run_no < ? AND happened_at >= ?
       ORDER BY id LIMIT ? FOR UPDATE`,
      [name, runNo, coversFrom, GONE_MAX],
    );
    const closed = rows.filter(({ breakClass }) => fateOf(name, breakClass) === 'AUTO_CLOSED');
    const gone = rows.filter(
      ({ breakClass, vanishedAt }) => vanishedAt === null && fateOf(name, breakClass) === 'VANISHED',
    );
    if (gone.length > 0) {
      const ids = gone.map(({ id }) => id);
      await tx.write('UPDATE reconciliation_break SET vanished_at = ? WHERE id IN (?)', [at, ids]);
      await this.addSteps(
        tx,
        ids.map((breakId) => ({ breakId, act: 'VANISHED', actorId: null, note: '' })),
        at,
      );
    }
    for (const { id } of closed)
      await this.close(
        tx,
        id,
        {
          state: 'AUTO_CLOSED',
          reason: 'both sides agree now',
          journalId: null,
          refundId: null,
        },
        null,
        at,
      );
    return closed;
  }

  /** The lock by which everything that people do to one break takes turns. */
  async lock(tx: Tx, id: string): Promise<LockedBreak | null> {
    const [row] = await tx.query<LockedBreak>(
      `SELECT id, check_name AS checkName, break_class AS breakClass, subject, state, owner_id AS ownerId
       FROM reconciliation_break WHERE id = ? FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** The open one of a subject. */
  async lockOpen(
    tx: Tx,
    name: ReconciliationCheckName,
    finding: Pick<Finding, 'breakClass' | 'subject'>,
  ): Promise<LockedBreak | null> {
    const [row] = await tx.query<LockedBreak>(
      `SELECT id, check_name AS checkName, break_class AS breakClass, subject, state, owner_id AS ownerId
       FROM reconciliation_break WHERE open_key = ? FOR UPDATE`,
      [openKeyOf(name, finding)],
    );
    return row ?? null;
  }

  async assign(tx: Tx, id: BreakId, ownerId: IdOf<'usr'>): Promise<void> {
    await tx.write("UPDATE reconciliation_break SET state = 'ASSIGNED', owner_id = ? WHERE id = ?", [
      ownerId,
      id,
    ]);
  }

  async close(
    tx: Tx,
    id: BreakId,
    { state, reason, journalId, refundId }: Closing,
    actorId: IdOf<'usr'> | null,
    at: Date,
  ): Promise<void> {
    await tx.write(
      `UPDATE reconciliation_break SET state = ?, closed_at = ?, reason = ?, journal_id = ?, refund_id = ?, open_key = NULL WHERE id = ?`,
      [state, at, reason, journalId, refundId, id],
    );
    const by = [journalId, refundId].filter((each) => each !== null).join(' ');
    const note = by === '' ? reason : `${reason} (${by})`;
    await this.addSteps(tx, [{ breakId: id, act: state, actorId, note: note.slice(0, 2_000) }], at);
  }

  async addSteps(tx: Tx, steps: readonly BreakStep[], at: Date): Promise<void> {
    await tx.insert(
      'reconciliation_break_step',
      steps.map((step) => ({ id: newId('bst'), ...step, at })),
    );
  }

  private async touch(
    tx: Tx,
    { runNo, at }: Seen,
    open: readonly Known[],
    byKey: ReadonlyMap<string, Finding>,
  ): Promise<void> {
    if (open.length === 0) return;
    await tx.write(
      'UPDATE reconciliation_break SET last_seen_at = ?, last_run_no = ?, vanished_at = NULL WHERE id IN (?)',
      [at, runNo, open.map(({ id }) => id)],
    );
    const steps: BreakStep[] = [];
    for (const known of open) {
      const finding = byKey.get(known.openKey);
      if (known.vanishedAt !== null)
        steps.push({ breakId: known.id, act: 'RETURNED', actorId: null, note: '' });
      if (!finding || isSame(known, finding)) continue;
      const { expectedFen, actualFen, detail } = finding;
      await tx.write(
        'UPDATE reconciliation_break SET expected_fen = ?, actual_fen = ?, detail = ? WHERE id = ?',
        [expectedFen, actualFen, JSON.stringify(detail), known.id],
      );
      const note = `${known.expected ?? '–'} / ${known.actual ?? '–'} → ${text(expectedFen)} / ${text(actualFen)}`;
      steps.push({ breakId: known.id, act: 'CHANGED', actorId: null, note });
    }
    await this.addSteps(tx, steps, at);
  }

  /** What a person has closed, and is seen again with the same amounts, is the same; it is not opened anew. */
  private async forgetAccepted(
    tx: Tx,
    { name, runNo, at }: Seen,
    byKey: Map<string, Finding>,
  ): Promise<void> {
    if (byKey.size === 0 || !mayBeAccepted(name)) return;
    const subjects = [...byKey.values()].map(({ subject }) => subject);
    const closed = await tx.query<Omit<Known, 'openKey'> & Pick<Finding, 'breakClass' | 'subject'>>(
      `SELECT id, break_class AS breakClass, subject, expected_fen AS expected, actual_fen AS actual
       FROM reconciliation_break WHERE subject IN (?) AND check_name = ? AND state = 'RESOLVED' ORDER BY id`,
      [subjects, name],
    );
    const ids: SqlValue[] = [];
    for (const each of closed) {
      const key = openKeyOf(name, each);
      const finding = byKey.get(key);
      if (!finding || !isSame(each, finding)) continue;
      ids.push(each.id);
      byKey.delete(key);
    }
    if (ids.length > 0)
      await tx.write('UPDATE reconciliation_break SET last_seen_at = ?, last_run_no = ? WHERE id IN (?)', [
        at,
        runNo,
        ids,
      ]);
  }

  private async insert(
    tx: Tx,
    { name, runNo, at }: Seen,
    opened: readonly (Finding & { readonly id: BreakId })[],
  ): Promise<void> {
    await tx.insert(
      'reconciliation_break',
      opened.map((finding) => ({
        id: finding.id,
        checkName: name,
        breakClass: finding.breakClass,
        subject: finding.subject,
        expectedFen: finding.expectedFen,
        actualFen: finding.actualFen,
        detail: JSON.stringify(finding.detail),
        happenedAt: finding.happenedAt,
        firstSeenAt: at,
        lastSeenAt: at,
        lastRunNo: runNo,
        state: 'OPEN',
        openKey: openKeyOf(name, finding),
      })),
    );
    await this.addSteps(
      tx,
      opened.map(({ id, expectedFen, actualFen }) => ({
        breakId: id,
        act: 'OPENED',
        actorId: null,
        note: expectedFen === null && actualFen === null ? '' : `${text(expectedFen)} / ${text(actualFen)}`,
      })),
      at,
    );
  }
}
