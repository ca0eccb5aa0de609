import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/identity';
import { HouseholdPersonReader } from './household-person.reader.js';
import { HouseholdReader } from './household.reader.js';
import { HouseholdRegisterService } from './household-register.service.js';
import { HouseholdRepository } from './household.repository.js';
import { HouseholdService } from './household.service.js';
import { IncomeBookReader } from './income-book.reader.js';
import { LinkageAgreementReader } from './linkage-agreement.reader.js';
import { LinkageConfirmationService } from './linkage-confirmation.service.js';
import { LinkagePaymentReader } from './linkage-payment.reader.js';
import { LinkagePaymentRepository } from './linkage-payment.repository.js';
import { LinkagePaymentService } from './linkage-payment.service.js';
import { LinkagePhotoService } from './linkage-photo.service.js';
import { LinkageReader } from './linkage.reader.js';
import { LinkageRepository } from './linkage.repository.js';
import { LinkageService } from './linkage.service.js';

const FRONT = [
  HouseholdPersonReader,
  HouseholdReader,
  HouseholdRegisterService,
  HouseholdService,
  IncomeBookReader,
  LinkageAgreementReader,
  LinkageConfirmationService,
  LinkagePaymentReader,
  LinkagePaymentService,
  LinkagePhotoService,
  LinkageReader,
  LinkageService,
];

@Module({
  imports: [AuditModule],
  providers: [...FRONT, HouseholdRepository, LinkagePaymentRepository, LinkageRepository],
  exports: FRONT,
})
export class HouseholdModule {}
