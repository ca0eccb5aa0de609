import { Injectable } from '@nestjs/common';
import { dayAfter } from '#libs/division';
import { type Fen, businessDay, newId, present } from '#libs/kernel';
import { LedgerReader, LedgerService, posted } from '#libs/ledger';
import { type Sale, SaleSplitService, ShareReleaseService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { ReceivableBook } from './receivable-book.service.js';
import { type Cause, creditNoteJournal } from './receivable-journal.rules.js';
import { receivableCredited } from './receivable.events.js';
import { ReceivableRepository } from './receivable.repository.js';
import { type MerchantAmount, type ReceivableRow, creditOf, partsOf } from './receivable.rules.js';

export interface SignedOrder extends Pick<ReceivableRow, 'orderId' | 'unitId' | 'divisionCode' | 'buyerId'> {
  readonly paymentId: string;
  readonly amountFen: Fen;
  readonly daysToPay: number;
}

export interface CreditedRefund {
  readonly refundId: string;
  readonly orderId: string;
  readonly amountFen: Fen;
  /** Whose goods and freight it is for. */
  readonly byMerchant: readonly MerchantAmount[];
}

/** What is owed for an order, from its signing to the last fen. Called by consumers: what the ledger refuses is thrown. */
@Injectable()
export class ReceivableService {
  constructor(
    private readonly receivables: ReceivableRepository,
    private readonly book: ReceivableBook,
    private readonly sales: SaleSplitService,
    private readonly releases: ShareReleaseService,
    private readonly ledger: LedgerService,
    private readonly journals: LedgerReader,
  ) {}

  /** The unit owes it; it is split as a paid one, and the shares are held until it has been paid. Told twice it is opened once. */
  async open(tx: Tx, order: SignedOrder, sale: Sale, cause: Cause): Promise<void> {
    if (!(await this.sales.accept(tx, order, sale, cause))) return;
    const { orderId, unitId, divisionCode, buyerId, amountFen, daysToPay } = order;
    const signedOn = businessDay(cause.at);
    const receivable: ReceivableRow = {
      orderId,
      unitId,
      divisionCode,
      buyerId,
      signedOn,
      dueOn: dayAfter(signedOn, daysToPay),
      amountFen,
      paidFen: 0n,
      paidOnTimeFen: 0n,
      creditedFen: 0n,
      writtenOffFen: 0n,
      openFen: amountFen,
      state: 'OPEN',
      holdRef: newId('rcv'),
      updatedAt: cause.at,
    };
    const goods = sale.lines.map(({ merchantId, goodsFen, subsidyFen }) => ({
      merchantId,
      amountFen: goodsFen - subsidyFen,
    }));
    const freights = sale.freights.map(({ merchantId, freightFen }) => ({
      merchantId,
      amountFen: freightFen,
    }));
    await this.receivables.insert(tx, receivable, partsOf(orderId, [...goods, ...freights]));
    const entry = { id: newId('rce'), orderId, kind: 'OPENED', amountFen, sourceRef: orderId } as const;
    await this.receivables.addEntries(tx, [{ ...entry, effectiveOn: signedOn, at: cause.at }]);
    const whole = { caseRef: receivable.holdRef, orderId, lineIds: 'ALL' } as const;
    await this.releases.hold(tx, whole, 'RECEIVABLE', cause.at);
  }

  /** The shares have given for a refund: the unit owes so much less, or has it to its credit. Told twice it is credited once. */
  async credit(tx: Tx, refund: CreditedRefund, cause: Cause): Promise<void> {
    const { refundId, orderId, amountFen, byMerchant } = refund;
    const before = present(await this.receivables.lock(tx, orderId), `what is owed for ${orderId}`);
    // Behind the lock: told again, it would be another amount that is open by now, and another journal under the same key.
    if (await this.journals.journalByKey(`refund:${refundId}:settle`, tx)) return;
    const { noteFen, creditFen } = creditOf(before.openFen, amountFen);
    const journal = creditNoteJournal({ refundId, unitId: before.unitId, noteFen, creditFen }, cause);
    posted(await this.ledger.post(tx, [journal]));
    const effectiveOn = businessDay(cause.at);
    if (noteFen > 0n) {
      const note = { kind: 'CREDITED', amountFen: noteFen, sourceRef: refundId } as const;
      await this.book.write(tx, [{ before, ...note, effectiveOn, byMerchant }]);
    }
    await emit(tx, receivableCredited({ orderId: before.orderId, refundId }, cause.at));
  }

  /** The sellers' money follows what is owed: held while it is, free once it is not. Looks at what is, so that the order of facts is all one. */
  async follow(tx: Tx, orderId: string, cause: Cause): Promise<void> {
    const { openFen, holdRef } = present(
      await this.receivables.lock(tx, orderId),
      `what is owed for ${orderId}`,
    );
    const whole = { caseRef: holdRef, orderId, lineIds: 'ALL' } as const;
    if (openFen === 0n) await this.releases.lift(tx, whole, cause);
    else await this.releases.hold(tx, whole, 'RECEIVABLE', cause.at);
  }
}
