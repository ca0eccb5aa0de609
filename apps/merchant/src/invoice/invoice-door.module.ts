import { Module } from '@nestjs/common';
import { InvoiceModule } from '#libs/invoice';
import { InvoiceResolver } from './invoice.resolver.js';

@Module({ imports: [InvoiceModule], providers: [InvoiceResolver] })
export class InvoiceDoorModule {}
