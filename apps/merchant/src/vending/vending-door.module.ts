import { Module } from '@nestjs/common';
import { CounterModule } from '#libs/counter';
import { VendingModule } from '#libs/vending';
import { CabinetShelfResolver } from './cabinet-shelf.resolver.js';
import { GoodsDecisionResolver } from './goods-decision.resolver.js';
import { VendResolver } from './vend.resolver.js';
import { VendingResolver } from './vending.resolver.js';

@Module({
  imports: [CounterModule, VendingModule],
  providers: [CabinetShelfResolver, GoodsDecisionResolver, VendResolver, VendingResolver],
})
export class VendingDoorModule {}
