import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  CabinetReader,
  CabinetSettingService,
  type TelemetryGrain,
  TelemetryReader,
  type TelemetrySumRow,
  type TemperatureBand,
  refuseRange,
} from '#libs/counter';
import { Clock, NotFound, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface TelemetryArgs {
  readonly cabinetId: string;
  readonly grain: TelemetryGrain;
  readonly from: string;
  readonly to: string;
}

@Resolver('TelemetrySum')
export class TelemetryResolver {
  constructor(
    private readonly cabinets: CabinetReader,
    private readonly telemetry: TelemetryReader,
    private readonly settings: CabinetSettingService,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('COUNTER_WATCH')
  async cabinetTelemetry(
    @CurrentActor() actor: Actor,
    @Args() { cabinetId, grain, from, to }: TelemetryArgs,
  ): Promise<TelemetrySumRow[]> {
    const cabinet = await this.cabinets.byId(cabinetId, { merchantIds: merchantsOf(actor, 'COUNTER_WATCH') });
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    orThrow(refuseRange(grain, from, to));
    return this.telemetry.sumsOf(cabinet.id, grain, { fromOn: from, toOn: to, now: this.clock.now() });
  }

  @Mutation()
  @Allow('COUNTER')
  async cabinetTemperatureBandSet(
    @CurrentActor() actor: Actor,
    @Args('cabinetId') cabinetId: string,
    @Args('band') band: TemperatureBand,
  ) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const id = await this.settings.setBand(cabinetId, band, { userId: actor.userId, scope });
    return refused(id) ? id : { cabinet: await this.cabinets.byId(id, scope) };
  }

  @ResolveField()
  deciCelsiusMean(@Parent() { celsiusCount, deciCelsiusSum }: TelemetrySumRow) {
    return celsiusCount === 0 ? null : Number(deciCelsiusSum) / celsiusCount;
  }
}
