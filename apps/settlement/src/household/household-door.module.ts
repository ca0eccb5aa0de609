import { Module } from '@nestjs/common';
import { HouseholdModule } from '#libs/household';
import { MerchantModule } from '#libs/merchant';
import { HouseholdResolver } from './household.resolver.js';
import { LinkagePhotoController } from './linkage-photo.controller.js';
import { LinkageFlagResolver, LinkagePaymentResolver } from './linkage.resolver.js';

@Module({
  imports: [HouseholdModule, MerchantModule],
  controllers: [LinkagePhotoController],
  providers: [HouseholdResolver, LinkageFlagResolver, LinkagePaymentResolver],
})
export class HouseholdDoorModule {}
