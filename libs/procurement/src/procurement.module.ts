import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { ProcurementUnitReader } from './procurement-unit.reader.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import { ProcurementUnitService } from './procurement-unit.service.js';
import { PurchaserReader } from './purchaser.reader.js';
import { ReservedShareReader } from './reserved-share.reader.js';
import { ReservedShareRepository } from './reserved-share.repository.js';
import { ReservedShareService } from './reserved-share.service.js';

@Module({
  imports: [IdentityModule],
  providers: [
    ProcurementUnitReader,
    ProcurementUnitRepository,
    ProcurementUnitService,
    PurchaserReader,
    ReservedShareReader,
    ReservedShareRepository,
    ReservedShareService,
  ],
  exports: [
    ProcurementUnitReader,
    ProcurementUnitService,
    PurchaserReader,
    ReservedShareReader,
    ReservedShareService,
  ],
})
export class ProcurementModule {}
