import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { CatalogModule } from '#libs/catalog';
import { IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { LedgerModule } from '#libs/ledger';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { PayoutModule } from '#libs/settlement';
import { ClosureObstacleReader } from './closure-obstacle.reader.js';
import { MerchantClosureReader } from './merchant-closure.reader.js';
import { MerchantClosureRepository } from './merchant-closure.repository.js';
import { MerchantClosureService } from './merchant-closure.service.js';

@Module({
  imports: [
    AftersaleModule,
    CatalogModule,
    IdentityModule,
    InventoryModule,
    LedgerModule,
    MerchantModule,
    OrderingModule,
    PayoutModule,
  ],
  providers: [
    ClosureObstacleReader,
    MerchantClosureReader,
    MerchantClosureRepository,
    MerchantClosureService,
  ],
  exports: [ClosureObstacleReader, MerchantClosureReader, MerchantClosureService],
})
export class ClosureModule {}
