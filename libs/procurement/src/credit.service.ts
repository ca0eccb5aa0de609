import { Injectable } from '@nestjs/common';
import { Clock, type Fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { CreditTerm } from './credit-term.entity.js';
import type { CreditExceededError } from './credit-term.errors.js';
import { NoCreditTermError } from './credit-term.errors.js';
import { CreditTermRepository } from './credit-term.repository.js';
import { refuseCredit } from './credit-term.rules.js';

export interface CreditWish {
  readonly unitId: CreditTerm['unitId'];
  readonly orderId: string;
  readonly amountFen: Fen;
}

/** What orders take of a unit's credit, and give back. Part of whatever the caller decides. */
@Injectable()
export class CreditService {
  constructor(
    private readonly terms: CreditTermRepository,
    private readonly clock: Clock,
  ) {}

  /** From the placing of the order on. Whoever orders for the same unit waits until the caller's transaction ends. */
  async take(
    tx: Tx,
    { unitId, orderId, amountFen }: CreditWish,
  ): Promise<CreditTerm | NoCreditTermError | CreditExceededError> {
    await this.terms.lockUnit(tx, unitId);
    const term = await this.terms.inForce(tx, unitId);
    const refusal = refuseCredit(term, await this.terms.usedOf(tx, unitId), amountFen);
    if (refusal || !term) return refusal ?? new NoCreditTermError();
    const updatedAt = this.clock.now();
    await this.terms.insertUse(tx, {
      orderId,
      unitId,
      creditTermId: term.id,
      amountFen,
      openFen: amountFen,
      updatedAt,
    });
    return term;
  }

  /** Orders that come to nothing; those that were not on account have taken none. */
  async giveBack(tx: Tx, orderIds: readonly string[]): Promise<void> {
    await this.terms.setOpen(tx, orderIds, 0n, this.clock.now());
  }

  /**
   * What is still owed for the order, which is more again where a receipt was reversed. The row is locked before the amount is asked for,
   * so that of two that tell of one order the later one tells the newer amount.
   */
  async follow(tx: Tx, orderId: string, openFenOf: () => Promise<Fen>): Promise<void> {
    const use = await this.terms.lockUse(tx, orderId);
    if (use) await this.terms.setOpen(tx, [orderId], await openFenOf(), this.clock.now());
  }
}
