import { Injectable } from '@nestjs/common';
import { type BatchId, type ProductId, traceCodesMeant } from '#libs/catalog';
import { withinScope } from '#libs/division';
import { BatchStockReader, type PresaleId } from '#libs/inventory';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { BatchTestReport } from './batch-test-report.entity.js';
import type { HarvestReviewState } from './harvest-batch.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const HARVEST_BATCH_KEY_PARTS = 2;

/** Whose batches somebody sees: those of merchants they work for, or those that grew within their divisions. */
export type HarvestScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

export interface HarvestBatchRow {
  readonly id: BatchId;
  readonly traceCode: string;
  readonly merchantId: MerchantId;
  readonly productId: ProductId;
  readonly productName: string;
  readonly isProductOnSale: boolean;
  readonly countyCode: string;
  readonly countyName: string;
  readonly villageCode: string | null;
  readonly villageName: string | null;
  readonly harvestedFrom: string;
  /** Null, as the five below, for what came without a registration. */
  readonly harvestedUntil: string | null;
  readonly dailyG: number | null;
  readonly weightG: number | null;
  readonly grantedG: number | null;
  readonly reviewReason: string | null;
  /** Null likewise, and of what was registered by itself. */
  readonly presaleId: PresaleId | null;
  readonly closedAt: Date | null;
  readonly reviewState: HarvestReviewState;
  readonly bestBeforeOn: string | null;
  readonly linkageAgreementId: string | null;
}

export type BatchTestReportRow = Pick<
  BatchTestReport,
  'id' | 'batchId' | 'fileId' | 'laboratory' | 'reportNo' | 'testedOn' | 'result' | 'broughtBy' | 'broughtAt'
>;

const SELECT = `SELECT b.id, b.trace_code AS traceCode, p.merchant_id AS merchantId, b.product_id AS productId, p.name AS productName,
  p.state = 'ON_SALE' AS isProductOnSale,
  b.origin_county_code AS countyCode, COALESCE(county.name, '') AS countyName, b.origin_village_code AS villageCode, village.name AS villageName,
  b.harvested_on AS harvestedFrom, h.harvested_until AS harvestedUntil, h.daily_g AS dailyG, h.weight_g AS weightG, h.granted_g AS grantedG,
  h.review_reason AS reviewReason, h.presale_id AS presaleId, h.closed_at AS closedAt, COALESCE(h.review_state, 'NONE') AS reviewState,
  b.best_before_on AS bestBeforeOn, b.linkage_agreement_id AS linkageAgreementId
  FROM product_batch b JOIN product p ON p.id = b.product_id LEFT JOIN harvest_batch h ON h.batch_id = b.id
  LEFT JOIN division county ON county.code = b.origin_county_code LEFT JOIN division village ON village.code = b.origin_village_code`;

type Raw = Omit<HarvestBatchRow, 'dailyG' | 'weightG' | 'grantedG' | 'isProductOnSale'> &
  Record<'dailyG' | 'weightG' | 'grantedG', string | null> & { readonly isProductOnSale: number };

const gramsOf = (text: string | null): number | null => (text === null ? null : Number(text));

function rowOf(row: Raw): HarvestBatchRow {
  const { dailyG, weightG, grantedG, isProductOnSale } = row;
  const grams = { dailyG: gramsOf(dailyG), weightG: gramsOf(weightG), grantedG: gramsOf(grantedG) };
  return { ...row, ...grams, isProductOnSale: isProductOnSale === 1 };
}

/** The scope is part of the question: what is not one's own is not there. */
function within(scope: HarvestScope): { sql: string; values: SqlValue[] } {
  if ('divisions' in scope) return withinScope('b.origin_county_code', scope.divisions);
  return { sql: 'p.merchant_id IN (?)', values: [['', ...scope.merchantIds]] };
}

export interface HarvestFilter {
  readonly productId?: string | null;
  readonly reviewState?: HarvestReviewState | null;
}

interface ComingHarvestRow {
  readonly productId: string;
  readonly weightG: number;
  /** The last day of the harvest. */
  readonly until: string;
  readonly bestBeforeOn: string | null;
}

/** More than a merchant harvests at a time. */
const COMING_MAX = 500;

@Injectable()
export class HarvestBatchReader {
  constructor(
    private readonly database: Database,
    private readonly stock: BatchStockReader,
  ) {}

