import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import type { VolumeSource } from '#libs/volume';
import { Database, type SqlValue } from '#platform/database';
import type { DuplicateState, SuspectedDuplicateId } from './duplicate.entity.js';
import { withinScope } from '#libs/division';
import type { SubjectKind } from './invoice.entity.js';

/** One of the two lines, as far as both can be compared. */
export interface LookalikeRow {
  readonly source: VolumeSource;
  readonly sourceSystem: string;
  readonly orderNo: string;
  readonly lineNo: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly originCountyCode: string;
  readonly amountFen: FenText;
  /** The day it was paid, or sold. */
  readonly day: string;
}

export interface SuspectedDuplicateRow {
  readonly id: SuspectedDuplicateId;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly lineId: string;
  readonly factId: string;
  readonly countyCode: string;
  readonly amountFen: FenText;
  readonly state: DuplicateState;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const DUPLICATE_KEY_PARTS = 1;

const SELECT = `SELECT id, subject_kind AS subjectKind, subject_id AS subjectId, line_id AS lineId, fact_id AS factId,
  county_code AS countyCode, amount_fen AS amountFen, state, reason, decided_at AS decidedAt, created_at AS createdAt
  FROM suspected_duplicate`;

@Injectable()
export class DuplicateReader {
  constructor(private readonly database: Database) {}

  /** Null outside the scope. */
  async byId(id: string, scope: readonly string[] | 'ALL'): Promise<SuspectedDuplicateRow | null> {
    const { sql, values } = withinScope('county_code', scope);
    const [row] = await this.database.query<SuspectedDuplicateRow>(`${SELECT} WHERE id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    return row ?? null;
  }

  /** The longest waiting first; of one claim or row if it is named. */
  async page(
    states: readonly DuplicateState[],
    subjectId: string | null,
    scope: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<SuspectedDuplicateRow>> {
    const { sql, values } = withinScope('county_code', scope);
    const where = [sql];
    const all: SqlValue[] = [...values];
    where.push(states.length > 0 ? 'state IN (?)' : 'FALSE');
    if (states.length > 0) all.push(states);
    if (subjectId !== null) {
      where.push('subject_id = ?');
      all.push(subjectId);
    }
    if (after) {
      where.push('id > ?');
      all.push(present(after[0], 'an id'));
    }
    const rows = await this.database.query<SuspectedDuplicateRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id LIMIT ?`,
      [...all, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** What waits, by the id of its row. */
  rowsByIds(ids: readonly string[]): Promise<(LookalikeRow & { readonly id: string })[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT r.id, 'PARTNER' AS source, p.code AS sourceSystem, r.order_no AS orderNo, r.line_no AS lineNo,
         r.product_id AS productId, r.merchant_id AS merchantId, r.origin_county_code AS originCountyCode,
         r.amount_fen AS amountFen, DATE(DATE_ADD(r.paid_at, INTERVAL 8 HOUR)) AS day
       FROM intake_row r JOIN partner p ON p.id = r.partner_id WHERE r.id IN (?)`,
      [ids],
    );
  }

  /** What waits, by the id of the claim's line. */
  claimLinesByIds(ids: readonly string[]): Promise<(LookalikeRow & { readonly id: string })[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT l.id, 'DECLARED' AS source, 'CLAIM' AS sourceSystem, l.claim_id AS orderNo, l.id AS lineNo,
         l.product_id AS productId, l.merchant_id AS merchantId, l.origin_county_code AS originCountyCode,
         l.amount_fen AS amountFen, l.sold_on AS day
       FROM claim_line l WHERE l.id IN (?)`,
      [ids],
    );
  }
}
