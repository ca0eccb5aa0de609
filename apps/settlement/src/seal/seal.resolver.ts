import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Page, isId, pageRequest } from '#libs/kernel';
import { JournalProofReader } from '#libs/ledger';
import {
  type CheckpointRow,
  type ConsistencyProof,
  type InclusionProof,
  type ReadingRow,
  SealProofReader,
  SealReader,
  type SealStatus,
  type SealStream,
  keyText,
  qrTextOf,
} from '#libs/seal';
import { type Actor, Allow, CurrentActor, Forbidden, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface CheckpointsArgs {
  readonly stream: SealStream;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface ConsistencyArgs {
  readonly stream: SealStream;
  readonly firstDay: string;
  readonly secondDay: string;
}

/** Hashes, sizes and signatures say nothing of anybody, so whoever reads figures may check them; a journal is for whoever reads the books. */
@Resolver('SealStatus')
export class SealResolver {
  constructor(
    private readonly seals: SealReader,
    private readonly proofs: SealProofReader,
    private readonly journals: JournalProofReader,
  ) {}

  @Query()
  @Allow('SEAL_READ')
  async sealStatuses(): Promise<(SealStatus & { readonly latestCheckpoint: CheckpointRow | null })[]> {
    const [statuses, latest] = [await this.seals.statuses(), await this.seals.latestCheckpoints()];
    const latestOf = new Map(latest.map((checkpoint) => [checkpoint.stream, checkpoint]));
    return statuses.map((status) => ({ ...status, latestCheckpoint: latestOf.get(status.stream) ?? null }));
  }

  @Query()
  @Allow('SEAL_READ')
  async checkpointKeys(): Promise<string[]> {
    return (await this.seals.keys()).map(keyText);
  }

  @Query()
  @Allow('SEAL_READ')
  async checkpoints(@Args() { stream, first, after }: CheckpointsArgs): Promise<Page<CheckpointRow>> {
    return this.seals.checkpoints(stream, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('SEAL_READ')
  async sealReadings(@Args() { stream, first, after }: CheckpointsArgs): Promise<Page<ReadingRow>> {
    return this.seals.readings(stream, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('SEAL_READ')
  async checkpointConsistency(
    @Args() { stream, firstDay, secondDay }: ConsistencyArgs,
  ): Promise<ConsistencyProof | null> {
    return this.proofs.consistency(stream, firstDay, secondDay);
  }

  @Query()
  @Allow('LEDGER_READ')
  async journalProof(
    @CurrentActor() actor: Actor,
    @Args('journalId') journalId: string,
  ): Promise<InclusionProof | null> {
    // The books are one whole and have no divisions.
    if (divisionsOf(actor, 'LEDGER_READ') !== 'ALL') throw new Forbidden();
    return isId('jrn', journalId) ? this.journals.proofOf(journalId) : null;
  }
}

@Resolver('InclusionProof')
export class InclusionProofResolver {
  @ResolveField()
  qrText(@Parent() proof: InclusionProof): string {
    return qrTextOf(proof);
  }
}

@Resolver('SealReading')
export class SealReadingResolver {
  /** So far, while it is under way. */
  @ResolveField()
  recordCount(@Parent() { fromSeq, nextSeq }: ReadingRow): number {
    return nextSeq - fromSeq;
  }

  @ResolveField()
  isGood(@Parent() { finishedAt, breakCount }: ReadingRow): boolean | null {
    return finishedAt === null ? null : breakCount === 0;
  }
}

@Resolver('Checkpoint')
export class CheckpointResolver {
  @ResolveField()
  merkleRoot(@Parent() { merkleRoot }: CheckpointRow): string {
    return merkleRoot.toString('base64');
  }
}
