import { Injectable } from '@nestjs/common';
import { businessDay } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import type { Tx } from '#platform/database';
import { InsightRepository } from './insight.repository.js';

/** Counts who has come back, of what is paid or signed for; sums of money are the register's. */
@Injectable()
export class InsightService {
  constructor(
    private readonly insights: InsightRepository,
    private readonly parts: MerchantOrderReader,
  ) {}

  /** Joins, once per order: whoever calls has a receipt. Parts come in the order of their ids, as everybody takes their merchants' rows. */
  async count(tx: Tx, orderId: string, at: Date): Promise<void> {
    const day = businessDay(at);
    const parts = await this.parts.ofOrders([orderId], tx);
    for (const { merchantId, buyerId, recipient } of parts.toSorted((a, b) =>
      a.merchantId < b.merchantId ? -1 : 1,
    )) {
      const isFirst = await this.insights.noteBuyer(tx, merchantId, buyerId);
      await this.insights.noteCounty(tx, merchantId, Number(day.slice(0, 4)), recipient.countyCode, buyerId);
      await this.insights.noteMonth(tx, merchantId, `${day.slice(0, 7)}-01`, isFirst ? 0 : 1);
    }
  }
}
