import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { pageRequest } from '#libs/kernel';
import {
  CHANNEL_POINT_KEY_PARTS,
  type ChannelKind,
  ChannelPointReader,
  type ChannelPointRow,
} from '#libs/channel';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { Public } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface ChannelPointsArgs {
  readonly kind?: ChannelKind | null;
  readonly countyCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

const TYPE_OF: Readonly<Record<ChannelKind, string>> = {
  PAVILION: 'Pavilion',
  ZONE: 'Zone',
  COUNTER: 'SmartCounter',
};

@Resolver('ChannelPoint')
export class ChannelPointResolver {
  constructor(private readonly points: ChannelPointReader) {}

  @Query()
  @Public()
  channelPoints(@Args() { kind = null, countyCode = null, first, after }: ChannelPointsArgs) {
    const page = orThrow(pageRequest(first, after, CHANNEL_POINT_KEY_PARTS));
    return this.points.pageOpen({ kind, countyCode }, page);
  }

  @Query()
  @Public()
  channelPoint(@Args('id') id: string): Promise<ChannelPointRow | null> {
    return this.points.openById(id);
  }

  @ResolveField('__resolveType')
  typeOf(point: ChannelPointRow): string {
    return TYPE_OF[point.kind];
  }
}

/** Fields that all kinds of points load alike; resolvers of an interface do not reach its types. */
abstract class PlaceResolver {
  constructor(protected readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() point: ChannelPointRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<DivisionRow | null> {
    const { divisions } = this;
    const divisionByCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return divisionByCode.load(point.countyCode);
  }
}

@Resolver('Pavilion')
export class PavilionResolver extends PlaceResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }
}

@Resolver('Zone')
export class ZoneResolver extends PlaceResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }
}

@Resolver('SmartCounter')
export class SmartCounterResolver extends PlaceResolver {
  constructor(divisions: DivisionReader) {
    super(divisions);
  }
}
