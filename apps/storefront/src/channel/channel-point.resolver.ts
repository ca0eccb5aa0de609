import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock, type Fen, pageRequest } from '#libs/kernel';
import {
  CHANNEL_POINT_KEY_PARTS,
  type ChannelKind,
  type ChannelPointFilter,
  ChannelPointReader,
  type ChannelPointRow,
  isOpenAt,
  refusePlaceDivision,
} from '#libs/channel';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { PlaceDayReader } from '#libs/volume';
import { Public } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface ChannelPointsArgs extends Omit<ChannelPointFilter, 'productId'> {
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
  channelPoints(@Args() { first, after, ...filter }: ChannelPointsArgs) {
    const page = orThrow(pageRequest(first, after, CHANNEL_POINT_KEY_PARTS));
    orThrow(refusePlaceDivision(filter.divisionCode, 'divisionCode'));
    return this.points.pageOpen(filter, page);
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
  constructor(
    protected readonly divisions: DivisionReader,
    protected readonly days: PlaceDayReader,
    protected readonly clock: Clock,
  ) {}

  @ResolveField()
  isOpenNow(@Parent() point: ChannelPointRow): boolean | null {
    return isOpenAt(point.openingHours, this.clock.now());
  }

  @ResolveField()
  async paidTodayFen(
    @Parent() point: ChannelPointRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Fen | null> {
    const { days } = this;
    const paidOfPlace = loaders.byId(
      PlaceDayReader,
      async (ids) => [...(await days.paidToday(ids))].map(([id, paidFen]) => ({ id, paidFen })),
      (row: { readonly id: string; readonly paidFen: Fen | null }) => row.id,
    );
    return (await paidOfPlace.load(point.id))?.paidFen ?? null;
  }

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
  constructor(divisions: DivisionReader, days: PlaceDayReader, clock: Clock) {
    super(divisions, days, clock);
  }
}

@Resolver('Zone')
export class ZoneResolver extends PlaceResolver {
  constructor(divisions: DivisionReader, days: PlaceDayReader, clock: Clock) {
    super(divisions, days, clock);
  }
}

@Resolver('SmartCounter')
export class SmartCounterResolver extends PlaceResolver {
  constructor(divisions: DivisionReader, days: PlaceDayReader, clock: Clock) {
    super(divisions, days, clock);
  }
}
