import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { CreditTermService } from './credit-term.service.js';
import { DemandNoticeService } from './demand-notice.service.js';
import { InvoiceTitleService } from './invoice-title.service.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import { ProcurementUnitService } from './procurement-unit.service.js';
import { PurchaserModule } from './purchaser.module.js';
import { ReservedShareReader } from './reserved-share.reader.js';
import { ReservedShareRepository } from './reserved-share.repository.js';
import { ReservedShareService } from './reserved-share.service.js';
import { UnitContractorService } from './unit-contractor.service.js';

@Module({
  imports: [ApprovalModule, DivisionModule, IdentityModule, PurchaserModule],
  providers: [
    CreditTermService,
    DemandNoticeService,
    InvoiceTitleService,
    ProcurementUnitRepository,
    ProcurementUnitService,
    ReservedShareReader,
    ReservedShareRepository,
    ReservedShareService,
    UnitContractorService,
  ],
  exports: [
    CreditTermService,
    DemandNoticeService,
    InvoiceTitleService,
    ProcurementUnitService,
    PurchaserModule,
    ReservedShareReader,
    ReservedShareService,
    UnitContractorService,
  ],
})
export class ProcurementModule {}
