import { Injectable } from '@nestjs/common';
import { Clock, type FenText, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import type { CertificationApplicationId, LinkedReference } from './certification-application.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const NOTICE_KEY_PARTS = 1;

/** What anybody may know: no papers, no names, and no numbers of few. */
export interface NoticeRow {
  readonly id: CertificationApplicationId;
  readonly productId: string;
  readonly merchantId: string;
  readonly schemeCode: string;
  readonly countyCode: string;
  readonly commodityValueFen: FenText;
  readonly linkedHouseholdCount: number;
  readonly noticeFrom: Date;
  readonly noticeTo: Date;
}

type Source = Omit<NoticeRow, 'linkedHouseholdCount'> & { readonly linked: readonly LinkedReference[] };

const SELECT = `SELECT id, product_id AS productId, merchant_id AS merchantId, scheme_code AS schemeCode, county_code AS countyCode,
  commodity_value_fen AS commodityValueFen, linked, notice_from AS noticeFrom, notice_to AS noticeTo FROM certification_application`;

function noticeOf({ linked, ...row }: Source): NoticeRow {
  const households = new Set(jsonOf(linked).map(({ householdId }) => householdId));
  return { ...row, linkedHouseholdCount: households.size };
}

/** What hangs out now. It goes by itself when its days are over. */
@Injectable()
export class CertificationNoticeReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first; of one county if that is asked for. */
  async page(countyCode: string | null, { first, after }: PageRequest): Promise<Page<NoticeRow>> {
    const values: SqlValue[] = [this.clock.now()];
    const where = ["state = 'ON_NOTICE' AND notice_to > ?"];
    if (countyCode !== null) {
      where.push('county_code = ?');
      values.push(countyCode);
    }
    if (after) {
      where.push('id < ?');
      values.push(after[0] ?? '');
    }
    const rows = await this.database.query<Source>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows.map(noticeOf), first, ({ id }) => [id]);
  }

  async byId(id: string): Promise<NoticeRow | null> {
    const [row] = await this.database.query<Source>(
      `${SELECT} WHERE id = ? AND state = 'ON_NOTICE' AND notice_to > ?`,
      [id, this.clock.now()],
    );
    return row ? noticeOf(row) : null;
  }
}
