import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { HouseholdModule } from '#libs/household';
import { LedgerModule } from '#libs/ledger';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { SettlementModule } from '#libs/settlement';
import { VolumeModule } from '#libs/volume';
import { consumers } from '../event-routes.js';

/** A consumer is a door and may open on any room. */
@Module({
  imports: [
    CatalogModule,
    HouseholdModule,
    OrderingModule,
    PaymentModule,
    LedgerModule,
    SettlementModule,
    VolumeModule,
  ],
  providers: [...consumers],
  exports: [...consumers],
})
export class ConsumersModule {}
