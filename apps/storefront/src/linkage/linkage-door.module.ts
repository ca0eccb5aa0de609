import { Module } from '@nestjs/common';
import { HouseholdModule } from '#libs/household';
import { MerchantModule } from '#libs/merchant';
import { LinkageResolver } from './linkage.resolver.js';

@Module({ imports: [HouseholdModule, MerchantModule], providers: [LinkageResolver] })
export class LinkageDoorModule {}
