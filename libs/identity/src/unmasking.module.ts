import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import type { PersonalSource } from '#platform/personal';
import { AuditModule } from './audit.module.js';
import { AuditService } from './audit.service.js';
import { UnmaskingRepository } from './unmasking.repository.js';
import { UnmaskingService } from './unmasking.service.js';

/** Needs the rooms that keep something about persons, which only a door can bring together. */
@Module({})
export class UnmaskingModule {
  static over(imports: readonly Type[], sources: readonly Type<PersonalSource>[]): DynamicModule {
    return {
      module: UnmaskingModule,
      imports: [AuditModule, ...imports],
      providers: [
        UnmaskingRepository,
        {
          provide: UnmaskingService,
          useFactory: (
            database: Database,
            unmaskings: UnmaskingRepository,
            audit: AuditService,
            clock: Clock,
            ...all: PersonalSource[]
          ) => new UnmaskingService(all, database, unmaskings, audit, clock),
          inject: [Database, UnmaskingRepository, AuditService, Clock, ...sources],
        },
      ],
      exports: [UnmaskingService],
    };
  }
}
