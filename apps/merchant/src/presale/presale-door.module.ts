import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { PresaleFieldResolver, PresaleResolver } from './presale.resolver.js';

@Module({
  imports: [CatalogModule, InventoryModule, OrderingModule],
  providers: [PresaleFieldResolver, PresaleResolver],
})
export class PresaleDoorModule {}
