import { Module } from '@nestjs/common';
import { KioskCodeModule } from '#libs/counter';
import { OrderingModule } from '#libs/ordering';
import { VendingModule } from '#libs/vending';
import { KioskOrderResolver } from './kiosk-order.resolver.js';
import { KioskResolver } from './kiosk.resolver.js';

@Module({
  imports: [KioskCodeModule, OrderingModule, VendingModule],
  providers: [KioskOrderResolver, KioskResolver],
})
export class KioskDoorModule {}
