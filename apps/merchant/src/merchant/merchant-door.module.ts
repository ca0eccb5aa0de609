import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { LedgerModule } from '#libs/ledger';
import { MerchantModule } from '#libs/merchant';
import { MerchantStandingFieldResolver } from '#libs/merchant/fields';
import { MerchantCountyResolver } from './merchant-county.resolver.js';
import { MerchantResolver } from './merchant.resolver.js';

@Module({
  imports: [DivisionModule, LedgerModule, MerchantModule],
  providers: [MerchantCountyResolver, MerchantResolver, MerchantStandingFieldResolver],
})
export class MerchantDoorModule {}
