import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import { Clock, type Fen, NotFound, businessDay, refused } from '#libs/kernel';
import { ProcurementUnitReader } from '#libs/procurement';
import {
  type Circular,
  type TargetVersionRow,
  type VolumeChannel,
  VolumeTargetReader,
  VolumeTargetService,
} from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';

interface KeyArgs {
  readonly year: number;
  readonly divisionCode: string;
  readonly channel?: VolumeChannel | null;
  readonly unitId?: string | null;
}

function keyOf({ year, divisionCode, channel, unitId }: KeyArgs) {
  return { year, divisionCode, channelKind: channel ?? ('' as const), unitId: unitId ?? '' };
}

/** An empty word of a key is nothing to a client. */
function shown<T extends TargetVersionRow>(target: T) {
  const { channelKind, unitId, amountFen } = target;
  return { ...target, channel: channelKind || null, unitId: unitId || null, targetFen: amountFen };
}

@Resolver('VolumeTarget')
export class TargetResolver {
  constructor(
    private readonly targets: VolumeTargetService,
    private readonly reader: VolumeTargetReader,
    private readonly units: ProcurementUnitReader,
    private readonly divisions: DivisionReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('VOLUME_READ')
  async volumeTargets(
    @CurrentActor() actor: Actor,
    @Args() { year, on }: { year: number; on?: string | null },
  ) {
    const day = on ?? businessDay(this.clock.now());
    return (await this.reader.completion(year, day, divisionsOf(actor, 'VOLUME_READ'))).map(shown);
  }

  @Query()
  @Allow('VOLUME_READ')
  async volumeTargetHistory(@CurrentActor() actor: Actor, @Args() args: KeyArgs) {
    return (await this.reader.history(keyOf(args), divisionsOf(actor, 'VOLUME_READ'))).map(shown);
  }

  @Query()
  @Allow('VOLUME_READ')
  async weeklyCircular(
    @CurrentActor() actor: Actor,
    @Args() { cityCode, weekEndsOn }: { cityCode: string; weekEndsOn: string },
  ): Promise<Circular> {
    const counties = (await this.divisions.children(cityCode)).filter(({ level }) => level === 'COUNTY');
    const codes = counties.map(({ code }) => code);
    return this.reader.circular(weekEndsOn, codes, divisionsOf(actor, 'VOLUME_READ'));
  }

  @Mutation()
  @Allow('TARGET_SET')
  async volumeTargetSet(
    @CurrentActor() actor: Actor,
    @Args('input') { amountFen, ...key }: KeyArgs & { readonly amountFen: Fen },
  ) {
    // Units are procurement's: one of another division is not found.
    const unitId = key.unitId ?? null;
    if (unitId !== null && !(await this.units.byIdWithin(unitId, [key.divisionCode])))
      throw new NotFound('Unit', unitId);
    const scope = divisionsOf(actor, 'TARGET_SET');
    const target = await this.targets.set({ ...keyOf(key), amountFen }, { userId: actor.userId, scope });
    return refused(target) ? target : { target: shown<TargetVersionRow>(target) };
  }
}
