import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { CounterModule, KioskCodeModule } from '#libs/counter';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { VendingModule } from '#libs/vending';
import { RestockNeedReader } from './restock-need.reader.js';
import { RestockPlanService } from './restock-plan.service.js';
import { RestockRouteReader } from './restock-route.reader.js';
import { RestockRouteRepository } from './restock-route.repository.js';
import { RestockVanReader } from './restock-van.reader.js';
import { RestockVanService } from './restock-van.service.js';
import { RestockVisitPhotoService } from './restock-visit-photo.service.js';
import { RestockVisitReader } from './restock-visit.reader.js';
import { RestockVisitRepository } from './restock-visit.repository.js';
import { RestockVisitService } from './restock-visit.service.js';
import { VanFoundService } from './van-found.service.js';
import { VanWriteOffReader } from './van-write-off.reader.js';
import { VanWriteOffRepository } from './van-write-off.repository.js';
import { VanWriteOffService } from './van-write-off.service.js';

@Module({
  imports: [
    ApprovalModule,
    AuditModule,
    CatalogModule,
    ChannelModule,
    CounterModule,
    InventoryModule,
    KioskCodeModule,
    MerchantModule,
    VendingModule,
  ],
  providers: [
    RestockNeedReader,
    RestockPlanService,
    RestockRouteReader,
    RestockRouteRepository,
    RestockVanReader,
    RestockVanService,
    RestockVisitPhotoService,
    RestockVisitReader,
    RestockVisitRepository,
    RestockVisitService,
    VanFoundService,
    VanWriteOffReader,
    VanWriteOffRepository,
    VanWriteOffService,
  ],
  exports: [
    RestockNeedReader,
    RestockPlanService,
    RestockRouteReader,
    RestockVanReader,
    RestockVanService,
    RestockVisitPhotoService,
    RestockVisitReader,
    RestockVisitService,
    VanWriteOffReader,
    VanWriteOffService,
  ],
})
export class RestockingModule {}
