import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { ConsignmentModule } from '#libs/consignment';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { VolumeModule } from '#libs/volume';
import { IntakeBatchReader } from './batch.reader.js';
import { BatchRepository } from './batch.repository.js';
import { IntakeBatchService } from './batch.service.js';
import { ClaimFileService } from './claim-file.service.js';
import { ClaimLookupReader } from './claim-lookup.reader.js';
import { ClaimReviewService } from './claim-review.service.js';
import { ClaimTwinService } from './claim-twin.service.js';
import { ClaimBuyerReader } from './claim-buyer.reader.js';
import { ClaimReader } from './claim.reader.js';
import { ClaimRepository } from './claim.repository.js';
import { ClaimService } from './claim.service.js';
import { CounterDayRepository } from './counter-day.repository.js';
import { CounterFeedService } from './counter-feed.service.js';
import { DuplicateReader } from './duplicate.reader.js';
import { DuplicateRepository } from './duplicate.repository.js';
import { DuplicateService } from './duplicate.service.js';
import { IntakeBlockerReader } from './intake-blocker.reader.js';
import { IntakeEffectService } from './intake-effect.service.js';
import { InvoiceRepository } from './invoice.repository.js';
import { PartnerReader } from './partner.reader.js';
import { PartnerRepository } from './partner.repository.js';
import { PartnerService } from './partner.service.js';
import { SaleLookupReader } from './sale-lookup.reader.js';
import { SellThroughFeedService } from './sell-through-feed.service.js';

@Module({
  imports: [
    CatalogModule,
    ChannelModule,
    ConsignmentModule,
    DivisionModule,
    IdentityModule,
    MerchantModule,
    VolumeModule,
  ],
  providers: [
    BatchRepository,
    ClaimFileService,
    ClaimLookupReader,
    ClaimReader,
    ClaimBuyerReader,
    ClaimRepository,
    ClaimReviewService,
    ClaimService,
    ClaimTwinService,
    CounterDayRepository,
    CounterFeedService,
    DuplicateReader,
    DuplicateRepository,
    DuplicateService,
    IntakeBatchReader,
    IntakeBatchService,
    IntakeBlockerReader,
    IntakeEffectService,
    InvoiceRepository,
    PartnerReader,
    PartnerRepository,
    PartnerService,
    SaleLookupReader,
    SellThroughFeedService,
  ],
  exports: [
    ClaimFileService,
    ClaimReader,
    ClaimBuyerReader,
    ClaimReviewService,
    ClaimService,
    ClaimTwinService,
    DuplicateReader,
    DuplicateService,
    IntakeBatchReader,
    IntakeBatchService,
    IntakeBlockerReader,
    IntakeEffectService,
    PartnerReader,
    PartnerService,
    SellThroughFeedService,
  ],
})
export class IntakeModule {}
