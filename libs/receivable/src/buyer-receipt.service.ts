import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import {
  Clock,
  InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
  refused,
  sumFen,
} from '#libs/kernel';
import { LedgerService } from '#libs/ledger';
import { ProcurementUnitReader } from '#libs/procurement';
import { Database, type Tx } from '#platform/database';
import { ReceiptReferenceUsedError } from './buyer-receipt.errors.js';
import { BuyerReceiptRepository } from './buyer-receipt.repository.js';
import {
  type ReceiptRow,
  type ReceiptWish,
  allocateReceipt,
  receiptHash,
  refuseReceipt,
} from './buyer-receipt.rules.js';
import { ReceivableBook } from './receivable-book.service.js';
import { type MoneyRefusal, moneyRefusalOf, receiptJournal } from './receivable-journal.rules.js';
import type { Receivable } from './receivable.entity.js';
import { ReceivableRepository } from './receivable.repository.js';

type Recorded = ReceiptRow | InvalidInputError | ReceiptReferenceUsedError | MoneyRefusal;

/** What units pay, as finance reads it off the bank's statement; and what stands to their credit, used for what they owe. */
@Injectable()
export class BuyerReceiptService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitReader,
    private readonly receipts: BuyerReceiptRepository,
    private readonly receivables: ReceivableRepository,
    private readonly book: ReceivableBook,
    private readonly ledger: LedgerService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same reference with the same content gives the first answer, however often and however much at once. Throws NotFound for a unit. */
  async record(wish: ReceiptWish, recordedBy: UserId): Promise<Recorded> {
    const refusal = refuseReceipt(wish, businessDay(this.clock.now()));
    if (refusal) return refusal;
    if ((await this.units.byIds([wish.unitId])).length === 0) throw new NotFound('Unit', wish.unitId);
    return this.database.transaction((tx) => this.write(tx, wish, recordedBy));
  }

  private async write(tx: Tx, wish: ReceiptWish, recordedBy: UserId): Promise<Recorded> {
    const requestHash = receiptHash(wish);
    const unitId = wish.unitId as Receivable['unitId'];
    // Two receipts of one unit take turns, so that neither pays what the other one has paid.
    const open = await this.receivables.lockOpenOfUnit(tx, unitId);
    const before = await this.receipts.byReference(tx, wish.source, wish.reference);
    if (before)
      return before.requestHash.equals(requestHash) ? before : new ReceiptReferenceUsedError(wish.reference);
    const allocations = allocateReceipt(open, wish);
    if (refused(allocations)) return allocations;
    const allocatedFen = sumFen(allocations.map(({ amountFen }) => amountFen));
    // What stands to a unit's credit and pays nothing stays where it is.
    if (wish.source === 'CREDIT' && allocatedFen < wish.amountFen)
      return new InvalidInputError([nothingOwed]);

    const { source, reference, amountFen, receivedOn } = wish;
    const at = this.clock.now();
    const receipt: ReceiptRow = {
      id: newId('rcp'),
      unitId,
      source,
      reference,
      requestHash,
      amountFen,
      allocatedFen,
      receivedOn,
      state: 'POSTED',
      recordedBy,
      recordedAt: at,
      reversedAt: null,
    };
    await this.receipts.insert(tx, receipt);
    await this.book.write(
      tx,
      allocations.map(({ orderId, amountFen: paidFen }) => ({
        before: present(
          open.find((row) => row.orderId === orderId),
          orderId,
        ),
        kind: 'PAID',
        amountFen: paidFen,
        sourceRef: receipt.id,
        effectiveOn: receivedOn,
      })),
    );
    const detail = {
      unitId,
      source,
      reference,
      amountFen: String(amountFen),
      allocatedFen: String(allocatedFen),
    };
    await this.audit.record(tx, {
      actorId: recordedBy,
      act: 'buyer_receipt.recorded',
      subject: receipt.id,
      detail,
    });
    const journals = await this.ledger.post(tx, [receiptJournal(receipt, { eventId: null, at })]);
    return moneyRefusalOf(journals) ?? receipt;
  }
}

const nothingOwed = {
  path: 'amountFen',
  message: { zh: '使用的余额超过未付金额', en: 'More credit would be used than the unit owes.' },
} as const;
