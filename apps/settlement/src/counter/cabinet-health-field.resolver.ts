import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AlarmReader, type CabinetRow, DEFAULT_BAND, TelemetryReader } from '#libs/counter';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Cabinet')
export class CabinetHealthFieldResolver {
  constructor(
    private readonly alarmReader: AlarmReader,
    private readonly telemetry: TelemetryReader,
  ) {}

  @ResolveField()
  alarms(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { alarmReader } = this;
    return loaders
      .listOf(
        `${AlarmReader.name}.open`,
        (ids) => alarmReader.openOf(ids),
        (alarm) => alarm.cabinetId,
      )
      .load(id);
  }

  @ResolveField()
  async temperatureBand(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { telemetry } = this;
    const byId = loaders.byId(
      `${TelemetryReader.name}.settings`,
      (ids) => telemetry.settingsOf(ids),
      (setting) => setting.cabinetId,
    );
    return (await byId.load(id))?.temperatureBand ?? DEFAULT_BAND;
  }
}
