import { Module } from '@nestjs/common';
import { CreditTermReader } from './credit-term.reader.js';
import { CreditTermRepository } from './credit-term.repository.js';
import { CreditService } from './credit.service.js';
import { DemandNoticeReader } from './demand-notice.reader.js';
import { ProcurementUnitReader } from './procurement-unit.reader.js';
import { PurchaserReader } from './purchaser.reader.js';

/** What those who sell to units need of them, and no more: who buys, who signs, and how much may be owed. */
@Module({
  providers: [
    CreditService,
    CreditTermReader,
    CreditTermRepository,
    DemandNoticeReader,
    ProcurementUnitReader,
    PurchaserReader,
  ],
  exports: [
    CreditService,
    CreditTermReader,
    CreditTermRepository,
    DemandNoticeReader,
    ProcurementUnitReader,
    PurchaserReader,
  ],
})
export class PurchaserModule {}