  /** The latest harvest first, registered or not; one that is announced stands before those that are over. */
  async page(
    scope: HarvestScope,
    { productId = null, reviewState = null }: HarvestFilter,
    { first, after }: PageRequest,
  ): Promise<Page<HarvestBatchRow>> {
    const { sql, values } = within(scope);
    const where = [sql];
    const bound = [...values];
    if (productId !== null) {
      where.push('b.product_id = ?');
      bound.push(productId);
    }
    if (reviewState !== null) {
      where.push('h.review_state = ?');
      bound.push(reviewState);
    }
    if (after) {
      const [day = '', id = ''] = after;
      where.push('(b.harvested_on < ? OR (b.harvested_on = ? AND b.id < ?))');
      bound.push(day, day, id);
    }
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY b.harvested_on DESC, b.id DESC LIMIT ?`,
      [...bound, first + 1],
    );
    return pageOf(rows.map(rowOf), first, ({ harvestedFrom, id }) => [harvestedFrom, id]);
  }

  /** All of a merchant's, the latest harvest first, for whoever reads them some at a time: to sort them anew for each page costs as much as all of them. */
  async idsOfMerchant(merchantId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT b.id FROM product p JOIN product_batch b ON b.product_id = p.id WHERE p.merchant_id = ? ORDER BY b.harvested_on DESC, b.id DESC`,
      [merchantId],
    );
    return rows.map(({ id }) => id);
  }

  /** Of a merchant's, by what is printed on the box or by the key under which they were registered; in any order. */
  async ofMerchant(
    merchantId: string,
    { traceCodes, keys }: { readonly traceCodes: readonly string[]; readonly keys: readonly string[] },
  ): Promise<(HarvestBatchRow & { readonly idempotencyKey: string | null })[]> {
    if (traceCodes.length + keys.length === 0) return [];
    const rows = await this.database.query<Raw & { readonly idempotencyKey: string | null }>(
      `${SELECT.replace('SELECT b.id', 'SELECT h.idempotency_key AS idempotencyKey, b.id')} WHERE p.merchant_id = ? AND (b.trace_code IN (?) OR h.idempotency_key IN (?))`,
      [merchantId, ['', ...traceCodes], ['', ...keys]],
    );
    return rows.map(({ idempotencyKey, ...row }) => ({ ...rowOf(row), idempotencyKey }));
  }

  /** Null outside the scope. A caller with an open transaction hands it on. */
  async byId(
    id: string,
    scope: HarvestScope,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<HarvestBatchRow | null> {
    const { sql, values } = within(scope);
    const [row] = await on.query<Raw>(`${SELECT} WHERE b.id = ? AND ${sql}`, [id, ...values]);
    return row ? rowOf(row) : null;
  }

  /** In any order, for whoever may see what names them. */
  async byIds(ids: readonly string[]): Promise<HarvestBatchRow[]> {
    if (ids.length === 0) return [];
    return (await this.database.query<Raw>(`${SELECT} WHERE b.id IN (?)`, [ids])).map(rowOf);
  }

  /** By what is printed on the box, for anybody who has it in hand; null for no batch of ours. */
  async byTraceCode(typed: string): Promise<HarvestBatchRow | null> {
    const codes = traceCodesMeant(typed);
    if (codes.length === 0) return null;
    const [row] = await this.database.query<Raw>(`${SELECT} WHERE b.trace_code IN (?) LIMIT 1`, [codes]);
    return row ? rowOf(row) : null;
  }

  /** What open batches of a merchant will still bring into warehouses: granted and not promised by a presale, less what has come in. One whose harvest is over brings no more, closed or not. Two statements. */
  async comingOf(merchantId: string, today: string): Promise<ComingHarvestRow[]> {
    const rows = await this.database.query<{
      batchId: string;
      productId: string;
      receivableG: string;
      until: string;
      bestBeforeOn: string | null;
    }>(
      `SELECT h.batch_id AS batchId, h.product_id AS productId, b.receivable_g AS receivableG, h.harvested_until AS until, b.best_before_on AS bestBeforeOn
       FROM harvest_batch h JOIN product_batch b ON b.id = h.batch_id
       WHERE h.merchant_id = ? AND h.closed_at IS NULL AND b.receivable_g IS NOT NULL AND h.harvested_until >= ? ORDER BY h.harvested_until, h.batch_id LIMIT ?`,
      [merchantId, today, COMING_MAX],
    );
    const stock = await this.stock.of(['', ...rows.map(({ batchId }) => batchId)]);
    const received = new Map(stock.map(({ batchId, receivedG }) => [batchId, receivedG]));
    return rows.map(({ batchId, productId, receivableG, until, bestBeforeOn }) => ({
      productId,
      until,
      bestBeforeOn,
      weightG: Math.max(0, Number(receivableG) - (received.get(batchId) ?? 0)),
    }));
  }

  /** The one that counts of each; one without is missing. */
  async reportsOf(batchIds: readonly string[]): Promise<BatchTestReportRow[]> {
    if (batchIds.length === 0) return [];
    return this.database.query<BatchTestReportRow>(
      `SELECT r.id, r.batch_id AS batchId, r.file_id AS fileId, r.laboratory, r.report_no AS reportNo, r.tested_on AS testedOn, r.result,
         r.brought_by AS broughtBy, r.brought_at AS broughtAt
       FROM batch_test_report r JOIN (SELECT MAX(id) AS id FROM batch_test_report WHERE batch_id IN (?) GROUP BY batch_id) last ON last.id = r.id`,
      [batchIds],
    );
  }
}
