import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { normalisePhone } from '#libs/identity';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  newId,
  present,
  refuseKey,
  refused,
  sumFen,
} from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { StoredFileService } from '#platform/files';
import { ClaimChangedError, ClaimStateError, InvoiceUsedError } from './claim.errors.js';
import type { Claim, ClaimContent, ClaimId } from './claim.entity.js';
import { ClaimLookupReader } from './claim-lookup.reader.js';
import { ClaimRepository } from './claim.repository.js';
import { type Claimant, type PlacedClaim, placeClaim, refuseSize } from './claim.rules.js';
import { ClaimTwinService } from './claim-twin.service.js';
import { InvoiceRepository } from './invoice.repository.js';

export interface Author {
  readonly userId: IdOf<'usr'>;
  /** The merchants or divisions one may claim for. */
  readonly claimantIds: readonly string[];
}

export interface ClaimDraft {
  /** Null for the first save. */
  readonly claimId: string | null;
  readonly idempotencyKey: string;
  readonly claimantId: string;
  /** What the author has seen; 0 for the first save. */
  readonly revision: number;
  readonly content: ClaimContent;
}

const OPEN = ['DRAFT', 'RETURNED'];

/** The claimant's side: typed bit by bit, kept as it is, checked when it is handed in. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimRepository,
    private readonly lookups: ClaimLookupReader,
    private readonly invoices: InvoiceRepository,
    private readonly twins: ClaimTwinService,
    private readonly merchants: MerchantReader,
    private readonly files: StoredFileService,
    private readonly clock: Clock,
  ) {}

  /** Nothing that is typed is lost: whatever fits is kept, complete or not. The same save again changes nothing. */
  async saveDraft(
    draft: ClaimDraft,
    author: Author,
  ): Promise<ClaimId | InvalidInputError | ClaimStateError | ClaimChangedError> {
    const refusal = refuseSize(draft.content) ?? refuseKey(draft.idempotencyKey);
    if (refusal) return refusal;
    if (draft.claimId !== null) return this.saveAgain(draft.claimId, draft, author);
    if (!author.claimantIds.includes(draft.claimantId)) throw new NotFound('Claimant', draft.claimantId);
    const claimant = await this.claimantOf(draft.claimantId);
    try {
      return await this.database.transaction(async (tx) => {
        const claim = this.newClaim(draft, claimant, author.userId);
        await this.claims.insert(tx, claim);
        await this.attach(tx, draft.content, author);
        return claim.id;
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The first save, sent again because its answer was lost.
      const known = await this.database.transaction((tx) =>
        this.claims.byKey(tx, author.userId, draft.idempotencyKey),
      );
      const { id, claimantId, content, revision } = present(known, 'the claim saved under this key');
      // Whatever else was typed under the same key must not look saved.
      const isSame = claimantId === draft.claimantId && isDeepStrictEqual(content, draft.content);
      return isSame ? id : new ClaimChangedError(revision);
    }
  }

  /** Hands the claim in, as it was last saved. Handed in again, nothing happens. */
  async submit(
    claimId: string,
    revision: number,
    author: Author,
  ): Promise<ClaimId | InvalidInputError | ClaimStateError | ClaimChangedError | InvoiceUsedError> {
    const seen = await this.database.transaction((tx) => this.claims.lock(tx, claimId, author));
    if (!seen) throw new NotFound('Claim', claimId);
    const claimant = { kind: seen.claimantKind, id: seen.claimantId, countyCode: seen.countyCode };
    const finds = await this.lookups.find(seen.content, claimant, [author.userId, seen.createdBy]);
    const now = this.clock.now();
    const isPhone = (text: string) => normalisePhone(text) !== null;
    const placed = placeClaim(seen.content, claimant, finds, now, isPhone);

    return this.database.transaction(async (tx) => {
      const claim = present(await this.claims.lock(tx, claimId, author), 'a claim that was there');
      if (claim.state === 'SUBMITTED' && claim.revision === revision) return claim.id;
      if (!OPEN.includes(claim.state)) return new ClaimStateError(claim.state);
      // What was looked up above is what was saved then.
      if (claim.revision !== revision || seen.revision !== revision)
        return new ClaimChangedError(claim.revision);
      if (refused(placed)) return placed;
      const taken = await this.takeInvoices(tx, claim.id, placed, now);
      if (taken) return taken;
      await this.handIn(tx, claim, placed, author.userId, now);
      return claim.id;
    });
  }

  private async handIn(
    tx: Tx,
    claim: Claim,
    placed: PlacedClaim,
    userId: IdOf<'usr'>,
    now: Date,
  ): Promise<void> {
    const buyerKey = this.lookups.buyerKeyOf(placed);
    const lines = await this.claims.replaceParts(tx, claim.id, placed);
    await this.twins.forget(tx, claim.id);
    await this.claims.update(tx, claim.id, {
      state: 'SUBMITTED',
      totalFen: sumFen(placed.lines.map(({ amountFen }) => amountFen)),
      lineCount: placed.lines.length,
      buyerName: placed.buyerName,
      buyerKey,
      submittedBy: userId,
      submittedAt: now,
      updatedAt: now,
    });
    await this.claims.addStep(tx, claim.id, { act: 'SUBMITTED', actorId: userId }, now);
    // Looked at early, so that reviewers see both sides from the beginning; what comes later is found when it is approved.
    await this.twins.suspect(tx, claim, lines, buyerKey);
  }

  private async takeInvoices(
    tx: Tx,
    claimId: ClaimId,
    { evidence }: PlacedClaim,
    at: Date,
  ): Promise<InvoiceUsedError | null> {
    const invoiceNos = evidence.flatMap(({ invoiceNo }) => (invoiceNo === '' ? [] : [invoiceNo]));
    await this.invoices.giveBack(tx, claimId);
    const used = await this.invoices.used(tx, invoiceNos);
    const [first] = [...used].toSorted();
    if (first !== undefined) return new InvoiceUsedError(first);
    const claims = invoiceNos.map((invoiceNo) => ({ invoiceNo, subjectId: claimId }));
    await this.invoices.take(tx, 'CLAIM', claims, at);
    return null;
  }

  private saveAgain(
    claimId: string,
    { content, revision }: ClaimDraft,
    author: Author,
  ): Promise<ClaimId | ClaimStateError | ClaimChangedError> {
    return this.database.transaction(async (tx) => {
      const claim = await this.claims.lock(tx, claimId, author);
      if (!claim) throw new NotFound('Claim', claimId);
      if (!OPEN.includes(claim.state)) return new ClaimStateError(claim.state);
      const isSame = isDeepStrictEqual(claim.content, content);
      // Its answer was lost, so it comes again.
      if (isSame && claim.revision === revision + 1) return claim.id;
      if (claim.revision !== revision) return new ClaimChangedError(claim.revision);
      await this.claims.saveContent(tx, claim.id, content, revision + 1, this.clock.now());
      await this.attach(tx, content, author);
      return claim.id;
    });
  }

  /** A draft may lie for weeks, and its papers with it. Whose they are is asked when it is handed in. */
  private async attach(tx: Tx, { evidence }: ClaimContent, { userId }: Author): Promise<void> {
    const ids = new Set(evidence.map(({ fileId }) => fileId ?? ''));
    ids.delete('');
    await this.files.attach(tx, [...ids], userId);
  }

  private async claimantOf(id: string): Promise<Claimant> {
    if (!id.startsWith('mer_')) return { kind: 'DIVISION', id, countyCode: id };
    const merchant = await this.merchants.byId(id);
    if (!merchant) throw new NotFound('Claimant', id);
    return { kind: 'MERCHANT', id, countyCode: merchant.countyCode };
  }

  private newClaim(draft: ClaimDraft, claimant: Claimant, userId: IdOf<'usr'>): Claim {
    const now = this.clock.now();
    return {
      id: newId('clm'),
      idempotencyKey: draft.idempotencyKey,
      claimantKind: claimant.kind,
      claimantId: claimant.id,
      countyCode: claimant.countyCode,
      state: 'DRAFT',
      content: draft.content,
      revision: 1,
      totalFen: 0n,
      lineCount: 0,
      buyerName: '',
      buyerKey: '',
      createdBy: userId,
      createdAt: now,
      updatedAt: now,
      submittedBy: null,
      submittedAt: null,
      decidedBy: null,
    };
  }
}
