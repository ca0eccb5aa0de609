import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { MerchantModule } from '#libs/merchant';
import { CabinetFieldResolver } from './cabinet-field.resolver.js';
import { CabinetResolver } from './cabinet.resolver.js';

@Module({
  imports: [ChannelModule, CounterModule, MerchantModule],
  providers: [CabinetFieldResolver, CabinetResolver],
})
export class CounterDoorModule {}
