import { Module } from '@nestjs/common';
import { SealModule } from '#libs/seal';
import { AuditLeafReader } from './audit-leaf.reader.js';
import { AuditReader } from './audit.reader.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { MembershipReader } from './membership.reader.js';

/** Apart from sign-in, whose secrets and gateways nobody needs who only leaves a trace, or asks who works for whom. */
@Module({
  imports: [SealModule],
  providers: [AuditRepository, AuditService, AuditLeafReader, AuditReader, MembershipReader],
  exports: [AuditRepository, AuditService, AuditLeafReader, AuditReader, MembershipReader],
})
export class AuditModule {}
