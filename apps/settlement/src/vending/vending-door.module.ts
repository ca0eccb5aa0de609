import { Module } from '@nestjs/common';
import { VendingModule } from '#libs/vending';
import { CabinetShelfResolver } from './cabinet-shelf.resolver.js';

@Module({ imports: [VendingModule], providers: [CabinetShelfResolver] })
export class VendingDoorModule {}
