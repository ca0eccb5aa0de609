import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
import type { BatchId } from './product-batch.entity.js';
import type { ProductId } from './product.entity.js';

export interface BatchRow {
  readonly id: BatchId;
  readonly productId: ProductId;
  readonly traceCode: string;
  readonly originCountyCode: string;
  readonly originVillageCode: string | null;
  /** Opaque: who stands behind it is the household context's business. */
  readonly linkageAgreementId: string | null;
  readonly harvestedOn: string;
  readonly bestBeforeOn: string | null;
}

const COLUMNS = `id, product_id AS productId, trace_code AS traceCode, origin_county_code AS originCountyCode,
  origin_village_code AS originVillageCode, linkage_agreement_id AS linkageAgreementId,
  harvested_on AS harvestedOn, best_before_on AS bestBeforeOn`;

/** More than are sold from in a season; a few megabytes. */
const KNOWN_MAX = 20_000;

/** What a product page shows; older harvests are history. */
const LATEST_MAX = 10;

@Injectable()
export class BatchReader {
  /** The oldest beyond the bound are read again. */
  private readonly known = new Map<string, BatchRow>();
  private readonly latest = new Gathered<BatchRow>(
    this.database,
    (productIds) => this.readLatest(productIds),
    ({ productId }) => productId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** In any order. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<BatchRow[]> {
    if (ids.length === 0) return [];
    return on.query<BatchRow>(`SELECT ${COLUMNS} FROM product_batch WHERE id IN (?)`, [ids]);
  }

  /** The same for whoever receives and sells: a batch never changes, so each is read once per process. */
  async keptByIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<BatchRow[]> {
    const found = new Map(
      ids.flatMap((id) => this.known.get(id) ?? []).map((batch) => [batch.id as string, batch]),
    );
    const unknown = ids.filter((id) => !found.has(id));
    for (const batch of await this.byIds(unknown, on)) {
      found.set(batch.id, batch);
      this.known.set(batch.id, batch);
    }
    for (const id of this.known.keys()) {
      if (this.known.size <= KNOWN_MAX) break;
      this.known.delete(id);
    }
    return [...found.values()];
  }

  /** By what is printed on the box; in any order. */
  async byTraceCodes(codes: readonly string[]): Promise<BatchRow[]> {
    if (codes.length === 0) return [];
    return this.database.query<BatchRow>(`SELECT ${COLUMNS} FROM product_batch WHERE trace_code IN (?)`, [
      codes,
    ]);
  }

  /** The latest harvests of each product, newest first; what is only announced is none yet. */
  latestOf(productIds: readonly string[]): Promise<BatchRow[]> {
    return this.latest.of(productIds);
  }

  private readLatest(productIds: readonly string[]): Promise<BatchRow[]> {
    const today = businessDay(this.clock.now());
    // Of one product, as its page asks, sorting is enough: to number rows takes a table of its own.
    if (productIds.length === 1)
      return this.database.query<BatchRow>(
        `SELECT ${COLUMNS} FROM product_batch WHERE product_id IN (?) AND harvested_on <= ?
         ORDER BY harvested_on DESC, id DESC LIMIT ?`,
        [productIds, today, LATEST_MAX],
      );
    return this.database.query<BatchRow>(
      `SELECT ${COLUMNS} FROM (
         SELECT b.*, ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY harvested_on DESC, id DESC) AS place
         FROM product_batch b WHERE product_id IN (?) AND harvested_on <= ?
       ) ranked WHERE place <= ? ORDER BY harvested_on DESC, id DESC`,
      [productIds, today, LATEST_MAX],
    );
  }
}
