import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { OrderingModule } from '#libs/ordering';
import { PurchaserModule } from '#libs/procurement';
import { BulkCheckReader } from './bulk-check.reader.js';
import { BulkFileReader } from './bulk-file.reader.js';
import { BulkOrderReader } from './bulk-order.reader.js';
import { BulkOrderRepository } from './bulk-order.repository.js';
import { BulkOrderService } from './bulk-order.service.js';
import { BulkRunService } from './bulk-run.service.js';

@Module({
  imports: [AuditModule, CatalogModule, DivisionModule, OrderingModule, PurchaserModule],
  providers: [
    BulkCheckReader,
    BulkFileReader,
    BulkOrderReader,
    BulkOrderRepository,
    BulkOrderService,
    BulkRunService,
  ],
  exports: [BulkFileReader, BulkOrderReader, BulkOrderService, BulkRunService],
})
export class BulkModule {}
