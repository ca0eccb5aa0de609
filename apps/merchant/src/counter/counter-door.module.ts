import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import {
  AlarmFieldResolver,
  CabinetFieldResolver,
  CabinetHealthFieldResolver,
  PaperFieldResolver,
} from '#libs/counter/fields';
import { MerchantModule } from '#libs/merchant';
import { AlarmResolver } from './alarm.resolver.js';
import { CabinetResolver } from './cabinet.resolver.js';
import { CommandResolver } from './command.resolver.js';
import { PaperResolver } from './paper.resolver.js';
import { RolloutResolver } from './rollout.resolver.js';
import { TelemetryResolver } from './telemetry.resolver.js';

@Module({
  imports: [ChannelModule, CounterModule, MerchantModule],
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
  ],
})
export class CounterDoorModule {}
