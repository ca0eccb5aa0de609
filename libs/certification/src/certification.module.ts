import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { HouseholdModule } from '#libs/household';
import { IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { CertificateReminderService } from './certificate-reminder.service.js';
import { CertificateService } from './certificate.service.js';
import { CertificationApplicationReader } from './certification-application.reader.js';
import { CertificationApplicationRepository } from './certification-application.repository.js';
import { CertificationApplicationService } from './certification-application.service.js';
import { CertificationBatchReader } from './certification-batch.reader.js';
import { CertificationBatchRepository } from './certification-batch.repository.js';
import { CertificationBatchService } from './certification-batch.service.js';
import { CertificationFileService } from './certification-file.service.js';
import { CertificationNewsService } from './certification-news.service.js';
import { CertificationNoticeReader } from './certification-notice.reader.js';
import { CertificationObjectionReader } from './certification-objection.reader.js';
import { CertificationObjectionRepository } from './certification-objection.repository.js';
import { CertificationObjectionService } from './certification-objection.service.js';
import { CertificationReviewService } from './certification-review.service.js';
import { CertificationSchemeReader } from './certification-scheme.reader.js';

const FRONT = [
  CertificateReminderService,
  CertificateService,
  CertificationApplicationReader,
  CertificationApplicationService,
  CertificationBatchReader,
  CertificationBatchService,
  CertificationFileService,
  CertificationNoticeReader,
  CertificationObjectionReader,
  CertificationObjectionService,
  CertificationReviewService,
  CertificationSchemeReader,
];

@Module({
  imports: [CatalogModule, DivisionModule, HouseholdModule, IdentityModule, MerchantModule],
  providers: [
    ...FRONT,
    CertificationApplicationRepository,
    CertificationBatchRepository,
    CertificationNewsService,
    CertificationObjectionRepository,
  ],
  exports: FRONT,
})
export class CertificationModule {}
