import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { InsightModule } from '#libs/insight';
import { InsightCountyResolver, InsightProductResolver, InsightResolver } from './insight.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, InsightModule],
  providers: [InsightCountyResolver, InsightProductResolver, InsightResolver],
})
export class InsightDoorModule {}
