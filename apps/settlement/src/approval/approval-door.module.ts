import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { IdentityModule } from '#libs/identity';
import { ApprovalResolver } from './approval.resolver.js';

@Module({ imports: [ApprovalModule, IdentityModule], providers: [ApprovalResolver] })
export class ApprovalDoorModule {}
