import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { PurchaserModule } from '#libs/procurement';
import { StatementModule } from '#libs/statement';
import { FileInvoiceProvider } from './file-invoice.gateway.js';
import { InvoiceDeskService } from './invoice-desk.service.js';
import { InvoiceRequestService } from './invoice-request.service.js';
import { InvoiceProvider } from './invoice.gateway.js';
import { InvoiceReader } from './invoice.reader.js';
import { InvoiceRepository } from './invoice.repository.js';
import { ServiceFeeReader } from './service-fee.reader.js';
import { ServiceFeeRepository } from './service-fee.repository.js';
import { ServiceFeeService } from './service-fee.service.js';
import { TaxTreatmentReader } from './tax-treatment.reader.js';
import { TaxTreatmentRepository } from './tax-treatment.repository.js';
import { TaxTreatmentService } from './tax-treatment.service.js';

@Module({
  imports: [
    AuditModule,
    CatalogModule,
    MerchantModule,
    OrderingModule,
    PaymentModule,
    PurchaserModule,
    StatementModule,
  ],
  providers: [
    { provide: InvoiceProvider, useClass: FileInvoiceProvider },
    InvoiceDeskService,
    InvoiceReader,
    InvoiceRepository,
    InvoiceRequestService,
    ServiceFeeReader,
    ServiceFeeRepository,
    ServiceFeeService,
    TaxTreatmentReader,
    TaxTreatmentRepository,
    TaxTreatmentService,
  ],
  exports: [
    InvoiceDeskService,
    InvoiceReader,
    InvoiceRequestService,
    ServiceFeeReader,
    ServiceFeeService,
    TaxTreatmentReader,
    TaxTreatmentService,
  ],
})
export class InvoiceModule {}
