import { Args, Query, Resolver } from '@nestjs/graphql';
import { type CountyMap, CountyMapReader, DivisionReader, type DivisionRow, isWithin } from '#libs/division';
import { MonthCloseReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor, PERMISSIONS, divisionsOf, may } from '#platform/auth';

/** A province holds cities, and a city counties; what is below a county is on no map. */
const cityOf = ({ code, level, parentCode }: DivisionRow): string | null =>
  level === 'CITY' ? code : level === 'COUNTY' ? parentCode : null;

const scopesOf = ({ grants }: Actor): string[] => [
  ...new Set(grants.flatMap(({ scopeKind, scopeId }) => (scopeKind === 'DIVISION' ? [scopeId] : []))),
];

@Resolver()
export class DeskResolver {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly maps: CountyMapReader,
    private readonly months: MonthCloseReader,
  ) {}

  @Query()
  @Allow('ACCOUNT')
  async desk(@CurrentActor() actor: Actor) {
    const isPlatformWide = actor.grants.some(({ scopeKind }) => scopeKind === 'PLATFORM');
    const codes = isPlatformWide ? await this.months.keepers() : scopesOf(actor);
    const [own, counties] = await Promise.all([
      this.divisions.byCodes(codes),
      this.divisions.countiesIn(codes),
    ]);
    return {
      permissions: PERMISSIONS.filter((permission) => may(actor, permission)),
      isPlatformWide,
      divisions: own
        .toSorted((a, b) => (a.code < b.code ? -1 : 1))
        .map((division) => ({
          code: division.code,
          name: division.name,
          cityCode: cityOf(division),
          counties: counties.filter(({ code, parentCode }) => [code, parentCode].includes(division.code)),
        })),
    };
  }

  @Query()
  @Allow('VOLUME_READ')
  async countyMap(
    @CurrentActor() actor: Actor,
    @Args('cityCode') cityCode: string,
  ): Promise<CountyMap | null> {
    const scope = divisionsOf(actor, 'VOLUME_READ');
    const isNear =
      isWithin(cityCode, scope) || (scope !== 'ALL' && scope.some((code) => isWithin(code, [cityCode])));
    return isNear ? this.maps.ofCity(cityCode) : null;
  }
}
