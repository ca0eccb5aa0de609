import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { AfterSaleRepository } from './after-sale.repository.js';

/** Cases that a guest has opened go with their order to whoever it has become. */
@Injectable()
export class AfterSaleHandoverService {
  constructor(private readonly cases: AfterSaleRepository) {}

  /** Joins. What was done stays as it was done; from now on the buyer is another. The same however often. */
  async handOver(
    tx: Tx,
    orderId: string,
    { guestId, buyerId }: { readonly guestId: IdOf<'usr'>; readonly buyerId: IdOf<'usr'> },
  ): Promise<void> {
    await this.cases.handOver(tx, orderId, guestId, buyerId);
  }
}
