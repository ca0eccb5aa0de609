import { Module } from '@nestjs/common';
import { CounterModule } from '#libs/counter';
import { VendingModule } from '#libs/vending';
import { CabinetShelfFieldResolver, DoorOpeningFieldResolver } from '#libs/vending/fields';
import { GoodsDecisionResolver } from './goods-decision.resolver.js';
import { DoorOpeningResolver } from './door-opening.resolver.js';
import { PickUpResolver } from './pick-up.resolver.js';
import { SlotLockResolver } from './slot-lock.resolver.js';
import { VendResolver } from './vend.resolver.js';
import { VendingResolver } from './vending.resolver.js';

@Module({
  imports: [CounterModule, VendingModule],
  providers: [
    CabinetShelfFieldResolver,
    DoorOpeningFieldResolver,
    DoorOpeningResolver,
    GoodsDecisionResolver,
    PickUpResolver,
    SlotLockResolver,
    VendResolver,
    VendingResolver,
  ],
})
export class VendingDoorModule {}
