import { Module } from '@nestjs/common';
import { HouseholdModule } from '#libs/household';
import { MerchantModule } from '#libs/merchant';
import { PairingModule } from '#libs/pairing';
import { HouseholdResolver } from './household.resolver.js';
import { LinkagePhotoController } from './linkage-photo.controller.js';
import { LinkageFlagResolver, LinkagePaymentResolver } from './linkage.resolver.js';
import { PairingPhotoController } from './pairing-photo.controller.js';
import { PairingResolver } from './pairing.resolver.js';

@Module({
  imports: [HouseholdModule, MerchantModule, PairingModule],
  controllers: [LinkagePhotoController, PairingPhotoController],
  providers: [HouseholdResolver, LinkageFlagResolver, LinkagePaymentResolver, PairingResolver],
})
export class HouseholdDoorModule {}
