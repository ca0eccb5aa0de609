import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { type CountedEffect, VolumeEffectService } from '#libs/volume';
import { Database } from '#platform/database';
import { BatchRepository, factsOfHeld } from './batch.repository.js';
import type { ClaimRow } from './claim.reader.js';
import { ClaimRepository } from './claim.repository.js';
import { factOfClaimLine } from './claim.rules.js';
import type { SuspectedDuplicateRow } from './duplicate.reader.js';

/** What the register would say otherwise if a reviewer said yes now; by the same rules as their yes, and nothing is recorded. */
@Injectable()
export class IntakeEffectService {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimRepository,
    private readonly batches: BatchRepository,
    private readonly effects: VolumeEffectService,
    private readonly clock: Clock,
  ) {}

  /** Of one that waits: of approving it. Of one that counts: of taking it off again, today. */
  async ofClaim({ id, state }: Pick<ClaimRow, 'id' | 'state'>): Promise<CountedEffect[]> {
    if (state !== 'SUBMITTED' && state !== 'APPROVED') return [];
    const lines = await this.claims.linesOf(this.database, id);
    const [act, at] =
      state === 'SUBMITTED' ? (['declared', null] as const) : (['undeclared', this.clock.now()] as const);
    return this.effects.of(lines.map((line) => factOfClaimLine(line, '', act, at)));
  }

  /** Of clearing it, once nothing else holds the row. A claim waits for its own review, so of one that is nothing. */
  async ofDuplicate({
    subjectKind,
    subjectId,
    state,
  }: Pick<SuspectedDuplicateRow, 'subjectKind' | 'subjectId' | 'state'>): Promise<CountedEffect[]> {
    if (state !== 'HELD' || subjectKind !== 'INTAKE_ROW') return [];
    const stored = await this.batches.saleWithReversals(this.database, subjectId);
    const row = stored.find(({ id }) => id === subjectId);
    if (row?.state !== 'HELD') return [];
    return this.effects.of(
      factsOfHeld(
        row,
        stored.filter(({ id }) => id !== subjectId),
      ),
    );
  }
}
