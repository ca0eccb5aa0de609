import { Injectable } from '@nestjs/common';
import { type Fen, type IdOf, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { DuplicateState, SuspectedDuplicateId } from './duplicate.entity.js';
import type { SubjectKind } from './invoice.entity.js';
import { withinScope } from '#libs/division';
import { IS_OF_SUBJECT } from './duplicate.rules.js';

export interface Suspicion {
  readonly subjectId: string;
  /** The line of the subject that looks like the fact; the subject itself where it has but one. */
  readonly lineId?: string;
  readonly factId: string;
  readonly amountFen: Fen;
  readonly countyCode: string;
}

export interface LockedSuspicion {
  readonly id: SuspectedDuplicateId;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly countyCode: string;
  readonly state: DuplicateState;
}

@Injectable()
export class DuplicateRepository {
  /** Suspected again, the same suspicion stays as it was decided. */
  async suspect(tx: Tx, kind: SubjectKind, suspicions: readonly Suspicion[], at: Date): Promise<void> {
    if (suspicions.length === 0) return;
    const rows = suspicions.map(({ subjectId, lineId = subjectId, factId, amountFen, countyCode }) => [
      newId('dup'),
      kind,
      subjectId,
      lineId,
      factId,
      countyCode,
      amountFen,
      'HELD',
      at,
    ]);
    await tx.write(
      `INSERT INTO suspected_duplicate (id, subject_kind, subject_id, line_id, fact_id, county_code, amount_fen, state, created_at)
       VALUES ? ON DUPLICATE KEY UPDATE id = id`,
      [rows],
    );
  }

  /** Not found outside the scope. */
  async lock(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<LockedSuspicion | null> {
    const { sql, values } = withinScope('county_code', scope);
    const [row] = await tx.query<LockedSuspicion>(
      `SELECT id, subject_kind AS subjectKind, subject_id AS subjectId, county_code AS countyCode, state FROM suspected_duplicate
       WHERE id = ? AND ${sql} FOR UPDATE`,
      [id, ...values],
    );
    return row ?? null;
  }

  async decide(
    tx: Tx,
    id: SuspectedDuplicateId,
    state: Exclude<DuplicateState, 'HELD'>,
    reason: string,
    decidedBy: IdOf<'usr'>,
    at: Date,
  ): Promise<void> {
    await tx.write(
      'UPDATE suspected_duplicate SET state = ?, reason = ?, decided_by = ?, decided_at = ? WHERE id = ?',
      [state, reason, decidedBy, at, id],
    );
  }

  /** What of a subject is not cleared: of a claim, of the lines that it has now. */
  async openOf(tx: Tx, subjectId: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM suspected_duplicate d WHERE d.subject_id = ? AND d.state <> 'CLEARED' AND ${IS_OF_SUBJECT}`,
      [subjectId],
    );
    return Number(row?.n ?? 0);
  }

  /** What nobody has decided about, and nobody has to any more: its line is gone, or will not count whatever is said of it. */
  async drop(tx: Tx, subjectId: string): Promise<void> {
    await tx.write("DELETE FROM suspected_duplicate WHERE subject_id = ? AND state = 'HELD'", [subjectId]);
  }
}
