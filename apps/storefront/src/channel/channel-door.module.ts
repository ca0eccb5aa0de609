import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { DivisionModule } from '#libs/division';
import {
  ChannelPointResolver,
  PavilionResolver,
  SmartCounterResolver,
  ZoneResolver,
} from './channel-point.resolver.js';

@Module({
  imports: [ChannelModule, DivisionModule],
  providers: [ChannelPointResolver, PavilionResolver, SmartCounterResolver, ZoneResolver],
})
export class ChannelDoorModule {}
