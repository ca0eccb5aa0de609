import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditService, IdentityModule } from '#libs/identity';
import { AuditGuard, AuditTrail } from '#platform/graphql';
import { AuditResolver } from './audit.resolver.js';

/** The log itself, and the guard by which whoever looks at the console's sensitive parts gets into it. */
@Module({
  imports: [IdentityModule],
  providers: [
    AuditResolver,
    { provide: AuditTrail, useExisting: AuditService },
    { provide: APP_GUARD, useClass: AuditGuard },
  ],
})
export class AuditDoorModule {}
