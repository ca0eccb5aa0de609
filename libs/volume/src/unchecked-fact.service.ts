import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { SaleFact } from './sale-fact.reader.js';
import { UncheckedFactRepository } from './unchecked-fact.repository.js';

/** Hands new facts to whoever checks them, each once: what is taken is looked at in the same transaction, or waits again. */
@Injectable()
export class UncheckedFactService {
  constructor(private readonly facts: UncheckedFactRepository) {}

  take(tx: Tx, limit: number): Promise<SaleFact[]> {
    return this.facts.take(tx, limit);
  }
}
