import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { IdentityModule } from '#libs/identity';
import { MerchantApplicationAccountRepository } from './merchant-application-account.repository.js';
import { MerchantApplicationAccountService } from './merchant-application-account.service.js';
import { MerchantApplicationFileService } from './merchant-application-file.service.js';
import { MerchantApplicationReader } from './merchant-application.reader.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { MerchantApplicationReviewService } from './merchant-application-review.service.js';
import { MerchantApplicationService } from './merchant-application.service.js';
import { MerchantLicenceService } from './merchant-licence.service.js';
import { MerchantPaperReader } from './merchant-paper.reader.js';
import { MerchantPaperRepository } from './merchant-paper.repository.js';
import { MerchantPaperReviewService } from './merchant-paper-review.service.js';
import { MerchantPaperService } from './merchant-paper.service.js';
import { MerchantReminderService } from './merchant-reminder.service.js';
import { MerchantModule } from './merchant.module.js';

/** By itself: many rooms ask who sells, and only two doors who wants to. */
@Module({
  imports: [DivisionModule, IdentityModule, MerchantModule],
  providers: [
    MerchantApplicationAccountRepository,
    MerchantApplicationAccountService,
    MerchantApplicationFileService,
    MerchantApplicationReader,
    MerchantApplicationRepository,
    MerchantApplicationReviewService,
    MerchantApplicationService,
    MerchantLicenceService,
    MerchantPaperReader,
    MerchantPaperRepository,
    MerchantPaperReviewService,
    MerchantPaperService,
    MerchantReminderService,
  ],
  exports: [
    MerchantLicenceService,
    MerchantApplicationAccountService,
    MerchantApplicationFileService,
    MerchantApplicationReader,
    MerchantApplicationReviewService,
    MerchantApplicationService,
    MerchantPaperReader,
    MerchantPaperReviewService,
    MerchantPaperService,
    MerchantReminderService,
  ],
})
export class MerchantApplicationModule {}
