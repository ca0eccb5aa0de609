import { Injectable } from '@nestjs/common';
import { BatchReader, type BatchRow, HarvestWindowReader, type NextSeason } from '#libs/catalog';
import { HOUSEHOLDS_TOLD_MIN } from '#libs/household';
import { type Fen, sumFen } from '#libs/kernel';
import { type OrderId, type OrderLineRow, OrderReader } from '#libs/ordering';
import { RefundReader } from '#libs/payment';
import { HouseholdReachReader } from '#libs/settlement';
import {
  type ImpactState,
  type KeptLine,
  type ToldReach,
  impactStateOf,
  keptOf,
  toldReach,
} from './impact-receipt.rules.js';

export interface ImpactLine
  extends
    KeptLine,
    ToldReach,
    Pick<OrderLineRow, 'productId' | 'productName' | 'variantId' | 'variantName' | 'originCountyCode'> {
  readonly orderLineId: OrderLineRow['id'];
  readonly batch: BatchRow | null;
  readonly nextSeason: NextSeason | null;
}

export interface ImpactReceipt {
  readonly orderId: OrderId;
  readonly state: ImpactState;
  /** Empty unless TOLD. */
  readonly lines: readonly ImpactLine[];
  /** Of all lines that are told of, each household once; null where none is, like the next two. */
  readonly householdCount: number | null;
  readonly householdFen: Fen | null;
  /** Of that, what is theirs to be paid. */
  readonly releasedFen: Fen | null;
}

const NOTHING_TOLD = { lines: [], householdCount: null, householdFen: null, releasedFen: null } as const;

/** What one order has done. Places, batches and agreements are those that were frozen on its lines; what reaches households, the books say. */
@Injectable()
export class ImpactReceiptReader {
  constructor(
    private readonly orders: OrderReader,
    private readonly refunds: RefundReader,
    private readonly reaches: HouseholdReachReader,
    private readonly batches: BatchReader,
    private readonly harvests: HarvestWindowReader,
  ) {}

  /** Null for orders of others, as if they did not exist. Eight statements, however long the order is. */
  async forBuyer(orderId: string, buyerId: string): Promise<ImpactReceipt | null> {
    const order = await this.orders.byIdForBuyer(orderId, buyerId);
    if (!order) return null;
    const [lines, reach] = await Promise.all([
      this.orders.linesOfOrder(order.id),
      this.reaches.ofOrder(order.id),
    ]);
    const state = impactStateOf(order, lines, reach);
    if (state !== 'TOLD' || reach === null) return { orderId: order.id, state, ...NOTHING_TOLD };
    const told = lines.map((line) => toldReach(reach.get(line.id)));
    const shown = told.flatMap(({ householdFen }) => householdFen ?? []);
    const [views, sum] = await Promise.all([
      this.viewsOf(lines, told),
      this.reaches.ofOrders([order.id], HOUSEHOLDS_TOLD_MIN),
    ]);
    const totals =
      shown.length === 0
        ? NOTHING_TOLD
        : { householdCount: sum.householdCount, householdFen: sumFen(shown), releasedFen: sum.releasedFen };
    return { orderId: order.id, state, ...totals, lines: views };
  }

  private async viewsOf(lines: readonly OrderLineRow[], told: readonly ToldReach[]): Promise<ImpactLine[]> {
    const [returned, batches, seasons] = await Promise.all([
      this.refunds.returnedOfOrders([...new Set(lines.map(({ orderId }) => orderId))]),
      this.batches.byIds([...new Set(lines.map(({ batchId }) => batchId))]),
      this.harvests.nextSeasonsOf([...new Set(lines.map(({ productId }) => productId))]),
    ]);
    const batchOf = new Map(batches.map((batch) => [batch.id, batch]));
    return lines.flatMap((line, index) => {
      const reach = told[index];
      if (!reach) return [];
      const { id: orderLineId, productId, productName, variantId, variantName, originCountyCode } = line;
      return {
        orderLineId,
        productId,
        productName,
        variantId,
        variantName,
        originCountyCode,
        ...keptOf(line, returned.get(line.id)),
        ...reach,
        batch: batchOf.get(line.batchId) ?? null,
        nextSeason: seasons.get(productId) ?? null,
      };
    });
  }
}
