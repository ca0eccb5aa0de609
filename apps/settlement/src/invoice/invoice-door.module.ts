import { Module } from '@nestjs/common';
import { InvoiceModule } from '#libs/invoice';
import { InvoiceExportController } from './invoice-export.controller.js';
import { InvoiceExportResolver, InvoiceResolver } from './invoice.resolver.js';
import { TaxTreatmentResolver } from './tax-treatment.resolver.js';

@Module({
  imports: [InvoiceModule],
  controllers: [InvoiceExportController],
  providers: [InvoiceExportResolver, InvoiceResolver, TaxTreatmentResolver],
})
export class InvoiceDoorModule {}
