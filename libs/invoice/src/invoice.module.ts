import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { FileInvoiceProvider } from './file-invoice.gateway.js';
import { InvoiceDeskService } from './invoice-desk.service.js';
import { InvoiceRequestService } from './invoice-request.service.js';
import { InvoiceProvider } from './invoice.gateway.js';
import { InvoiceReader } from './invoice.reader.js';
import { InvoiceRepository } from './invoice.repository.js';

@Module({
  imports: [AuditModule, MerchantModule, OrderingModule, PaymentModule],
  providers: [
    { provide: InvoiceProvider, useClass: FileInvoiceProvider },
    InvoiceDeskService,
    InvoiceReader,
    InvoiceRepository,
    InvoiceRequestService,
  ],
  exports: [InvoiceDeskService, InvoiceReader, InvoiceRequestService],
})
export class InvoiceModule {}
