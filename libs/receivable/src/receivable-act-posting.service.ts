import { Injectable } from '@nestjs/common';
import { Clock, type Fen, NotFound, businessDay, isId, present } from '#libs/kernel';
import { type JournalDraft, LedgerReversalService, LedgerService } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { BuyerReceiptRepository } from './buyer-receipt.repository.js';
import type { ReceiptRow } from './buyer-receipt.rules.js';
import { ReceivableBook } from './receivable-book.service.js';
import type { ReceivableActKind } from './receivable-act.entity.js';
import type { ActRow } from './receivable-act.rules.js';
import {
  type MoneyRefusal,
  moneyRefusalOf,
  paybackJournal,
  writeOffJournal,
} from './receivable-journal.rules.js';
import { ReceivableRepository } from './receivable.repository.js';

/** What an act moves once two people have agreed. */
@Injectable()
export class ReceivableActPosting {
  constructor(
    private readonly receipts: BuyerReceiptRepository,
    private readonly receivables: ReceivableRepository,
    private readonly book: ReceivableBook,
    private readonly ledger: LedgerService,
    private readonly reversals: LedgerReversalService,
    private readonly clock: Clock,
  ) {}

  /** What it is about as it is now, locked: what is open of an order, or was received and stands. Throws NotFound. */
  async amountOf(tx: Tx, kind: ReceivableActKind, subjectRef: string): Promise<Fen> {
    if (kind === 'WRITE_OFF') {
      const receivable = await this.receivables.lock(tx, subjectRef);
      if (!receivable) throw new NotFound('Receivable', subjectRef);
      return receivable.openFen;
    }
    const receipt = await this.lockReceipt(tx, subjectRef);
    return receipt.state === 'POSTED' ? receipt.amountFen : 0n;
  }

  async post(tx: Tx, act: ActRow): Promise<MoneyRefusal | null> {
    if (act.kind === 'WRITE_OFF') return this.writeOff(tx, act);
    if (act.kind === 'RECEIPT_REVERSAL') return this.reverse(tx, act);
    const { id, subjectRef: unitId, amountFen } = act;
    return this.postOne(tx, paybackJournal({ id, unitId, amountFen }, this.cause()));
  }

  private async writeOff(tx: Tx, { id, subjectRef, amountFen }: ActRow): Promise<MoneyRefusal | null> {
    const before = present(await this.receivables.lock(tx, subjectRef), subjectRef);
    const cause = this.cause();
    const change = {
      kind: 'WRITTEN_OFF',
      amountFen,
      sourceRef: id,
      effectiveOn: businessDay(cause.at),
    } as const;
    await this.book.write(tx, [{ before, ...change }]);
    return this.postOne(tx, writeOffJournal({ id, unitId: before.unitId, amountFen }, cause));
  }

  /** What it had paid is owed again; what stood to the unit's credit must still be there. */
  private async reverse(tx: Tx, { id, subjectRef }: ActRow): Promise<MoneyRefusal | null> {
    const receipt = await this.lockReceipt(tx, subjectRef);
    const { at } = this.cause();
    const paid = await this.receivables.paidBy(tx, receipt.id);
    const owed = await this.receivables.lockMany(
      tx,
      paid.map(({ orderId }) => orderId),
    );
    await this.book.write(
      tx,
      paid.map(({ orderId, amountFen }) => ({
        before: present(
          owed.find((row) => row.orderId === orderId),
          orderId,
        ),
        kind: 'REOPENED',
        amountFen,
        sourceRef: id,
        effectiveOn: receipt.receivedOn,
      })),
    );
    await this.receipts.markReversed(tx, receipt.id, at);
    const [key, kind] = [`receipt:${receipt.id}`, 'receipt_reversed'];
    const draft = { reversesKey: key, idempotencyKey: `${key}:reverse`, kind, at, eventId: null };
    return moneyRefusalOf(await this.reversals.reverse(tx, [draft]));
  }

  private async lockReceipt(tx: Tx, id: string): Promise<ReceiptRow> {
    const receipt = isId('rcp', id) ? await this.receipts.lock(tx, id) : null;
    if (!receipt) throw new NotFound('BuyerReceipt', id);
    return receipt;
  }

  private async postOne(tx: Tx, journal: JournalDraft): Promise<MoneyRefusal | null> {
    return moneyRefusalOf(await this.ledger.post(tx, [journal]));
  }

  private cause(): { readonly eventId: null; readonly at: Date } {
    return { eventId: null, at: this.clock.now() };
  }
}
