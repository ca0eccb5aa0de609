import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import { SeasonBoardReader, type SeasonBoardRow } from '#libs/insight';
import { NotFound } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from '../division/county.loader.js';

@Resolver('SeasonBoardKind')
export class SeasonBoardResolver {
  constructor(private readonly reader: SeasonBoardReader) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  seasonBoard(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
  ): Promise<SeasonBoardRow[]> {
    if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(merchantId))
      throw new NotFound('Merchant', merchantId);
    return this.reader.of(merchantId);
  }

  /** One that the catalogue no longer has keeps its code. */
  @ResolveField()
  nameZh(@Parent() { kind, kindCode }: SeasonBoardRow): string {
    return kind?.nameZh ?? kindCode;
  }

  @ResolveField()
  nameEn(@Parent() { kind, kindCode }: SeasonBoardRow): string {
    return kind?.nameEn ?? kindCode;
  }
}

@Resolver('SeasonDemand')
export class SeasonDemandResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() { countyCode }: SeasonBoardRow['demands'][number],
    @Context() context: GraphqlContext,
  ): ReturnType<typeof countyOf> {
    return countyOf(this.divisions, context, countyCode);
  }
}
