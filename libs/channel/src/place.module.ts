import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { ChannelPointRepository } from './channel-point.repository.js';
import { PlaceReviewService } from './place-review.service.js';
import { PlaceStepService } from './place-step.service.js';
import { PlaceReader } from './place.reader.js';
import { PlaceService } from './place.service.js';
import { ZoneContractReader } from './zone-contract.reader.js';
import { ZoneContractReminderService } from './zone-contract-reminder.service.js';
import { ZoneContractRepository } from './zone-contract.repository.js';
import { ZoneContractService } from './zone-contract.service.js';

/** By itself: many rooms ask where goods are sold, and only two doors how a place comes to be. */
@Module({
  imports: [DivisionModule, IdentityModule, MerchantModule],
  providers: [
    ChannelPointRepository,
    PlaceReader,
    PlaceReviewService,
    PlaceService,
    PlaceStepService,
    ZoneContractReader,
    ZoneContractReminderService,
    ZoneContractRepository,
    ZoneContractService,
  ],
  exports: [
    PlaceReader,
    PlaceReviewService,
    PlaceService,
    ZoneContractReader,
    ZoneContractReminderService,
    ZoneContractService,
  ],
})
export class PlaceModule {}
