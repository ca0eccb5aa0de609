import { Module } from '@nestjs/common';
import { SealModule } from '#libs/seal';
import { AuditLeafReader } from './audit-leaf.reader.js';
import { AuditReader } from './audit.reader.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

/** Apart from sign-in, whose secrets and gateways nobody needs who only leaves a trace. */
@Module({
  imports: [SealModule],
  providers: [AuditRepository, AuditService, AuditLeafReader, AuditReader],
  exports: [AuditRepository, AuditService, AuditLeafReader, AuditReader],
})
export class AuditModule {}
