import { Module } from '@nestjs/common';
import { CertificationModule, CertificationObjectionReader } from '#libs/certification';
import { HouseholdModule, HouseholdPersonReader } from '#libs/household';
import { UnmaskingModule } from '#libs/identity';
import { ClaimBuyerReader, IntakeModule } from '#libs/intake';
import { MerchantContactReader, MerchantModule } from '#libs/merchant';
import { OrderRecipientReader, OrderingModule } from '#libs/ordering';
import { PayeeAccountHolderReader, PayoutModule } from '#libs/settlement';
import { UnmaskResolver } from './unmask.resolver.js';

const unmasking = UnmaskingModule.over(
  [IntakeModule, OrderingModule, MerchantModule, HouseholdModule, PayoutModule, CertificationModule],
  [
    ClaimBuyerReader,
    OrderRecipientReader,
    MerchantContactReader,
    HouseholdPersonReader,
    PayeeAccountHolderReader,
    CertificationObjectionReader,
  ],
);

@Module({ imports: [unmasking], providers: [UnmaskResolver] })
export class UnmaskDoorModule {}
