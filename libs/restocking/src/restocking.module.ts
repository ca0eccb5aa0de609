import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { CounterModule, KioskCodeModule } from '#libs/counter';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { VendingModule } from '#libs/vending';
import { RestockNeedReader } from './restock-need.reader.js';
import { RestockPlanService } from './restock-plan.service.js';
import { RestockRouteReader } from './restock-route.reader.js';
import { RestockRouteRepository } from './restock-route.repository.js';
import { RestockVanReader } from './restock-van.reader.js';
import { RestockVanService } from './restock-van.service.js';
import { RestockVisitReader } from './restock-visit.reader.js';
import { RestockVisitRepository } from './restock-visit.repository.js';
import { RestockVisitService } from './restock-visit.service.js';

@Module({
  imports: [
    AuditModule,
    CatalogModule,
    ChannelModule,
    CounterModule,
    InventoryModule,
    KioskCodeModule,
    VendingModule,
  ],
  providers: [
    RestockNeedReader,
    RestockPlanService,
    RestockRouteReader,
    RestockRouteRepository,
    RestockVanReader,
    RestockVanService,
    RestockVisitReader,
    RestockVisitRepository,
    RestockVisitService,
  ],
  exports: [
    RestockNeedReader,
    RestockPlanService,
    RestockRouteReader,
    RestockVanReader,
    RestockVanService,
    RestockVisitReader,
    RestockVisitService,
  ],
})
export class RestockingModule {}
