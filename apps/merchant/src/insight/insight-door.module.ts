import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { InsightModule, SeasonBoardModule } from '#libs/insight';
import { InsightCountyResolver, InsightProductResolver, InsightResolver } from './insight.resolver.js';
import { SeasonBoardResolver, SeasonDemandResolver } from './season-board.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, InsightModule, SeasonBoardModule],
  providers: [
    SeasonBoardResolver,
    SeasonDemandResolver,
    InsightCountyResolver,
    InsightProductResolver,
    InsightResolver,
  ],
})
export class InsightDoorModule {}
