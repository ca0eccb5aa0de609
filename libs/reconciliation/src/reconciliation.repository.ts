import { Injectable } from '@nestjs/common';
import { newId, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  type ReconciliationCheckName,
  ReconciliationRun,
  type ReconciliationRunId,
} from './reconciliation.entity.js';
import { coversFrom, dueAfter, keptFrom } from './reconciliation.rules.js';

/** Somebody's turn at one check: whoever holds an older fencing number has lost it. */
export interface Turn {
  readonly name: ReconciliationCheckName;
  readonly runId: ReconciliationRunId;
  readonly runNo: bigint;
  readonly fencing: number;
  readonly coversFrom: Date;
  readonly position: string | null;
}

/** What a finished run leaves behind is thrown away this many at a time. */
const FORGOTTEN_MAX = 1_000;

@Injectable()
export class ReconciliationRepository {
  /** The check that is due and has waited longest for its turn; null where none is. SKIP LOCKED, so that processes share the work. */
  async take(tx: Tx, now: Date, leasedUntil: Date): Promise<Turn | null> {
    const [due] = await tx.query<{
      name: ReconciliationCheckName;
      runNo: string;
      runId: ReconciliationRunId | null;
      fencing: number;
    }>(
      `SELECT name, run_no AS runNo, run_id AS runId, fencing FROM reconciliation_check
       WHERE due_at <= ? AND (leased_until IS NULL OR leased_until < ?) ORDER BY worked_at, name LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now, now],
    );
    if (!due) return null;
    const { name, fencing } = due;
    const run = due.runId
      ? present(await tx.manager.findOneBy(ReconciliationRun, { id: due.runId }), 'the run of a check')
      : await this.begin(tx, name, BigInt(due.runNo) + 1n, now);
    await tx.write(
      `UPDATE reconciliation_check SET worked_at = ?, run_no = ?, run_id = ?, fencing = ?, leased_until = ? WHERE name = ?`,
      [now, run.runNo, run.id, fencing + 1, leasedUntil, name],
    );
    const { id: runId, runNo, position } = run;
    return { name, runId, runNo, fencing: fencing + 1, coversFrom: run.coversFrom, position };
  }

  /** The check's lock, if it is still our turn. */
  async holds(tx: Tx, { name, fencing }: Turn): Promise<boolean> {
    const rows = await tx.query(
      'SELECT name FROM reconciliation_check WHERE name = ? AND fencing = ? FOR UPDATE',
      [name, fencing],
    );
    return rows.length === 1;
  }

  /** The number that what is noted outside any run bears; the check's lock. */
  async lockRunNo(tx: Tx, name: ReconciliationCheckName): Promise<bigint> {
    const [row] = await tx.query<{ runNo: string }>(
      'SELECT run_no AS runNo FROM reconciliation_check WHERE name = ? FOR UPDATE',
      [name],
    );
    return BigInt(present(row, 'the check').runNo);
  }

  async advance(
    tx: Tx,
    { runId }: Turn,
    round: { readonly examined: number; readonly matched: number; readonly found: number },
    position: string | null,
  ): Promise<void> {
    await tx.write(
      `UPDATE reconciliation_run SET examined_count = examined_count + ?, matched_count = matched_count + ?,
         found_count = found_count + ?, position = ?, failure = NULL WHERE id = ?`,
      [round.examined, round.matched, round.found, position, runId],
    );
  }

  /** Others may take the next round. */
  async release(tx: Tx, { name }: Turn, dueAt: Date | null): Promise<void> {
    await tx.write(
      'UPDATE reconciliation_check SET leased_until = NULL, due_at = COALESCE(?, due_at) WHERE name = ?',
      [dueAt, name],
    );
  }

  /** The run is over, and the next one due in its time. Runs that nobody will ask for any more go. */
  async finish(tx: Tx, turn: Turn, now: Date): Promise<void> {
    await tx.write('UPDATE reconciliation_run SET finished_at = ? WHERE id = ?', [now, turn.runId]);
    await tx.write(
      'UPDATE reconciliation_check SET run_id = NULL, leased_until = NULL, due_at = ? WHERE name = ?',
      [dueAfter(turn.name, now), turn.name],
    );
    await tx.write('DELETE FROM reconciliation_run WHERE check_name = ? AND finished_at < ? LIMIT ?', [
      turn.name,
      keptFrom(turn.name, now),
      FORGOTTEN_MAX,
    ]);
  }

  async fail(tx: Tx, { runId }: Turn, failure: string): Promise<void> {
    await tx.write('UPDATE reconciliation_run SET failure = ? WHERE id = ?', [failure.slice(0, 500), runId]);
  }

  async makeDue(tx: Tx, name: ReconciliationCheckName, now: Date): Promise<void> {
    await tx.write('UPDATE reconciliation_check SET due_at = LEAST(due_at, ?) WHERE name = ?', [now, name]);
  }

  private async begin(
    tx: Tx,
    checkName: ReconciliationCheckName,
    runNo: bigint,
    now: Date,
  ): Promise<ReconciliationRun> {
    const [before] = await tx.query<{ at: Date | null }>(
      'SELECT MAX(started_at) AS at FROM reconciliation_run WHERE check_name = ? AND finished_at IS NOT NULL',
      [checkName],
    );
    const run: ReconciliationRun = {
      id: newId('rrn'),
      checkName,
      runNo,
      coversFrom: coversFrom(checkName, now, before?.at ?? null),
      position: null,
      examinedCount: 0n,
      matchedCount: 0n,
      foundCount: 0n,
      startedAt: now,
      finishedAt: null,
      failure: null,
    };
    await tx.manager.insert(ReconciliationRun, run);
    return run;
  }
}
