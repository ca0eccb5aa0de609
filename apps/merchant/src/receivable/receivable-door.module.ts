import { Module } from '@nestjs/common';
import { ProcurementModule } from '#libs/procurement';
import { ReceivableModule } from '#libs/receivable';
import { AgeingResolver, ReceivableResolver, ReceivableUnitResolver } from './receivable.resolver.js';

@Module({
  imports: [ProcurementModule, ReceivableModule],
  providers: [AgeingResolver, ReceivableResolver, ReceivableUnitResolver],
})
export class ReceivableDoorModule {}
