import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { FairPriceResolver } from './fair-price.resolver.js';

@Module({ imports: [CatalogModule], providers: [FairPriceResolver] })
export class ListingDoorModule {}
