import { Injectable } from '@nestjs/common';
import { AfterSaleReader } from '#libs/aftersale';
import { VariantReader } from '#libs/catalog';
import { StockReader } from '#libs/inventory';
import { LedgerReader } from '#libs/ledger';
import type { MerchantId } from '#libs/merchant';
import { MerchantOrderReader } from '#libs/ordering';
import { PayoutOutlookReader } from '#libs/settlement';
import { type ClosureObstacle, obstaclesOf } from './merchant-closure.rules.js';

/** What of a merchant is still open, in every room that keeps something of it. */
@Injectable()
export class ClosureObstacleReader {
  constructor(
    private readonly orders: MerchantOrderReader,
    private readonly afterSales: AfterSaleReader,
    private readonly variants: VariantReader,
    private readonly stock: StockReader,
    private readonly ledger: LedgerReader,
    private readonly outlooks: PayoutOutlookReader,
  ) {}

  async of(id: MerchantId): Promise<ClosureObstacle[]> {
    const [{ toShip, open }, afterSales, variantIds, { held }, outlook] = await Promise.all([
      this.orders.openCountsOf(id),
      this.afterSales.openCountOf(id),
      this.variants.idsOfMerchant(id),
      this.ledger.balancesOfPayee(id),
      this.outlooks.of({ kind: 'MERCHANT', id }),
    ]);
    return obstaclesOf({
      toShip,
      openOrders: open,
      afterSales,
      unitsPlaced: await this.stock.placedUnitsOf(variantIds),
      heldFen: held,
      // What is on its way to the bank leaves the account when it has arrived.
      dueFen: outlook.availableFen,
      owedFen: outlook.clawbackFen,
    });
  }
}
