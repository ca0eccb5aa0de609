import { Injectable } from '@nestjs/common';
import { LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { type BankMovement, bankMovementJournal } from './journal.rules.js';

/** Money that went from the provider to our own bank, or came from there. The provider's list is its paper: no fact of ours causes it. */
@Injectable()
export class BankMovementService {
  constructor(private readonly ledger: LedgerService) {}

  /** On the day on which it moved. Told again it is the same journal; told otherwise the ledger refuses, and that is thrown. */
  async book(tx: Tx, movement: BankMovement, at: Date): Promise<void> {
    posted(await this.ledger.post(tx, [bankMovementJournal(movement, { eventId: null, at })]));
  }
}
