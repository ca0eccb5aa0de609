import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
  refuseKey,
  refused,
} from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { StoredFileService } from '#platform/files';
import { MerchantApplicationAccountRepository } from './merchant-application-account.repository.js';
import {
  MerchantApplicationChangedError,
  MerchantApplicationStateError,
} from './merchant-application.errors.js';
import type {
  ApplicationContent,
  MerchantApplication,
  MerchantApplicationId,
} from './merchant-application.entity.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import {
  EDITABLE,
  type LooseContent,
  type PlacedApplication,
  UNDECIDED,
  contentOf,
  placeApplication,
  refuseSize,
} from './merchant-application.rules.js';
import { paperFilesOf } from './merchant-paper.rules.js';
import { MerchantRepository } from './merchant.repository.js';
import { creditCodeTaken } from './merchant.rules.js';

export interface ApplicationDraft {
  /** Null for the first save. */
  readonly applicationId?: string | null;
  readonly idempotencyKey: string;
  /** What the author has seen; 0 for the first save. */
  readonly revision: number;
  readonly content: LooseContent;
}

type Outcome<R = never> =
  | MerchantApplicationId
  | R
  | MerchantApplicationStateError
  | MerchantApplicationChangedError;

/** A person represents a few businesses; whoever has more open is trying something out. Two saves at once may make one more. */
const UNDECIDED_MAX = 20;

const underContent = { ...creditCodeTaken, path: 'content.creditCode' };

