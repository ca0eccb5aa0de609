import { Module } from '@nestjs/common';
import { CounterModule, KioskCodeModule } from '#libs/counter';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { VendingModule } from '#libs/vending';
import { KioskOrderResolver } from './kiosk-order.resolver.js';
import { KioskFieldResolver, KioskResolver, KioskSlotResolver } from './kiosk.resolver.js';

@Module({
  imports: [CounterModule, InventoryModule, KioskCodeModule, OrderingModule, VendingModule],
  providers: [KioskFieldResolver, KioskOrderResolver, KioskResolver, KioskSlotResolver],
})
export class KioskDoorModule {}
