import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  type ReturnedField,
  refuseReturnedFields,
  refused,
} from '#libs/kernel';
import { VolumeFactService } from '#libs/volume';
import { Database, type Tx } from '#platform/database';
import { ClaimHeldError, ClaimStateError, SameOrganisationError } from './claim.errors.js';
import type { Claim, ClaimId, ClaimState } from './claim.entity.js';
import { ClaimReader, type ClaimRow } from './claim.reader.js';
import { ClaimRepository, type StepNote } from './claim.repository.js';
import { factOfClaimLine, isReviewedByOwn } from './claim.rules.js';
import { ClaimTwinService } from './claim-twin.service.js';
import { refuseReason } from './duplicate.rules.js';
import { InvoiceRepository } from './invoice.repository.js';

export interface ClaimReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may review. */
  readonly divisions: readonly string[] | 'ALL';
  /** Everything they belong to, whatever they may do there. */
  readonly organisations: readonly { readonly scopeKind: string; readonly scopeId: string }[];
}

/** What is to be mended, and why. */
export interface ReturnNote {
  readonly reason: string;
  readonly fields: readonly ReturnedField[];
}

type Refusal = InvalidInputError | ClaimStateError | SameOrganisationError;

/** The other side: somebody of another organisation looks at the proof. Two reviewers at once decide once. */
@Injectable()
export class ClaimReviewService {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimRepository,
    private readonly reader: ClaimReader,
    private readonly invoices: InvoiceRepository,
    private readonly twins: ClaimTwinService,
    private readonly facts: VolumeFactService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** From now on it counts as declared, unless it looks like what another source has told of. */
  async approve(
    claimId: string,
    reviewer: ClaimReviewer,
  ): Promise<ClaimId | ClaimStateError | SameOrganisationError | ClaimHeldError> {
    const outcome = await this.database.transaction(async (tx) => {
      const claim = await this.open(tx, claimId, reviewer, 'SUBMITTED', 'APPROVED');
      if (refused(claim) || claim.state === 'APPROVED') return claim;
      const lines = await this.claims.linesOf(tx, claim.id);
      // A suspicion that arises only now is kept, so it is no refusal that would roll back.
      const suspectedCount = await this.twins.suspect(tx, claim, lines, claim.buyerKey);
      if (suspectedCount > 0) return { suspectedCount };
      await this.facts.record(
        tx,
        lines.map((line) => factOfClaimLine(line, claim.buyerKey, 'declared', null)),
      );
      await this.decide(tx, claim, { act: 'APPROVED', actorId: reviewer.userId });
      return claim;
    });
    if (refused(outcome)) return outcome;
    return 'suspectedCount' in outcome ? new ClaimHeldError(outcome.suspectedCount) : outcome.id;
  }

  /** Sent back to be mended, field by field. Its invoices stay with it. */
  returnForMending(
    claimId: string,
    { reason, fields }: ReturnNote,
    reviewer: ClaimReviewer,
  ): Promise<ClaimId | Refusal> {
    const refusal = refuseReason(reason) ?? refuseReturnedFields(fields);
    if (refusal) return Promise.resolve(refusal);
    return this.settle(claimId, reviewer, 'RETURNED', { reason: reason.trim(), fields });
  }

  /** For good. Its invoices are free again, because they may be somebody else's proof. */
  reject(claimId: string, reason: string, reviewer: ClaimReviewer): Promise<ClaimId | Refusal> {
    const refusal = refuseReason(reason);
    if (refusal) return Promise.resolve(refusal);
    return this.settle(claimId, reviewer, 'REJECTED', { reason: reason.trim() });
  }

  /** What was approved is taken off again, in the month in which it turns out to be wrong. */
  async reverse(claimId: string, reason: string, reviewer: ClaimReviewer): Promise<ClaimId | Refusal> {
    const refusal = refuseReason(reason);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const claim = await this.open(tx, claimId, reviewer, 'APPROVED', 'REVERSED');
      if (refused(claim)) return claim;
      if (claim.state === 'REVERSED') return claim.id;
      const now = this.clock.now();
      const lines = await this.claims.linesOf(tx, claim.id);
      await this.facts.record(
        tx,
        lines.map((line) => factOfClaimLine(line, claim.buyerKey, 'undeclared', now)),
      );
      await this.invoices.giveBack(tx, claim.id);
      await this.twins.forget(tx, claim.id);
      await this.decide(tx, claim, { act: 'REVERSED', actorId: reviewer.userId, reason: reason.trim() });
      return claim.id;
    });
  }

  /** The claim, and a note of who has looked; null outside the scope. */
  async look(
    claimId: string,
    { userId, divisions }: Pick<ClaimReviewer, 'userId' | 'divisions'>,
  ): Promise<ClaimRow | null> {
    const claim = await this.reader.byId(claimId, { divisions });
    if (claim) {
      await this.database.transaction((tx) =>
        this.audit.record(tx, {
          actorId: userId,
          act: 'claim.seen',
          subject: claim.id,
          divisionCode: claim.countyCode,
        }),
      );
    }
    return claim;
  }

  private settle(
    claimId: string,
    reviewer: ClaimReviewer,
    act: 'RETURNED' | 'REJECTED',
    note: { readonly reason: string; readonly fields?: ReturnNote['fields'] },
  ): Promise<ClaimId | Refusal> {
    return this.database.transaction(async (tx) => {
      const claim = await this.open(tx, claimId, reviewer, 'SUBMITTED', act);
      if (refused(claim)) return claim;
      if (claim.state === act) return claim.id;
      if (act === 'REJECTED') {
        await this.invoices.giveBack(tx, claim.id);
        await this.twins.forget(tx, claim.id);
      }
      await this.decide(tx, claim, { act, actorId: reviewer.userId, ...note });
      return claim.id;
    });
  }

  /** The claim, locked, if this reviewer may decide it now, or has decided it so already. */
  private async open(
    tx: Tx,
    claimId: string,
    { userId, divisions, organisations }: ClaimReviewer,
    from: ClaimState,
    to: ClaimState,
  ): Promise<Claim | ClaimStateError | SameOrganisationError> {
    const claim = await this.claims.lock(tx, claimId, { divisions });
    if (!claim) throw new NotFound('Claim', claimId);
    if (isReviewedByOwn(claim, { userId, organisations })) return new SameOrganisationError();
    if (claim.state === to && claim.decidedBy === userId) return claim;
    return claim.state === from ? claim : new ClaimStateError(claim.state);
  }

  private async decide(tx: Tx, { id, totalFen, countyCode }: Claim, note: StepNote): Promise<void> {
    const now = this.clock.now();
    await this.claims.setState(tx, id, note.act, note.actorId, now);
    await this.claims.addStep(tx, id, note, now);
    await this.audit.record(tx, {
      actorId: note.actorId,
      act: `claim.${note.act.toLowerCase()}`,
      subject: id,
      divisionCode: countyCode,
      detail: { totalFen: String(totalFen), reason: note.reason ?? '' },
    });
  }
}
