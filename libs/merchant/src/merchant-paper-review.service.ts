import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { type StoredFile, StoredFileService } from '#platform/files';
import { refuseOpinion } from './merchant-application.rules.js';
import { MerchantLicenceService } from './merchant-licence.service.js';
import type { MerchantPaper, MerchantPaperId } from './merchant-paper.entity.js';
import { MerchantPaperStateError, OwnPaperError } from './merchant-paper.errors.js';
import { MerchantPaperReader, type MerchantPaperRow, type PaperScope } from './merchant-paper.reader.js';
import { MerchantPaperRepository } from './merchant-paper.repository.js';
import { merchantPaperDecided } from './merchant.events.js';
import { type LockedMerchant, MerchantRepository } from './merchant.repository.js';

export interface PaperReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may review. */
  readonly divisions: readonly string[] | 'ALL';
}

type Decided = MerchantPaperId | InvalidInputError | MerchantPaperStateError | OwnPaperError;

/** Whether what was brought counts from now on. Two reviewers at once decide once; nobody decides about a merchant of their own. */
@Injectable()
export class MerchantPaperReviewService {
  constructor(
    private readonly database: Database,
    private readonly papers: MerchantPaperRepository,
    private readonly reader: MerchantPaperReader,
    private readonly merchants: MerchantRepository,
    private readonly licences: MerchantLicenceService,
    private readonly memberships: MembershipReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** It takes the place of the one before, which stays on record. */
  accept(paperId: string, reviewer: PaperReviewer): Promise<Decided> {
    return this.decide(paperId, 'ACCEPTED', '', reviewer, async (tx, paper, merchant) => {
      if (paper.endsOn !== null && paper.endsOn < businessDay(this.clock.now()))
        return new InvalidInputError([endedMeanwhile]);
      await this.papers.decide(
        tx,
        paper.id,
        { state: 'ACCEPTED', decidedBy: reviewer.userId, reason: '' },
        this.clock.now(),
      );
      await this.licences.recount(tx, merchant);
      return paper.id;
    });
  }

  /** What was there before counts as it did; the owner brings another one. */
  giveBack(paperId: string, reason: string, reviewer: PaperReviewer): Promise<Decided> {
    const refusal = refuseOpinion(reason);
    if (refusal) return Promise.resolve(refusal);
    const said = reason.trim();
    return this.decide(paperId, 'RETURNED', said, reviewer, async (tx, paper) => {
      await this.papers.decide(
        tx,
        paper.id,
        { state: 'RETURNED', decidedBy: reviewer.userId, reason: said },
        this.clock.now(),
      );
      return paper.id;
    });
  }

  /** The paper, and a note of who has looked; null outside the scope. */
  async look(id: string, { userId, divisions }: PaperReviewer): Promise<MerchantPaperRow | null> {
    const paper = await this.reader.byId(id, { divisions });
    if (paper)
      await this.audit.seen([
        { actorId: userId, act: 'merchant_paper.seen', subject: paper.id, scope: [paper.countyCode] },
      ]);
    return paper;
  }

  /** A file of it. Whose merchant it is looks without a note. */
  async open(
    paperId: string,
    fileId: string,
    scope: PaperScope,
    actorId: IdOf<'usr'>,
  ): Promise<{ readonly file: StoredFile; readonly bytes: Readable }> {
    const paper = await this.reader.byId(paperId, scope);
    const file = paper && (await this.reader.fileOf(paper, fileId));
    const bytes = file ? await this.files.open(file) : null;
    if (!paper || !file || !bytes) throw new NotFound('File', fileId);
    if ('divisions' in scope)
      await this.audit.seen([
        {
          actorId,
          act: 'merchant_paper.file_seen',
          subject: paper.id,
          scope: [paper.countyCode],
          detail: { fileId },
        },
      ]);
    return { file, bytes };
  }

  private async decide(
    paperId: string,
    act: 'ACCEPTED' | 'RETURNED',
    reason: string,
    { userId, divisions }: PaperReviewer,
    effect: (tx: Tx, paper: MerchantPaper, merchant: LockedMerchant) => Promise<Decided>,
  ): Promise<Decided> {
    // Of which merchant it is never changes, so it may be looked up before the locks.
    const seen = await this.reader.byId(paperId, { divisions });
    if (!seen) throw new NotFound('MerchantPaper', paperId);
    return this.database.transaction(async (tx) => {
      // The merchant before its papers: two kinds that are accepted at once are counted one after the other.
      const merchant = await this.merchants.lockWithin(tx, seen.merchantId, divisions);
      const paper = merchant && (await this.papers.lockOf(tx, paperId, [merchant.id]));
      if (!paper) throw new NotFound('MerchantPaper', paperId);
      if (paper.state === act && paper.decidedBy === userId && paper.reason === reason) return paper.id;
      if (paper.state !== 'WAITING') return new MerchantPaperStateError(paper.state);
      if (await this.isOwn(tx, paper, userId)) return new OwnPaperError();
      const done = await effect(tx, paper, merchant);
      if (typeof done !== 'string') return done;
      await this.audit.record(tx, {
        actorId: userId,
        act: `merchant_paper.${act.toLowerCase()}`,
        subject: paper.id,
        divisionCode: merchant.countyCode,
        detail: { merchantId: merchant.id, kind: paper.kind, endsOn: paper.endsOn ?? '', reason },
      });
      const owners = await this.memberships.ownersOf([merchant.id], tx);
      const at = this.clock.now();
      await emit(
        tx,
        ...owners.map((owner) => merchantPaperDecided({ paperId: done, userId: owner.userId }, at)),
      );
      return done;
    });
  }

  private async isOwn(
    tx: Tx,
    { broughtBy, merchantId }: MerchantPaper,
    userId: IdOf<'usr'>,
  ): Promise<boolean> {
    return broughtBy === userId || (await this.memberships.merchantIdsOf(userId, tx)).includes(merchantId);
  }
}

const endedMeanwhile = {
  path: 'paperId',
  message: {
    zh: '该证照在等待期间已过期，请退回并请商户提交新证照',
    en: 'It has ended while it waited; return it, so that another one is brought.',
  },
};
