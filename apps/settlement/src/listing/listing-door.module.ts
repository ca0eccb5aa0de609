import { Module } from '@nestjs/common';
import { CatalogModule, ReferencePriceModule } from '#libs/catalog';
import { ReferencePriceResolver } from './reference-price.resolver.js';

@Module({ imports: [CatalogModule, ReferencePriceModule], providers: [ReferencePriceResolver] })
export class ListingDoorModule {}
