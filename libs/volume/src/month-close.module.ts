import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { AuditModule } from '#libs/identity';
import { Database } from '#platform/database';
import type { BlockerSource } from './blocker-source.gateway.js';
import { CloseBlockerReader } from './close-blocker.reader.js';
import { MonthCloseReader } from './month-close.reader.js';
import { MonthCloseService } from './month-close.service.js';
import { VolumeModule } from './volume.module.js';

/** For whoever closes months: needs all who know of something in the way, which only a door can bring together. */
@Module({})
export class MonthCloseModule {
  static over(imports: readonly Type[], sources: readonly Type<BlockerSource>[]): DynamicModule {
    return {
      module: MonthCloseModule,
      imports: [VolumeModule, ApprovalModule, AuditModule, ...imports],
      providers: [
        {
          provide: CloseBlockerReader,
          useFactory: (database: Database, closes: MonthCloseReader, ...all: BlockerSource[]) =>
            new CloseBlockerReader(database, closes, all),
          inject: [Database, MonthCloseReader, ...sources],
        },
        MonthCloseService,
      ],
      exports: [CloseBlockerReader, MonthCloseService],
    };
  }
}
