import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Config } from '#platform/config';
import { CheckpointKey } from './checkpoint-key.service.js';
import { CheckpointService } from './checkpoint.service.js';
import { SealProofReader } from './seal-proof.reader.js';
import { SealQueueService } from './seal-queue.service.js';
import { SealReader } from './seal.reader.js';
import { SealRepository } from './seal.repository.js';
import { SealVerificationService } from './seal-verification.service.js';
import { SealWatchService } from './seal-watch.service.js';
import { SealService } from './seal.service.js';
import type { SealedStream } from './sealed-stream.gateway.js';
import { SealedStreams } from './sealed-streams.service.js';

/** For the contexts whose records are sealed, and for whoever reads seals. */
@Module({
  providers: [SealRepository, SealQueueService, SealReader, SealProofReader],
  exports: [SealRepository, SealQueueService, SealReader, SealProofReader],
})
export class SealModule {}

/** For whoever seals and audits: needs the streams themselves, which only a door can bring together. */
@Module({})
export class SealerModule {
  static over(imports: readonly Type[], sources: readonly Type<SealedStream>[]): DynamicModule {
    return {
      module: SealerModule,
      imports: [SealModule, ...imports],
      providers: [
        {
          provide: SealedStreams,
          useFactory: (...all: SealedStream[]) => new SealedStreams(all),
          inject: [...sources],
        },
        {
          provide: CheckpointKey,
          useFactory: ({ checkpointKey }: Config) => new CheckpointKey(checkpointKey),
          inject: [Config],
        },
        SealService,
        CheckpointService,
        SealVerificationService,
        SealWatchService,
      ],
      exports: [
        SealService,
        CheckpointService,
        SealVerificationService,
        SealWatchService,
        CheckpointKey,
        SealedStreams,
        SealModule,
      ],
    };
  }
}
