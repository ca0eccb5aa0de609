import { Injectable } from '@nestjs/common';
import { aroundScope } from '#libs/division';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { VolumeErratum } from './erratum.entity.js';
import { ERRATA_OF_MONTH_MAX, ERRATUM_FACTS_MAX } from './erratum.rules.js';

export type ErratumRow = Pick<
  VolumeErratum,
  | 'id'
  | 'month'
  | 'measure'
  | 'divisionCode'
  | 'publishedFen'
  | 'correctFen'
  | 'reason'
  | 'state'
  | 'number'
  | 'proposedBy'
  | 'proposedAt'
  | 'decidedBy'
  | 'decidedAt'
>;

type Raw = Omit<ErratumRow, 'publishedFen' | 'correctFen'> &
  Readonly<Record<'publishedFen' | 'correctFen', FenText>>;

const SELECT = `SELECT id, month, measure, division_code AS divisionCode, published_fen AS publishedFen, correct_fen AS correctFen,
  reason, state, number, proposed_by AS proposedBy, proposed_at AS proposedAt, decided_by AS decidedBy, decided_at AS decidedAt
  FROM volume_erratum`;

/** What is shown of what waits. */
const PROPOSED_MAX = 100;

/** Months that one answer speaks of: a page of them, or ten years. */
const MONTHS_MAX = 121;

type Scope = readonly string[] | 'ALL';

@Injectable()
export class ErratumReader {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<ErratumRow | null> {
    const [erratum] = await this.read('WHERE id = ?', [id]);
    return erratum ?? null;
  }

  /** What has been published of these months about the scope's divisions or those around them, in the order of their numbers. */
  async published(months: readonly string[], scope: Scope): Promise<ErratumRow[]> {
    if (months.length === 0) return [];
    const { sql, values } = aroundScope('division_code', scope);
    return this.read(`WHERE month IN (?) AND state = 'PUBLISHED' AND ${sql} ORDER BY month, number LIMIT ?`, [
      months,
      ...values,
      MONTHS_MAX * ERRATA_OF_MONTH_MAX,
    ]);
  }

  /** What waits for another person, likewise, of each month the longest waiting. */
  async proposed(months: readonly string[], scope: Scope): Promise<ErratumRow[]> {
    if (months.length === 0) return [];
    const { sql, values } = aroundScope('division_code', scope);
    return this.read(
      `JOIN (SELECT id AS waiting, ROW_NUMBER() OVER (PARTITION BY month ORDER BY id) AS place
         FROM volume_erratum WHERE month IN (?) AND state = 'PROPOSED' AND ${sql}) w ON w.waiting = id AND w.place <= ? ORDER BY id`,
      [months, ...values, PROPOSED_MAX],
    );
  }

  /** Of every month that a period touches. */
  async publishedWithin(from: string, to: string, scope: Scope): Promise<ErratumRow[]> {
    const { sql, values } = aroundScope('division_code', scope);
    return this.read(
      `WHERE month BETWEEN ? AND ? AND state = 'PUBLISHED' AND ${sql} ORDER BY month, number LIMIT ?`,
      [`${from.slice(0, 7)}-01`, to, ...values, MONTHS_MAX * ERRATA_OF_MONTH_MAX],
    );
  }

  /** The facts by which each is corrected. */
  factIds(ids: readonly string[]): Promise<{ erratumId: string; factId: string }[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT erratum_id AS erratumId, fact_id AS factId FROM volume_erratum_fact WHERE erratum_id IN (?)
       ORDER BY erratum_id, fact_id LIMIT ?`,
      [ids, ids.length * ERRATUM_FACTS_MAX],
    );
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<ErratumRow[]> {
    const rows = await this.database.query<Raw>(`${SELECT} ${where}`, values);
    return rows.map((row) => ({
      ...row,
      publishedFen: amount(row.publishedFen),
      correctFen: amount(row.correctFen),
    }));
  }
}

function amount(text: FenText): Fen {
  return fen(text);
}
