import { Module } from '@nestjs/common';
import { LedgerModule } from '#libs/ledger';
import { SealReader, SealWatchService } from '#libs/seal';
import { HealthDoor } from '#platform/health';
import { CheckpointController } from './checkpoint.controller.js';
import { SealedStreamsModule } from './sealed-streams.module.js';
import { CheckpointResolver, InclusionProofResolver, SealResolver } from './seal.resolver.js';

@Module({
  imports: [LedgerModule, SealedStreamsModule],
  controllers: [CheckpointController],
  providers: [SealResolver, CheckpointResolver, InclusionProofResolver],
})
export class SealDoorModule {
  constructor(health: HealthDoor, seals: SealReader, watch: SealWatchService) {
    health.gauge({
      name: 'taoyuan_seals',
      help: 'Seals by stream: headSeq the last place given, backlog what waits, lagSeconds how long the longest has waited, breaks what this process found when it read the last day again.',
      labels: ['stream', 'of'],
      collect: async () =>
        (await seals.statuses()).flatMap(({ stream, headSeq, backlog, lagSeconds }) =>
          Object.entries({ headSeq, backlog, lagSeconds, breaks: watch.breaksOf(stream) }).map(
            ([of, value]) => ({
              labels: { stream, of },
              value,
            }),
          ),
        ),
    });
  }
}
