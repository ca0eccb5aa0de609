import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { MerchantModule } from '#libs/merchant';
import { AlarmFieldResolver } from './alarm-field.resolver.js';
import { AlarmResolver } from './alarm.resolver.js';
import { CabinetFieldResolver } from './cabinet-field.resolver.js';
import { CabinetHealthFieldResolver } from './cabinet-health-field.resolver.js';
import { CabinetResolver } from './cabinet.resolver.js';
import { CommandResolver } from './command.resolver.js';
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
    TelemetryResolver,
  ],
})
export class CounterDoorModule {}
