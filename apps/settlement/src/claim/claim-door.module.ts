import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { IntakeModule } from '#libs/intake';
import { MerchantModule } from '#libs/merchant';
import { ClaimFileController } from './claim-file.controller.js';
import { ClaimResolver, ClaimSummaryResolver } from './claim.resolver.js';
import { Claimants } from './claimant.loader.js';

@Module({
  imports: [DivisionModule, IntakeModule, MerchantModule],
  controllers: [ClaimFileController],
  providers: [Claimants, ClaimResolver, ClaimSummaryResolver],
})
export class ClaimDoorModule {}
