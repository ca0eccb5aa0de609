import { Module } from '@nestjs/common';
import { VendingModule } from '#libs/vending';
import { CabinetShelfResolver } from './cabinet-shelf.resolver.js';
import { VendResolver } from './vend.resolver.js';

@Module({ imports: [VendingModule], providers: [CabinetShelfResolver, VendResolver] })
export class VendingDoorModule {}
