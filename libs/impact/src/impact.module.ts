import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { SettlementModule } from '#libs/settlement';
import { ImpactReceiptReader } from './impact-receipt.reader.js';
import { ImpactYearReader } from './impact-year.reader.js';

@Module({
  imports: [CatalogModule, OrderingModule, PaymentModule, SettlementModule],
  providers: [ImpactReceiptReader, ImpactYearReader],
  exports: [ImpactReceiptReader, ImpactYearReader],
})
export class ImpactModule {}
