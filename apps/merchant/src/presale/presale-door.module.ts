import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { HarvestModule } from '#libs/harvest';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { PresaleFieldResolver, PresaleResolver } from './presale.resolver.js';

@Module({
  imports: [CatalogModule, HarvestModule, InventoryModule, OrderingModule],
  providers: [PresaleFieldResolver, PresaleResolver],
})
export class PresaleDoorModule {}
