import { Module } from '@nestjs/common';
import { VendingModule } from '#libs/vending';
import { CabinetShelfFieldResolver, DoorOpeningFieldResolver } from '#libs/vending/fields';
import { DoorOpeningResolver } from './door-opening.resolver.js';
import { PickUpResolver } from './pick-up.resolver.js';
import { VendResolver } from './vend.resolver.js';

@Module({
  imports: [VendingModule],
  providers: [
    CabinetShelfFieldResolver,
    DoorOpeningFieldResolver,
    DoorOpeningResolver,
    PickUpResolver,
    VendResolver,
  ],
})
export class VendingDoorModule {}
