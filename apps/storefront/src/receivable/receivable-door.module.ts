import { Module } from '@nestjs/common';
import { ProcurementModule } from '#libs/procurement';
import { ReceivableModule } from '#libs/receivable';
import { ReceivableResolver } from './receivable.resolver.js';

@Module({ imports: [ProcurementModule, ReceivableModule], providers: [ReceivableResolver] })
export class ReceivableDoorModule {}