/** The applicant's side: typed bit by bit, kept as it is, checked when it is handed in. */
@Injectable()
export class MerchantApplicationService {
  constructor(
    private readonly database: Database,
    private readonly applications: MerchantApplicationRepository,
    private readonly accounts: MerchantApplicationAccountRepository,
    private readonly merchants: MerchantRepository,
    private readonly divisions: DivisionReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Nothing that is typed is lost: whatever fits is kept, complete or not. The same save again changes nothing. */
  async saveDraft(draft: ApplicationDraft, userId: IdOf<'usr'>): Promise<Outcome<InvalidInputError>> {
    const content = contentOf(draft.content);
    const refusal = refuseSize(content) ?? refuseKey(draft.idempotencyKey);
    if (refusal) return refusal;
    const { applicationId, idempotencyKey, revision } = draft;
    if (applicationId) return this.saveAgain(applicationId, content, revision, userId);
    try {
      return await this.database.transaction((tx) => this.saveFirst(tx, content, idempotencyKey, userId));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The first save, sent again because its answer was lost.
      const known = await this.database.transaction((tx) =>
        this.applications.byKey(tx, userId, idempotencyKey),
      );
      const first = present(known, 'the application saved under this key');
      // Whatever else was typed under the same key must not look saved.
      return isDeepStrictEqual(first.content, content)
        ? first.id
        : new MerchantApplicationChangedError(first.revision);
    }
  }

  /** Hands it in, as it was last saved. Handed in again, nothing happens. */
  async submit(id: string, revision: number, userId: IdOf<'usr'>): Promise<Outcome<InvalidInputError>> {
    const seen = await this.database.transaction((tx) => this.applications.lockOwn(tx, id, userId));
    if (!seen) throw new NotFound('MerchantApplication', id);
    const placed = await this.place(seen.content, userId);
    try {
      return await this.database.transaction(async (tx) => {
        const application = present(await this.applications.lockOwn(tx, id, userId), 'it was there');
        if (application.state === 'SUBMITTED' && application.revision === revision) return application.id;
        if (!EDITABLE.includes(application.state))
          return new MerchantApplicationStateError(application.state);
        // What was looked up above is what was saved then.
        if (application.revision !== revision || seen.revision !== revision)
          return new MerchantApplicationChangedError(application.revision);
        if (refused(placed)) return placed;
        if (await this.merchants.isRegistered(tx, placed.creditCode))
          return new InvalidInputError([underContent]);
        await this.handIn(tx, application, placed, userId);
        return application.id;
      });
    } catch (error) {
      // Another application for it waits: the unique key decides, not a look beforehand.
      if (isDuplicate(error)) return new InvalidInputError([appliedFor]);
      throw error;
    }
  }

  /** Wanted no longer. Withdrawn again, nothing happens. */
  withdraw(id: string, userId: IdOf<'usr'>): Promise<MerchantApplicationId | MerchantApplicationStateError> {
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockOwn(tx, id, userId);
      if (!application) throw new NotFound('MerchantApplication', id);
      if (application.state === 'WITHDRAWN') return application.id;
      if (!UNDECIDED.includes(application.state)) return new MerchantApplicationStateError(application.state);
      const now = this.clock.now();
      const over = { state: 'WITHDRAWN', openCreditCode: null, updatedAt: now } as const;
      await this.applications.update(tx, application.id, over);
      await this.applications.addStep(tx, application.id, { act: 'WITHDRAWN', actorId: userId }, now);
      await this.accounts.remove(tx, [application.id]);
      return application.id;
    });
  }

  /** Joins: whoever is forgotten has applied for nothing any more. That something was refused, when and why stays, without what was typed. */
  async forgetApplicant(tx: Tx, userId: string): Promise<void> {
    const now = this.clock.now();
    const forgotten = await this.applications.lockUnapproved(tx, userId);
    for (const { id, state } of forgotten) {
      const isOpen = UNDECIDED.includes(state);
      const actorId = userId as IdOf<'usr'>;
      await this.applications.update(tx, id, {
        content: contentOf({ papers: [] }),
        name: '',
        openCreditCode: null,
        ...(isOpen ? { state: 'WITHDRAWN', updatedAt: now } : {}),
      });
      if (isOpen) await this.applications.addStep(tx, id, { act: 'WITHDRAWN', actorId }, now);
    }
    await this.accounts.remove(
      tx,
      forgotten.map(({ id }) => id),
    );
    // Their papers go the way of what nobody shows, but for those of a merchant that came of it.
    const kept = (await this.applications.approvedOf(tx, userId)).flatMap(({ content }) =>
      paperFilesOf(content),
    );
    await this.files.release(tx, ['map', ...forgotten.map(({ id }) => id)], userId, kept);
  }

  private async saveFirst(
    tx: Tx,
    content: ApplicationContent,
    idempotencyKey: string,
    userId: IdOf<'usr'>,
  ): Promise<MerchantApplicationId | InvalidInputError> {
    const now = this.clock.now();
    const application: MerchantApplication = {
      id: newId('map'),
      idempotencyKey,
      createdBy: userId,
      state: 'DRAFT',
      content,
      revision: 1,
      name: '',
      countyCode: '',
      openCreditCode: null,
      merchantId: null,
      createdAt: now,
      updatedAt: now,
      submittedAt: null,
      recommendedBy: null,
      decidedBy: null,
    };
    // Before it is counted, so that the first save sent again is known by its key although there are enough by now.
    await this.applications.insert(tx, application);
    if ((await this.applications.countUndecided(tx, userId)) > UNDECIDED_MAX)
      return new InvalidInputError([tooManyOpen]);
    await this.files.attach(tx, paperFilesOf(content), userId, application.id);
    return application.id;
  }

  private saveAgain(
    id: string,
    content: ApplicationContent,
    revision: number,
    userId: IdOf<'usr'>,
  ): Promise<Outcome> {
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockOwn(tx, id, userId);
      if (!application) throw new NotFound('MerchantApplication', id);
      if (!EDITABLE.includes(application.state)) return new MerchantApplicationStateError(application.state);
      const isSame = isDeepStrictEqual(application.content, content);
      // Its answer was lost, so it comes again.
      if (isSame && application.revision === revision + 1) return application.id;
      if (application.revision !== revision) return new MerchantApplicationChangedError(application.revision);
      await this.applications.saveContent(tx, application.id, content, revision + 1, this.clock.now());
      // A draft may lie for weeks, and its papers with it; what was taken out of it is nobody's paper any more.
      const papers = paperFilesOf(content);
      await this.files.attach(tx, papers, userId, application.id);
      await this.files.release(tx, [application.id], userId, papers);
      return application.id;
    });
  }

  private async place(
    content: ApplicationContent,
    userId: IdOf<'usr'>,
  ): Promise<PlacedApplication | InvalidInputError> {
    const codes = [content.countyCode ?? '', content.townshipCode ?? ''].filter((code) => code !== '');
    const [divisions, files] = await Promise.all([
      this.divisions.inForce(codes),
      this.files.byIds(paperFilesOf(content)),
    ]);
    return placeApplication(content, {
      divisions: new Map(divisions.map(({ code, level }) => [code, level])),
      files: new Set(files.filter(({ uploadedBy }) => uploadedBy === userId).map(({ id }) => id)),
      today: businessDay(this.clock.now()),
    });
  }

  private async handIn(
    tx: Tx,
    { id }: MerchantApplication,
    { name, creditCode, countyCode }: PlacedApplication,
    userId: IdOf<'usr'>,
  ): Promise<void> {
    const now = this.clock.now();
    await this.applications.update(tx, id, {
      state: 'SUBMITTED',
      name,
      countyCode,
      openCreditCode: creditCode,
      recommendedBy: null,
      decidedBy: null,
      submittedAt: now,
      updatedAt: now,
    });
    await this.applications.addStep(tx, id, { act: 'SUBMITTED', actorId: userId }, now);
    await this.audit.record(tx, {
      actorId: userId,
      act: 'merchant_application.submitted',
      subject: id,
      divisionCode: countyCode,
      detail: { name },
    });
  }
}

const appliedFor = {
  path: 'content.creditCode',
  message: {
    zh: '该统一社会信用代码已有一份申请在审，请等待结果或联系县级主管部门',
    en: 'Another application for this credit code waits; wait for it, or ask your county.',
  },
};

const tooManyOpen = {
  path: 'content',
  message: {
    zh: `至多同时有 ${UNDECIDED_MAX} 份未办结的申请，请先撤回不用的`,
    en: `At most ${UNDECIDED_MAX} applications are open at once; withdraw those you do not need.`,
  },
};
