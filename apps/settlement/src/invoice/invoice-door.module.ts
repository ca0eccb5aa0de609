import { Module } from '@nestjs/common';
import { InvoiceModule } from '#libs/invoice';
import { InvoiceExportController } from './invoice-export.controller.js';
import { InvoiceExportResolver, InvoiceResolver } from './invoice.resolver.js';

@Module({
  imports: [InvoiceModule],
  controllers: [InvoiceExportController],
  providers: [InvoiceExportResolver, InvoiceResolver],
})
export class InvoiceDoorModule {}
