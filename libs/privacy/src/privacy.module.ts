import { Module } from '@nestjs/common';
import { AddressModule } from '#libs/address';
import { AdoptionModule } from '#libs/adoption';
import { AftersaleModule } from '#libs/aftersale';
import { BulkModule } from '#libs/bulk';
import { IdentityModule } from '#libs/identity';
import { InvoiceModule } from '#libs/invoice';
import { MerchantApplicationModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { ProcurementModule } from '#libs/procurement';
import { PromotionModule } from '#libs/promotion';
import { ReviewModule } from '#libs/review';
import { AccountDeletionReader } from './account-deletion.reader.js';
import { AccountDeletionRepository } from './account-deletion.repository.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { OpenMatterReader } from './open-matter.reader.js';
import { PersonalDataService } from './personal-data.service.js';

@Module({
  imports: [
    AddressModule,
    AdoptionModule,
    AftersaleModule,
    BulkModule,
    IdentityModule,
    InvoiceModule,
    MerchantApplicationModule,
    OrderingModule,
    PaymentModule,
    ProcurementModule,
    PromotionModule,
    ReviewModule,
  ],
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
