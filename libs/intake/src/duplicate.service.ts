import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, present } from '#libs/kernel';
import { VolumeFactService } from '#libs/volume';
import { Database, type Tx } from '#platform/database';
import { BatchRepository, factsOfHeld } from './batch.repository.js';
import { SameOrganisationError } from './claim.errors.js';
import { ClaimRepository } from './claim.repository.js';
import { isReviewedByOwn } from './claim.rules.js';
import type { SuspectedDuplicateId } from './duplicate.entity.js';
import { DuplicateRepository } from './duplicate.repository.js';
import { refuseReason } from './duplicate.rules.js';
import { DuplicateDecidedError } from './intake.errors.js';
import { InvoiceRepository } from './invoice.repository.js';

export interface Reviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may decide. */
  readonly scope: readonly string[] | 'ALL';
  /** Everything they belong to, whatever they may do there. */
  readonly organisations: readonly { readonly scopeKind: string; readonly scopeId: string }[];
}

type Verdict = 'CLEARED' | 'CONFIRMED';

/** Decides about sales that look like one that was told of before: counted once somebody says they are not, or never. */
@Injectable()
export class DuplicateService {
  constructor(
    private readonly database: Database,
    private readonly duplicates: DuplicateRepository,
    private readonly batches: BatchRepository,
    private readonly claims: ClaimRepository,
    private readonly invoices: InvoiceRepository,
    private readonly facts: VolumeFactService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Decided the same way again by the same person, nothing happens. */
  decide(
    id: string,
    verdict: Verdict,
    reason: string,
    reviewer: Reviewer,
  ): Promise<SuspectedDuplicateId | InvalidInputError | DuplicateDecidedError | SameOrganisationError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const suspicion = await this.duplicates.lock(tx, id, reviewer.scope);
      if (!suspicion) throw new NotFound('SuspectedDuplicate', id);
      // A suspicion that is cleared opens the way for the claim: like that, it is for another organisation to say.
      const claim =
        suspicion.subjectKind === 'CLAIM' && (await this.claims.claimantOf(tx, suspicion.subjectId));
      if (claim && isReviewedByOwn(claim, reviewer)) return new SameOrganisationError();
      if (suspicion.state === verdict) return suspicion.id;
      if (suspicion.state !== 'HELD') return new DuplicateDecidedError(suspicion.state);

      const { userId } = reviewer;
      await this.duplicates.decide(tx, suspicion.id, verdict, reason.trim(), userId, this.clock.now());
      const act = verdict === 'CLEARED' ? 'duplicate.cleared' : 'duplicate.confirmed';
      const detail = { subject: suspicion.subjectId, reason: reason.trim() };
      await this.audit.record(tx, {
        actorId: userId,
        act,
        subject: suspicion.id,
        divisionCode: suspicion.countyCode,
        detail,
      });
      // A claim waits for its own review; a row has nothing else to wait for.
      if (suspicion.subjectKind === 'INTAKE_ROW') await this.decideRow(tx, suspicion.subjectId, verdict);
      return suspicion.id;
    });
  }

  private async decideRow(tx: Tx, rowId: string, verdict: Verdict): Promise<void> {
    const row = present(await this.batches.lockRow(tx, rowId), 'a row under suspicion');
    if (row.state !== 'HELD') return;
    const reversals = await this.batches.heldReversalsOf(tx, rowId);
    const ids = [rowId, ...reversals.map(({ id }) => id)];
    if (verdict === 'CONFIRMED') {
      await this.batches.setState(tx, ids, 'REJECTED');
      await this.invoices.giveBack(tx, rowId);
      await this.duplicates.drop(tx, rowId);
    } else if ((await this.duplicates.openOf(tx, rowId)) === 0) {
      await this.batches.setState(tx, ids, 'ACCEPTED');
      await this.facts.record(tx, factsOfHeld(row, reversals));
    }
  }
}
