import { Module } from '@nestjs/common';
import { VendingModule } from '#libs/vending';
import { CabinetShelfFieldResolver } from '#libs/vending/fields';
import { VendResolver } from './vend.resolver.js';

@Module({ imports: [VendingModule], providers: [CabinetShelfFieldResolver, VendResolver] })
export class VendingDoorModule {}
