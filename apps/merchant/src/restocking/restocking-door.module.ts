import { Module } from '@nestjs/common';
import { InventoryModule } from '#libs/inventory';
import { RestockingModule } from '#libs/restocking';
import { RestockVisitFieldResolver, VanWriteOffFieldResolver } from '#libs/restocking/fields';
import { CabinetNeedResolver } from './cabinet-need.resolver.js';
import { RestockRouteFieldResolver } from './restock-route-field.resolver.js';
import { RestockRouteResolver } from './restock-route.resolver.js';
import { RestockStopFieldResolver } from './restock-stop-field.resolver.js';
import { RestockVanResolver } from './restock-van.resolver.js';
import { RestockVisitPhotoController } from './restock-visit-photo.controller.js';
import { RestockVisitResolver } from './restock-visit.resolver.js';
import { VanWriteOffResolver } from './van-write-off.resolver.js';

@Module({
  imports: [InventoryModule, RestockingModule],
  controllers: [RestockVisitPhotoController],
  providers: [
    CabinetNeedResolver,
    RestockRouteFieldResolver,
    RestockRouteResolver,
    RestockStopFieldResolver,
    RestockVanResolver,
    RestockVisitFieldResolver,
    RestockVisitResolver,
    VanWriteOffFieldResolver,
    VanWriteOffResolver,
  ],
})
export class RestockingDoorModule {}
