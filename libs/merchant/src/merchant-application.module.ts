import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { MerchantApplicationFileService } from './merchant-application-file.service.js';
import { MerchantApplicationReader } from './merchant-application.reader.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { MerchantApplicationReviewService } from './merchant-application-review.service.js';
import { MerchantApplicationService } from './merchant-application.service.js';
import { MerchantModule } from './merchant.module.js';

/** By itself: many rooms ask who sells, and only two doors who wants to. */
@Module({
  imports: [DivisionModule, IdentityModule, MerchantModule],
  providers: [
    MerchantApplicationFileService,
    MerchantApplicationReader,
    MerchantApplicationRepository,
    MerchantApplicationReviewService,
    MerchantApplicationService,
  ],
  exports: [
    MerchantApplicationFileService,
    MerchantApplicationReader,
    MerchantApplicationReviewService,
    MerchantApplicationService,
  ],
})
export class MerchantApplicationModule {}
