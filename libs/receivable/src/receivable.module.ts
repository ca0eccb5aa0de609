import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { IdentityModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { ProcurementModule } from '#libs/procurement';
import { SettlementModule } from '#libs/settlement';
import { AgeingReader } from './ageing.reader.js';
import { BuyerReceiptReader } from './buyer-receipt.reader.js';
import { BuyerReceiptRepository } from './buyer-receipt.repository.js';
import { BuyerReceiptService } from './buyer-receipt.service.js';
import { ReceivableActPosting } from './receivable-act-posting.service.js';
import { ReceivableActReader } from './receivable-act.reader.js';
import { ReceivableActRepository } from './receivable-act.repository.js';
import { ReceivableActService } from './receivable-act.service.js';
import { ReceivableBook } from './receivable-book.service.js';
import { ReceivableCheckReader } from './receivable-check.reader.js';
import { ReceivableReader } from './receivable.reader.js';
import { ReceivableRepository } from './receivable.repository.js';
import { ReceivableService } from './receivable.service.js';
import { ReminderRepository } from './reminder.repository.js';
import { ReminderService } from './reminder.service.js';

const doors = [
  AgeingReader,
  BuyerReceiptReader,
  BuyerReceiptService,
  ReceivableActReader,
  ReceivableActService,
  ReceivableCheckReader,
  ReceivableReader,
  ReceivableService,
  ReminderService,
];

@Module({
  imports: [ApprovalModule, IdentityModule, LedgerModule, ProcurementModule, SettlementModule],
  providers: [
    ...doors,
    BuyerReceiptRepository,
    ReceivableActPosting,
    ReceivableActRepository,
    ReceivableBook,
    ReceivableRepository,
    ReminderRepository,
  ],
  exports: doors,
})
export class ReceivableModule {}
