import { Module } from '@nestjs/common';
import { HouseholdModule } from '#libs/household';
import { PairingModule } from '#libs/pairing';
import { LinkagePaymentResolver } from './linkage-payment.resolver.js';
import { LinkagePhotoController } from './linkage-photo.controller.js';
import { LinkageResolver, LinkageTermResolver } from './linkage.resolver.js';
import { PairingResolver } from './pairing.resolver.js';

@Module({
  imports: [HouseholdModule, PairingModule],
  controllers: [LinkagePhotoController],
  providers: [LinkagePaymentResolver, LinkageResolver, LinkageTermResolver, PairingResolver],
})
export class LinkageDoorModule {}
