import { Module } from '@nestjs/common';
import { KioskCodeModule } from '#libs/counter';
import { VendingModule } from '#libs/vending';
import { KioskResolver } from './kiosk.resolver.js';

@Module({ imports: [KioskCodeModule, VendingModule], providers: [KioskResolver] })
export class KioskDoorModule {}
