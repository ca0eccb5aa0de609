import { Injectable } from '@nestjs/common';
import type { AccountJournal } from '#libs/ledger';
import { OrderReader } from '#libs/ordering';
import { type Payee, PayeeShareReader, PayoutReader } from '#libs/settlement';
import { type Details, subjectsOf } from './statement-line.rules.js';

/** What stands behind journals of one payee, for whoever says so in words. Four statements, however many there are. */
@Injectable()
export class StatementDetailReader {
  constructor(
    private readonly shares: PayeeShareReader,
    private readonly payouts: PayoutReader,
    private readonly orders: OrderReader,
  ) {}

  async of(payee: Payee, journals: readonly AccountJournal[]): Promise<Details> {
    const { orderIds, refundIds, payoutIds } = subjectsOf(journals);
    const [shares, reversals, paid] = await Promise.all([
      this.shares.sharesOf(payee, orderIds),
      this.shares.reversalsOf(payee, refundIds),
      this.payouts.byIds(payoutIds),
    ]);
    const named = new Set([...shares, ...reversals].map(({ orderId }) => orderId));
    const lines = named.size === 0 ? [] : await this.orders.linesOfOrders([...named]);
    const names = new Map<string, string>(
      lines.map((line) => [line.id, `${line.productName} ${line.variantName}`]),
    );
    const refs = new Map(paid.map((payout) => [payout.id as string, payout.providerRef ?? '']));
    return { shares, reversals, names, refs };
  }
}
