import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { ChannelPointRepository } from './channel-point.repository.js';
import { PlaceReviewService } from './place-review.service.js';
import { PlaceStepService } from './place-step.service.js';
import { PlaceReader } from './place.reader.js';
import { PlaceService } from './place.service.js';

/** By itself: many rooms ask where goods are sold, and only two doors how a place comes to be. */
@Module({
  imports: [DivisionModule, IdentityModule, MerchantModule],
  providers: [ChannelPointRepository, PlaceReader, PlaceReviewService, PlaceService, PlaceStepService],
  exports: [PlaceReader, PlaceReviewService, PlaceService],
})
export class PlaceModule {}
