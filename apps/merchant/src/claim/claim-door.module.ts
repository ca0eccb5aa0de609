import { Module } from '@nestjs/common';
import { IntakeModule } from '#libs/intake';
import { ClaimFileController } from './claim-file.controller.js';
import { ClaimResolver, ClaimSummaryResolver } from './claim.resolver.js';

@Module({
  imports: [IntakeModule],
  controllers: [ClaimFileController],
  providers: [ClaimResolver, ClaimSummaryResolver],
})
export class ClaimDoorModule {}
