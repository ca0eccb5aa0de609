import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { AfterSaleRepository } from './after-sale.repository.js';

/** Cases of people who are no longer there. Nobody is forgotten while a case of theirs is open, so all of these are closed. */
@Injectable()
export class AfterSaleForgettingService {
  constructor(private readonly cases: AfterSaleRepository) {}

  /** Joins: the words of both sides are gone; what was asked for, done and decided stays. */
  async forgetBuyer(tx: Tx, buyerId: string): Promise<void> {
    await this.cases.forgetWords(tx, buyerId);
  }
}
