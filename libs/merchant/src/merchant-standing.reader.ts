import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Clock, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { MerchantState } from './merchant.entity.js';
import { MERCHANT_COLUMNS, type MerchantRow, merchantRowOf } from './merchant.reader.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const MERCHANT_KEY_PARTS = 1;

/** Since when a merchant sells nothing, and why. */
export interface SuspensionRow {
  readonly merchantId: string;
  readonly reason: string;
  readonly suspendedAt: Date;
}

/** Merchants as those see them who answer for a division, and how they stand. */
@Injectable()
export class MerchantStandingReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they were recorded; of the divisions that somebody answers for. A city has some hundred, so that names are read through. */
  async page(
    scope: readonly string[] | 'ALL',
    { state, named }: { readonly state: MerchantState | null; readonly named: string },
    { first, after }: PageRequest,
  ): Promise<Page<MerchantRow>> {
    const within = withinScope('county_code', scope);
    const narrowed: { sql: string; values: SqlValue[] } = {
      sql: `${state === null ? '' : ' AND state = ?'}${named === '' ? '' : ' AND LOCATE(?, name) > 0'}`,
      values: [...(state === null ? [] : [state]), ...(named === '' ? [] : [named])],
    };
    const rows = await this.database.query<MerchantRow>(
      `SELECT ${MERCHANT_COLUMNS} FROM merchant WHERE id > ? AND ${within.sql}${narrowed.sql} ORDER BY id LIMIT ?`,
      [after?.[0] ?? '', ...within.values, ...narrowed.values, first + 1],
    );
    const today = businessDay(this.clock.now());
    return pageOf(
      rows.map((row) => merchantRowOf(row, today)),
      first,
      ({ id }) => [id],
    );
  }

  /** Of these, those that last. */
  suspensionsOf(merchantIds: readonly string[]): Promise<SuspensionRow[]> {
    return merchantIds.length === 0
      ? Promise.resolve([])
      : this.database.query<SuspensionRow>(
          `SELECT merchant_id AS merchantId, reason, suspended_at AS suspendedAt FROM merchant_suspension
           WHERE merchant_id IN (?) AND reinstated_at IS NULL`,
          [merchantIds],
        );
  }
}
