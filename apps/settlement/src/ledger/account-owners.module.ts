import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { DivisionModule } from '#libs/division';
import { MerchantModule } from '#libs/merchant';
import { ProcurementModule } from '#libs/procurement';
import { AccountOwnerLoader } from './account-owner.loader.js';

/** For every door that says whose money it is. */
@Module({
  imports: [MerchantModule, ChannelModule, ProcurementModule, DivisionModule],
  providers: [AccountOwnerLoader],
  exports: [AccountOwnerLoader],
})
export class AccountOwnersModule {}
