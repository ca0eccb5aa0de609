import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { notStopped } from './batch-stop.rules.js';

/** One batch on the van of a route. */
export interface VanStockRow {
  readonly routeId: string;
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
  readonly units: number;
}

/** One batch in the warehouse of a merchant, as far as nobody holds it. */
export interface WarehouseStockRow {
  readonly merchantId: string;
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
  readonly free: number;
}

@Injectable()
export class VanStockReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of routes that were found within a scope, what expires first first. */
  async ofRoutes(routeIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<VanStockRow[]> {
    if (routeIds.length === 0) return [];
    return on.query<VanStockRow>(
      `SELECT p.van_route_id AS routeId, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn, l.on_hand AS units
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.van_route_id IN (?) AND l.on_hand > 0 ORDER BY l.best_before_on, l.id`,
      [routeIds],
    );
  }

  /** What could be loaded of these, what expires first first; what has passed its day is not. */
  async loadable(
    merchantIds: readonly string[],
    variantIds: readonly string[],
  ): Promise<WarehouseStockRow[]> {
    if (merchantIds.length === 0 || variantIds.length === 0) return [];
    return this.database.query<WarehouseStockRow>(
      `SELECT p.merchant_id AS merchantId, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn,
         l.on_hand - l.reserved AS free
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.merchant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.variant_id IN (?) AND l.on_hand > l.reserved AND l.best_before_on >= ?
         AND ${notStopped('l.batch_id')}
       ORDER BY l.best_before_on, l.id`,
      [merchantIds, variantIds, businessDay(this.clock.now())],
    );
  }
}
