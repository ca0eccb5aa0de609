import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '#platform/graphql';
import { AlarmReader } from '../alarm.reader.js';
import type { CabinetRow } from '../cabinet.reader.js';
import { RemoteCommandReader } from '../remote-command.reader.js';
import { isDrifting } from '../remote-command.rules.js';
import { TelemetryReader } from '../telemetry.reader.js';
import { DEFAULT_BAND } from '../temperature.rules.js';

@Resolver('Cabinet')
export class CabinetHealthFieldResolver {
  constructor(
    private readonly alarmReader: AlarmReader,
    private readonly telemetry: TelemetryReader,
    private readonly remote: RemoteCommandReader,
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
  async temperatureBand(@Parent() { id }: CabinetRow, @Context() context: GraphqlContext) {
    return (await this.settingOf(id, context))?.temperatureBand ?? DEFAULT_BAND;
  }

  @ResolveField()
  async versions(
    @Parent() { id, firmwareVersion, configVersion }: CabinetRow,
    @Context() context: GraphqlContext,
  ) {
    const setting = await this.settingOf(id, context);
    const desiredFirmware = setting?.firmwareVersion ?? null;
    const desiredConfig = setting?.configVersion ?? null;
    return {
      desiredFirmware,
      desiredConfig,
      isFirmwareDrifting: isDrifting(desiredFirmware, firmwareVersion),
      isConfigDrifting: isDrifting(desiredConfig, configVersion),
    };
  }

  @ResolveField()
  commands(@Parent() { id }: CabinetRow, @Context() { loaders }: GraphqlContext) {
    const { remote } = this;
    return loaders
      .listOf(
        RemoteCommandReader.name,
        (ids) => remote.of(ids),
        (command) => command.cabinetId,
      )
      .load(id);
  }

  private settingOf(cabinetId: string, { loaders }: GraphqlContext) {
    const { telemetry } = this;
    const byId = loaders.byId(
      `${TelemetryReader.name}.settings`,
      (ids) => telemetry.settingsOf(ids),
      (setting) => setting.cabinetId,
    );
    return byId.load(cabinetId);
  }
}
