import { Module } from '@nestjs/common';
import { HouseholdModule } from '#libs/household';
import { MerchantModule } from '#libs/merchant';
import { PairingModule } from '#libs/pairing';
import { LinkageResolver } from './linkage.resolver.js';
import { PairingPhotoController } from './pairing-photo.controller.js';
import { ImpactGrowerResolver, KioskGrowerResolver } from './pairing.resolver.js';

@Module({
  imports: [HouseholdModule, MerchantModule, PairingModule],
  controllers: [PairingPhotoController],
  providers: [ImpactGrowerResolver, KioskGrowerResolver, LinkageResolver],
})
export class LinkageDoorModule {}
