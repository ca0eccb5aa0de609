import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/identity';
import { ApprovalReader } from './approval.reader.js';
import { ApprovalRepository } from './approval.repository.js';
import { ApprovalService } from './approval.service.js';

@Module({
  imports: [AuditModule],
  providers: [ApprovalRepository, ApprovalReader, ApprovalService],
  exports: [ApprovalReader, ApprovalService],
})
export class ApprovalModule {}
