import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { IdentityModule } from '#libs/identity';
import { VolumeModule } from '#libs/volume';
import { ApprovalResolver, ApprovalVoteResolver } from './approval.resolver.js';

@Module({
  imports: [ApprovalModule, IdentityModule, VolumeModule],
  providers: [ApprovalResolver, ApprovalVoteResolver],
})
export class ApprovalDoorModule {}
