import { Module } from '@nestjs/common';
import { CounterModule } from '#libs/counter';
import { VendingModule } from '#libs/vending';
import { CabinetShelfResolver } from './cabinet-shelf.resolver.js';
import { VendingResolver } from './vending.resolver.js';

@Module({ imports: [CounterModule, VendingModule], providers: [CabinetShelfResolver, VendingResolver] })
export class VendingDoorModule {}
