import { Module } from '@nestjs/common';
import { InvoiceModule } from '#libs/invoice';
import { ProcurementModule } from '#libs/procurement';
import { ReceivableModule } from '#libs/receivable';
import { ReceivableResolver } from './receivable.resolver.js';

@Module({ imports: [InvoiceModule, ProcurementModule, ReceivableModule], providers: [ReceivableResolver] })
export class ReceivableDoorModule {}
