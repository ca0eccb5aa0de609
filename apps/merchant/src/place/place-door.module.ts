import { Module } from '@nestjs/common';
import { PlaceModule } from '#libs/channel';
import {
  PlaceFieldResolver,
  PlaceStepFieldResolver,
  PlaceSummaryFieldResolver,
  ZoneContractFieldResolver,
} from '#libs/channel/fields';
import { DivisionModule } from '#libs/division';
import { MerchantModule } from '#libs/merchant';
import { PlaceFileController } from './place-file.controller.js';
import { PlaceResolver } from './place.resolver.js';
import { ZoneContractFileController } from './zone-contract-file.controller.js';
import { ZoneContractResolver } from './zone-contract.resolver.js';

@Module({
  imports: [DivisionModule, MerchantModule, PlaceModule],
  controllers: [PlaceFileController, ZoneContractFileController],
  providers: [
    PlaceResolver,
    PlaceFieldResolver,
    PlaceStepFieldResolver,
    PlaceSummaryFieldResolver,
    ZoneContractFieldResolver,
    ZoneContractResolver,
  ],
})
export class PlaceDoorModule {}
