import { Module } from '@nestjs/common';
import { LedgerModule } from '#libs/ledger';
import { MerchantModule } from '#libs/merchant';
import { MerchantStandingFieldResolver } from '#libs/merchant/fields';
import { MerchantResolver } from './merchant.resolver.js';

@Module({
  imports: [LedgerModule, MerchantModule],
  providers: [MerchantResolver, MerchantStandingFieldResolver],
})
export class MerchantDoorModule {}
