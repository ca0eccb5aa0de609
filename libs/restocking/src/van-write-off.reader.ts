import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import type { CabinetScope } from '#libs/counter';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import { writeOffsWithin } from './restock-scope.rules.js';
import type { VanWriteOffState } from './van-write-off.entity.js';
import type { WriteOffLineRow, WriteOffRow } from './van-write-off.repository.js';

export type VanWriteOffRow = Omit<WriteOffRow, 'causeKey' | 'contentHash' | 'approvalRequestId'>;

export interface VanWriteOffLineRow extends WriteOffLineRow {
  readonly productName: string;
  readonly variantName: string;
  readonly traceCode: string;
}

export interface VanWriteOffFilter {
  readonly routeId?: string | null;
  readonly state?: VanWriteOffState | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const VAN_WRITE_OFF_KEY_PARTS = 1;

const WRITE_OFF = `SELECT w.id, w.route_id AS routeId, w.operator_id AS operatorId, w.county_code AS countyCode, w.reason, w.requested_by AS requestedBy,
  w.state, w.requested_at AS requestedAt, w.decided_at AS decidedAt FROM van_write_off w`;

@Injectable()
export class VanWriteOffReader {
  constructor(
    private readonly database: Database,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
  ) {}

  /** Newest first. */
  async page(
    scope: CabinetScope,
    { routeId = null, state = null }: VanWriteOffFilter,
    { first, after }: PageRequest,
  ): Promise<Page<VanWriteOffRow>> {
    const within = writeOffsWithin(scope);
    const narrowed = [
      ['w.route_id = ?', routeId],
      ['w.state = ?', state],
      ['w.id < ?', after?.[0] ?? null],
    ].filter((pair): pair is [string, string] => pair[1] !== null);
    const values: SqlValue[] = [...within.values, ...narrowed.map(([, value]) => value), first + 1];
    const where = [within.sql, ...narrowed.map(([sql]) => sql)].join(' AND ');
    const rows = await this.database.query<VanWriteOffRow>(
      `${WRITE_OFF} WHERE ${where} ORDER BY w.id DESC LIMIT ?`,
      values,
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async byId(id: string, scope: CabinetScope): Promise<VanWriteOffRow | null> {
    const within = writeOffsWithin(scope);
    const [row] = await this.database.query<VanWriteOffRow>(`${WRITE_OFF} WHERE w.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }

  /** Of write-offs that were found within a scope. Three statements. */
  async linesOf(ids: readonly string[]): Promise<VanWriteOffLineRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<WriteOffLineRow>(
      `SELECT write_off_id AS writeOffId, variant_id AS variantId, batch_id AS batchId, best_before_on AS bestBeforeOn, merchant_id AS merchantId,
         quantity, found_units AS foundUnits FROM van_write_off_line WHERE write_off_id IN (?) ORDER BY write_off_id, variant_id, batch_id`,
      [ids],
    );
    const variants = await this.variants.byIds([...new Set(rows.map(({ variantId }) => variantId))]);
    const batches = await this.batches.byIds([...new Set(rows.map(({ batchId }) => batchId))]);
    return rows.map((row) => {
      const variant = variants.find(({ id }) => id === row.variantId);
      const batch = batches.find(({ id }) => id === row.batchId);
      return {
        ...row,
        productName: variant?.productName ?? '',
        variantName: variant?.name ?? '',
        traceCode: batch?.traceCode ?? '',
      };
    });
  }
}
