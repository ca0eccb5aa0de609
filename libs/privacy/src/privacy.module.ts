import { Module } from '@nestjs/common';
import { AddressModule } from '#libs/address';
import { IdentityModule } from '#libs/identity';
import { InvoiceModule } from '#libs/invoice';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { ProcurementModule } from '#libs/procurement';
import { AccountDeletionReader } from './account-deletion.reader.js';
import { AccountDeletionRepository } from './account-deletion.repository.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { OpenMatterReader } from './open-matter.reader.js';
import { PersonalDataService } from './personal-data.service.js';

@Module({
  imports: [AddressModule, IdentityModule, InvoiceModule, OrderingModule, PaymentModule, ProcurementModule],
  providers: [
    AccountDeletionReader,
    AccountDeletionRepository,
    AccountDeletionService,
    OpenMatterReader,
    PersonalDataService,
  ],
  exports: [AccountDeletionReader, AccountDeletionService, PersonalDataService],
})
export class PrivacyModule {}
