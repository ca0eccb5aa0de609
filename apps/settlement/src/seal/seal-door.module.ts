import { Module } from '@nestjs/common';
import { LedgerModule } from '#libs/ledger';
import { SealReader } from '#libs/seal';
import { HealthDoor } from '#platform/health';
import { CheckpointController } from './checkpoint.controller.js';
import { SealedStreamsModule } from './sealed-streams.module.js';
import {
  CheckpointResolver,
  InclusionProofResolver,
  SealReadingResolver,
  SealResolver,
} from './seal.resolver.js';

@Module({
  imports: [LedgerModule, SealedStreamsModule],
  controllers: [CheckpointController],
  providers: [SealResolver, SealReadingResolver, CheckpointResolver, InclusionProofResolver],
})
export class SealDoorModule {
  constructor(health: HealthDoor, seals: SealReader) {
    health.gauge({
      name: 'taoyuan_seals',
      help: 'Seals by stream: headSeq the last place given, backlog what waits, lagSeconds how long the longest has waited, breaks what was found since everything was last read again.',
      labels: ['stream', 'of'],
      collect: async () => {
        const [statuses, breakCounts] = [await seals.statuses(), await seals.breakCounts()];
        return statuses.flatMap(({ stream, headSeq, backlog, lagSeconds }) =>
          Object.entries({ headSeq, backlog, lagSeconds, breaks: breakCounts.get(stream) ?? 0 }).map(
            ([of, value]) => ({ labels: { stream, of }, value }),
          ),
        );
      },
    });
  }
}
