import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import { NEVER_EXPIRES_ON, type VanGoods, VanStockReader } from '#libs/inventory';
import { type IdOf, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { type PickSource, pickFirstExpired } from './pick.rules.js';
import type { VanLine } from './restock-van.rules.js';

export interface RestockPickRow {
  readonly routeId: string;
  readonly variantId: string;
  readonly productName: string;
  readonly variantName: string;
  readonly source: PickSource;
  readonly batchId: string | null;
  readonly traceCode: string | null;
  readonly bestBeforeOn: string | null;
  readonly units: number;
}

/** Units of a batch, what they are and whose. */
export interface LoadedGoods extends VanGoods {
  readonly variantId: IdOf<'var'>;
  readonly batchId: IdOf<'bat'>;
  readonly merchantId: IdOf<'mer'>;
}

interface Wanted {
  readonly routeId: string;
  readonly operatorId: string;
  readonly nextVisitOn: string;
  readonly variantId: string;
  /** A sum, as text. */
  readonly units: string;
}

/** What is to be loaded onto vans. Of routes that were found within a scope. */
@Injectable()
export class RestockVanReader {
  constructor(
    private readonly database: Database,
    private readonly vans: VanStockReader,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
  ) {}

  /** Nothing of routes that have been loaded. What routes that were planned before will take is not there for those behind. Four statements. */
  async picksOf(routeIds: readonly string[]): Promise<RestockPickRow[]> {
    if (routeIds.length === 0) return [];
    const wanted = await this.database.query<Wanted>(
      `SELECT r.id AS routeId, r.operator_id AS operatorId, r.next_visit_on AS nextVisitOn, n.variant_id AS variantId, SUM(n.fill_units) AS units
       FROM restock_route r JOIN restock_stop s ON s.route_id = r.id JOIN restock_need n ON n.stop_id = s.id
       WHERE r.state = 'PLANNED' AND r.operator_id IN (SELECT operator_id FROM restock_route WHERE id IN (?))
       GROUP BY r.id, r.operator_id, r.next_visit_on, n.variant_id HAVING SUM(n.fill_units) > 0 ORDER BY r.id, n.variant_id`,
      [routeIds],
    );
    const variants = await this.variants.byIds([...new Set(wanted.map(({ variantId }) => variantId))]);
    const variantOf = new Map<string, (typeof variants)[number]>(variants.map((each) => [each.id, each]));
    const operators = [...new Set(wanted.map(({ operatorId }) => operatorId))];
    const levels = await this.vans.loadable(operators, [...variantOf.keys()]);
    const picks = operators.flatMap((operatorId) =>
      pickFirstExpired(
        wanted
          .filter((wish) => wish.operatorId === operatorId)
          .map((wish) => ({
            ...wish,
            units: Number(wish.units),
            isOwn: variantOf.get(wish.variantId)?.merchantId === operatorId,
          })),
        levels.filter(({ merchantId }) => merchantId === operatorId),
      ),
    );
    const asked = picks.filter(({ routeId }) => routeIds.includes(routeId));
    return this.named(asked, variantOf);
  }

  /** What is on them now. Three statements. */
  async loadsOf(routeIds: readonly string[]): Promise<RestockPickRow[]> {
    const rows = await this.vans.ofRoutes(routeIds);
    const variants = await this.variants.byIds([...new Set(rows.map(({ variantId }) => variantId))]);
    const variantOf = new Map<string, (typeof variants)[number]>(variants.map((each) => [each.id, each]));
    return this.named(
      rows.map((row) => ({ ...row, source: 'WAREHOUSE' as const })),
      variantOf,
    );
  }

  /** Throws NotFound for what there is not, and for batches of other products. */
  async goodsOf(tx: Tx, lines: readonly VanLine[]): Promise<LoadedGoods[]> {
    const variants = await this.variants.byIds([...new Set(lines.map(({ variantId }) => variantId))], tx);
    const batches = await this.batches.byIds([...new Set(lines.map(({ batchId }) => batchId))], tx);
    return lines.map(({ variantId, batchId, quantity }) => {
      const variant = variants.find(({ id }) => id === variantId);
      if (!variant) throw new NotFound('Variant', variantId);
      const batch = batches.find(({ id }) => id === batchId);
      if (batch?.productId !== variant.productId) throw new NotFound('Batch', batchId);
      const bestBeforeOn = batch.bestBeforeOn ?? NEVER_EXPIRES_ON;
      return {
        variantId: variant.id,
        batchId: batch.id,
        quantity,
        merchantId: variant.merchantId,
        bestBeforeOn,
      };
    });
  }

  private async named(
    rows: readonly Omit<RestockPickRow, 'productName' | 'variantName' | 'traceCode'>[],
    variantOf: ReadonlyMap<string, { readonly productName: string; readonly name: string }>,
  ): Promise<RestockPickRow[]> {
    const batches = await this.batches.byIds([...new Set(rows.flatMap(({ batchId }) => batchId ?? []))]);
    const traceOf = new Map<string, string>(batches.map(({ id, traceCode }) => [id, traceCode]));
    return rows.map((row) => {
      const variant = variantOf.get(row.variantId);
      return {
        ...row,
        productName: variant?.productName ?? '',
        variantName: variant?.name ?? '',
        traceCode: row.batchId === null ? null : (traceOf.get(row.batchId) ?? null),
      };
    });
  }
}
