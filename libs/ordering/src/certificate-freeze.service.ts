import { Injectable } from '@nestjs/common';
import { CertificationReader } from '#libs/catalog';
import type { Tx } from '#platform/database';
import type { OrderId } from './order.entity.js';
import { OrderRepository } from './order.repository.js';

/** What was certified when it was paid or signed for stays certified in the books, whatever happens to the certificate. */
@Injectable()
export class CertificateFreezeService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly certifications: CertificationReader,
  ) {}

  async freeze(tx: Tx, orderId: OrderId, at: Date): Promise<void> {
    const productIds = await this.orders.productIdsOf(tx, orderId);
    const certificates = await this.certifications.validAt(productIds, at, tx);
    for (const [productId, { id }] of certificates) {
      await this.orders.certify(tx, orderId, productId, id);
    }
  }
}
