import { Module } from '@nestjs/common';
import { HouseholdModule } from '#libs/household';
import { LinkagePaymentResolver } from './linkage-payment.resolver.js';
import { LinkagePhotoController } from './linkage-photo.controller.js';
import { LinkageResolver, LinkageTermResolver } from './linkage.resolver.js';

@Module({
  imports: [HouseholdModule],
  controllers: [LinkagePhotoController],
  providers: [LinkagePaymentResolver, LinkageResolver, LinkageTermResolver],
})
export class LinkageDoorModule {}
