import { Module } from '@nestjs/common';
import { SealModule } from '#libs/seal';
import { AuditLeafReader } from './audit-leaf.reader.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

/** Apart from sign-in, whose secrets and gateways nobody needs who only leaves a trace. */
@Module({
  imports: [SealModule],
  providers: [AuditRepository, AuditService, AuditLeafReader],
  exports: [AuditRepository, AuditService, AuditLeafReader],
})
export class AuditModule {}
