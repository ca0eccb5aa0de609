import { Injectable } from '@nestjs/common';
import { LinkageReader } from '#libs/household';
import { MerchantOrderReader, OrderReader } from '#libs/ordering';
import type { Sale } from '#libs/settlement';
import type { Tx } from '#platform/database';
import { saleFreightOf, saleLineOf } from './sale.rules.js';

/** An order as the books see it: who sold what, and which households stand behind it. */
@Injectable()
export class SaleReader {
  constructor(
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly linkages: LinkageReader,
  ) {}

  async ofOrder(tx: Tx, orderId: string, at: Date): Promise<Sale> {
    const lines = await this.orders.linesOfOrder(orderId, tx);
    const merchantOrders = await this.merchantOrders.ofOrders([orderId], tx);
    const agreementIds = new Set(lines.flatMap(({ linkageAgreementId }) => linkageAgreementId ?? []));
    const households = await this.linkages.householdsOf([...agreementIds], at, tx);
    // Only where somebody else pays is there anybody to name.
    const isFunded = lines.some(({ subsidyFen }) => subsidyFen !== '0');
    const fundings = isFunded ? await this.orders.subsidiesOfOrder(orderId, tx) : [];
    return {
      lines: lines.map((line) =>
        saleLineOf(line, households.get(line.linkageAgreementId ?? '') ?? [], fundings),
      ),
      freights: merchantOrders.map(saleFreightOf),
    };
  }
}
