import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { ReferencePrice } from './reference-price.entity.js';

@Injectable()
export class ReferencePriceRepository {
  /** Throws on the unique key when this person has recorded under the key before. */
  async insert(tx: Tx, price: ReferencePrice): Promise<void> {
    await tx.manager.insert(ReferencePrice, price);
  }

  byKey(
    tx: Tx,
    recordedBy: ReferencePrice['recordedBy'],
    idempotencyKey: string,
  ): Promise<ReferencePrice | null> {
    return tx.manager.findOneBy(ReferencePrice, { recordedBy, idempotencyKey });
  }
}
