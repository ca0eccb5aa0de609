import { Args, Query, Resolver } from '@nestjs/graphql';
import { type CountyMap, CountyMapReader, DivisionReader, type DivisionRow, isWithin } from '#libs/division';
import { MonthCloseReader } from '#libs/volume';
import {
  type Actor,
  Allow,
  CurrentActor,
  PERMISSIONS,
  type Permission,
  divisionsOf,
  may,
} from '#platform/auth';

/** A province holds cities, and a city counties; what is below a county is on no map. */
const cityOf = ({ code, level, parentCode }: DivisionRow): string | null =>
  level === 'CITY' ? code : level === 'COUNTY' ? parentCode : null;

const scopesOf = ({ grants }: Actor): string[] => [
  ...new Set(grants.flatMap(({ scopeKind, scopeId }) => (scopeKind === 'DIVISION' ? [scopeId] : []))),
];

/** Digits of a county's code: what is written longer lies below it. */
const COUNTY_DIGITS = 6;

/** Figures are kept by county: a township and a village have none of their own. */
const isCounted = (code: string): boolean => code.length <= COUNTY_DIGITS;

/** Acts on the register as a whole: whoever holds them for a part of it may do nothing by them. */
const OF_THE_REGISTER = ['VOLUME_CLOSE', 'VOLUME_PUBLISH'] as const satisfies readonly Permission[];

/** Of divisions that lie in each other the widest: what is summed of both is its sum. */
const isWhole = (code: string, scope: readonly string[] | 'ALL'): boolean =>
  scope === 'ALL' ||
  (isCounted(code) &&
    scope.includes(code) &&
    !scope.some((other) => other !== code && isWithin(code, [other])));

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
    const seen = divisionsOf(actor, 'VOLUME_READ');
    const codes = isPlatformWide ? await this.months.keepers() : scopesOf(actor);
    const [own, counties, idle] = await Promise.all([
      this.divisions.byCodes(codes),
      this.divisions.countiesIn(codes),
      this.idleOf(actor),
    ]);
    return {
      permissions: PERMISSIONS.filter((permission) => may(actor, permission) && !idle.includes(permission)),
      isPlatformWide,
      divisions: own
        .toSorted((a, b) => (a.code < b.code ? -1 : 1))
        .map((division) => ({
          code: division.code,
          name: division.name,
          cityCode: cityOf(division),
          hasFigures: isWhole(division.code, seen),
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

  /** What one's role holds and where one's divisions leave nothing to do with it. */
  private async idleOf(actor: Actor): Promise<Permission[]> {
    const kept = await Promise.all(
      OF_THE_REGISTER.map(async (permission): Promise<Permission[]> => {
        const isKeeper =
          may(actor, permission) && (await this.months.isKeptBy(divisionsOf(actor, permission)));
        return isKeeper ? [] : [permission];
      }),
    );
    const seen = divisionsOf(actor, 'VOLUME_READ');
    return seen === 'ALL' || seen.some(isCounted) ? kept.flat() : [...kept.flat(), 'VOLUME_READ'];
  }
}
