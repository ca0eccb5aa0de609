import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { CounterModule, WireReader } from '#libs/counter';
import {
  AlarmFieldResolver,
  CabinetFieldResolver,
  CabinetHealthFieldResolver,
  PaperFieldResolver,
} from '#libs/counter/fields';
import { IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { HealthDoor } from '#platform/health';
import { AlarmResolver } from './alarm.resolver.js';
import { CabinetResolver } from './cabinet.resolver.js';
import { CommandResolver } from './command.resolver.js';
import { PaperResolver } from './paper.resolver.js';
import { RolloutResolver } from './rollout.resolver.js';
import { TelemetryResolver } from './telemetry.resolver.js';
import { WireResolver } from './wire.resolver.js';

@Module({
  imports: [ChannelModule, CounterModule, IdentityModule, MerchantModule],
  providers: [
    AlarmFieldResolver,
    AlarmResolver,
    CabinetFieldResolver,
    CabinetHealthFieldResolver,
    CabinetResolver,
    CommandResolver,
    PaperFieldResolver,
    PaperResolver,
    RolloutResolver,
    TelemetryResolver,
    WireResolver,
  ],
})
export class CounterDoorModule {
  constructor(health: HealthDoor, wires: WireReader) {
    health.gauge({
      name: 'taoyuan_cabinet_wire_down_seconds',
      help: 'For how long nobody has held the lines to the cabinets; 0 while somebody does, and where nobody ever has.',
      labels: [],
      collect: async () => [{ labels: {}, value: await wires.downSeconds() }],
    });
  }
}
