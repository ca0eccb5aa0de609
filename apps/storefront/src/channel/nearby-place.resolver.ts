import { Args, Query, Resolver } from '@nestjs/graphql';
import { type ChannelKind, type ChannelPointRow, NearbyPointReader, refusePosition } from '#libs/channel';
import { ShelfStockReader } from '#libs/inventory';
import { InvalidInputError } from '#libs/kernel';
import { Public } from '#platform/auth';
import { orThrow } from '#platform/graphql';

export interface NearbyPlace {
  readonly place: ChannelPointRow;
  readonly distanceM: number;
  readonly available: number | null;
}

interface NearbyArgs {
  readonly longitude: number;
  readonly latitude: number;
  readonly kind?: ChannelKind | null;
  readonly first?: number | null;
}

/** Who looks for the nearest looks at a few. */
const NEARBY_MAX = 20;
const NEARBY_UNLESS_SAID = 5;

export function nearbyCount(first: number | null | undefined): number {
  const count = first ?? NEARBY_UNLESS_SAID;
  if (count >= 1 && count <= NEARBY_MAX) return count;
  const message = {
    zh: `first 须在 1 到 ${NEARBY_MAX} 之间`,
    en: `first must lie between 1 and ${NEARBY_MAX}.`,
  };
  return orThrow<number>(new InvalidInputError([{ path: 'first', message }]));
}

@Resolver('NearbyPlace')
export class NearbyPlaceResolver {
  constructor(
    private readonly nearby: NearbyPointReader,
    private readonly shelves: ShelfStockReader,
  ) {}

  @Query()
  @Public()
  async nearbyPlaces(
    @Args() { longitude, latitude, kind = null, first }: NearbyArgs,
  ): Promise<NearbyPlace[]> {
    const position = { longitude, latitude };
    orThrow(refusePosition(position));
    const near = await this.nearby.around(position, { kind, productId: null, count: nearbyCount(first) });
    const units = await this.shelves.ofPoints(near.map(({ point }) => point.id));
    return near.map(({ point, distanceM }) => ({
      place: point,
      distanceM,
      available: units.get(point.id) ?? null,
    }));
  }
}
