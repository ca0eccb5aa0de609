import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import type { Merchant, MerchantKind, MerchantState, ProcessedFood } from './merchant.entity.js';
import { MerchantRepository } from './merchant.repository.js';
import { type MerchantFacts, creditCodeTaken, refuseFacts } from './merchant.rules.js';

export interface MerchantInput extends MerchantFacts {
  readonly kind: MerchantKind;
  /** None unless said. */
  readonly processedFood?: ProcessedFood;
}

@Injectable()
export class MerchantService {
  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
  ) {}

  /** A merchant who has applied; sells nothing until active. */
  async apply(input: MerchantInput): Promise<Merchant | InvalidInputError> {
    const refusal = refuseFacts(input);
    if (refusal) return refusal;

    const merchant = this.merchantOf(input, 'APPLIED');
    try {
      await this.database.transaction((tx) => this.merchants.insert(tx, merchant));
      return merchant;
    } catch (error) {
      // The unique key decides who was first, not a look beforehand.
      if (isDuplicate(error)) return new InvalidInputError([creditCodeTaken]);
      throw error;
    }
  }

  /** Approved: it may sell at once. Throws on the unique key where the credit code is registered. */
  async admit(tx: Tx, input: MerchantInput): Promise<Merchant | InvalidInputError> {
    const refusal = refuseFacts(input);
    if (refusal) return refusal;
    const merchant = this.merchantOf(input, 'ACTIVE');
    await this.merchants.insert(tx, merchant);
    return merchant;
  }

  /** From application; a merchant in any other state is not found here. */
  activate(id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await this.merchants.moveState(tx, id, ['APPLIED'], 'ACTIVE')))
        throw new NotFound('Merchant', id);
    });
  }

  private merchantOf(input: MerchantInput, state: MerchantState): Merchant {
    const { kind, name, creditCode, countyCode, townshipCode, contactName, contactPhone } = input;
    return {
      id: newId('mer'),
      kind,
      name,
      creditCode,
      countyCode,
      townshipCode,
      contactName,
      contactPhone,
      state,
      processedFood: input.processedFood ?? 'NONE',
      licensedUntil: null,
      licenceDueOn: null,
      createdAt: this.clock.now(),
    };
  }
}
