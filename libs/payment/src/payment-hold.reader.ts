import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, type Tx } from '#platform/database';
import { PaymentHold } from './payment-hold.entity.js';
import type { PaymentId } from './payment.entity.js';

@Injectable()
export class PaymentHoldReader {
  constructor(private readonly database: Database) {}

  byId(id: PaymentId, on: Pick<Tx, 'manager'> = this.database): Promise<PaymentHold | null> {
    return on.manager.findOneBy(PaymentHold, { id });
  }

  /** Of what was found for whoever asks. */
  async byIds(ids: readonly string[]): Promise<PaymentHold[]> {
    if (ids.length === 0) return [];
    return this.database.manager.findBy(PaymentHold, { id: In(ids as PaymentId[]) });
  }
}
