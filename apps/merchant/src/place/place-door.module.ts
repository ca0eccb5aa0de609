import { Module } from '@nestjs/common';
import { PlaceModule } from '#libs/channel';
import { PlaceFieldResolver, PlaceStepFieldResolver, PlaceSummaryFieldResolver } from '#libs/channel/fields';
import { MerchantModule } from '#libs/merchant';
import { PlaceFileController } from './place-file.controller.js';
import { PlaceResolver } from './place.resolver.js';

@Module({
  imports: [MerchantModule, PlaceModule],
  controllers: [PlaceFileController],
  providers: [PlaceResolver, PlaceFieldResolver, PlaceStepFieldResolver, PlaceSummaryFieldResolver],
})
export class PlaceDoorModule {}
