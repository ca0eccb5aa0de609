import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { IdentityModule } from '#libs/identity';
import { CreditTermService } from './credit-term.service.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import { ProcurementUnitService } from './procurement-unit.service.js';
import { PurchaserModule } from './purchaser.module.js';
import { ReservedShareReader } from './reserved-share.reader.js';
import { ReservedShareRepository } from './reserved-share.repository.js';
import { ReservedShareService } from './reserved-share.service.js';

@Module({
  imports: [ApprovalModule, IdentityModule, PurchaserModule],
  providers: [
    CreditTermService,
    ProcurementUnitRepository,
    ProcurementUnitService,
    ReservedShareReader,
    ReservedShareRepository,
    ReservedShareService,
  ],
  exports: [
    CreditTermService,
    ProcurementUnitService,
    PurchaserModule,
    ReservedShareReader,
    ReservedShareService,
  ],
})
export class ProcurementModule {}
