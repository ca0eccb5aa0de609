import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
import type { Purchase } from './order.rules.js';
import type { PurchaseLimitError } from './purchase-limit.errors.js';
import { type NamedLine, type PurchaseLimit, overLimits } from './purchase-limit.rules.js';

/** Of a line; some of it may have been called off before the rest. */
const CALLED_OFF =
  'COALESCE((SELECT SUM(c.quantity) FROM order_line_call_off c WHERE c.order_line_id = l.id), 0)';

const SELECT = `SELECT variant_id AS variantId, order_max AS orderMax, person_max AS personMax, period_days AS periodDays
  FROM purchase_limit WHERE variant_id IN (?) AND (order_max IS NOT NULL OR person_max IS NOT NULL)`;

@Injectable()
export class PurchaseLimitReader {
  private readonly gathered = new Gathered<PurchaseLimit>(
    this.database,
    (variantIds) => this.database.query(SELECT, [variantIds]),
    ({ variantId }) => variantId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Variants without a limit are missing. */
  async ofVariants(
    variantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<PurchaseLimit[]> {
    if (on === this.database) return this.gathered.of(variantIds);
    return variantIds.length === 0 ? [] : on.query<PurchaseLimit>(SELECT, [variantIds]);
  }

  /** Every limit that somebody would go beyond, without a lock: for whoever only looks. What is bought for a unit is for many. */
  async overOf({
    buyerId,
    purchase,
    offered,
  }: {
    readonly buyerId: string;
    readonly purchase: Purchase;
    readonly offered: readonly NamedLine[];
  }): Promise<PurchaseLimitError[]> {
    if (purchase.unitId !== '') return [];
    const limits = await this.ofVariants([...new Set(offered.map((line) => line.variantId))]);
    const byPerson = limits.filter(({ personMax }) => personMax !== null).map(({ variantId }) => variantId);
    return overLimits(offered, limits, await this.boughtOf({ buyerId, now: this.clock.now() }, byPerson));
  }

  /** What this person has ordered of each within its period and not called off, unpaid orders included; exact behind the gates. */
  async boughtOf(
    { buyerId, now }: { buyerId: string; now: Date },
    variantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, number>> {
    const bought = await this.boughtBy({ buyerIds: [buyerId], now }, variantIds, on);
    return bought.get(buyerId) ?? new Map();
  }

  /** The same of many buyers, by buyer; whoever has bought nothing is missing. */
  async boughtBy(
    { buyerIds, now }: { buyerIds: readonly string[]; now: Date },
    variantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    if (buyerIds.length === 0 || variantIds.length === 0) return new Map();
    const rows = await on.query<{ buyerId: string; variantId: string; bought: string }>(
      `SELECT o.buyer_id AS buyerId, l.variant_id AS variantId, SUM(l.quantity - ${CALLED_OFF}) AS bought FROM purchase_limit p
       JOIN order_line l ON l.variant_id = p.variant_id JOIN customer_order o ON o.id = l.order_id
       WHERE o.buyer_id IN (?) AND o.state <> 'CANCELLED' AND o.unit_id = '' AND p.variant_id IN (?)
         AND o.placed_at > DATE_SUB(?, INTERVAL p.period_days DAY) GROUP BY o.buyer_id, l.variant_id`,
      [buyerIds, variantIds, now],
    );
    const bought = new Map<string, Map<string, number>>();
    for (const row of rows) {
      const ofBuyer = bought.get(row.buyerId) ?? new Map<string, number>();
      bought.set(row.buyerId, ofBuyer.set(row.variantId, Number(row.bought)));
    }
    return bought;
  }
}
