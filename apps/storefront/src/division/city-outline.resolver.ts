import { Args, Query, Resolver } from '@nestjs/graphql';
import { type CountyMap, CountyMapReader } from '#libs/division';
import { Public } from '#platform/auth';
import { Config } from '#platform/config';

@Resolver()
export class CityOutlineResolver {
  constructor(
    private readonly maps: CountyMapReader,
    private readonly config: Config,
  ) {}

  @Query()
  @Public()
  async cityOutline(@Args('cityCode') cityCode: string): Promise<CountyMap | null> {
    return this.config.mapsArePublic ? this.maps.ofCity(cityCode) : null;
  }
}
