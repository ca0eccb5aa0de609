import { Module } from '@nestjs/common';
import { CounterModule, KioskCodeModule } from '#libs/counter';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { VendingModule } from '#libs/vending';
import { DoorOpeningFieldResolver } from '#libs/vending/fields';
import { DoorOpeningResolver } from './door-opening.resolver.js';
import { PickUpResolver } from './pick-up.resolver.js';

@Module({
  imports: [CounterModule, KioskCodeModule, OrderingModule, PaymentModule, VendingModule],
  providers: [DoorOpeningFieldResolver, DoorOpeningResolver, PickUpResolver],
})
export class DoorDoorModule {}
