import { Module } from '@nestjs/common';
import { BulkModule } from '#libs/bulk';
import { ProcurementModule } from '#libs/procurement';
import { BulkOrderController } from './bulk-order.controller.js';
import { BulkOrderResolver } from './bulk-order.resolver.js';
import { BulkParcelResolver, BulkRowFaultResolver } from './bulk-row.resolver.js';

@Module({
  imports: [BulkModule, ProcurementModule],
  controllers: [BulkOrderController],
  providers: [BulkOrderResolver, BulkParcelResolver, BulkRowFaultResolver],
})
export class BulkDoorModule {}
