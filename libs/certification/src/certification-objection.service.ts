import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, DAY_MS, type InvalidInputError, NotFound, newId, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type {
  CertificationApplication,
  CertificationApplicationId,
} from './certification-application.entity.js';
import { CertificationApplicationRepository } from './certification-application.repository.js';
import { NOBODYS, officeOf, refuseReason } from './certification-application.rules.js';
import { CertificationNewsService } from './certification-news.service.js';
import type { CertificationObjectionId } from './certification-objection.entity.js';
import { CertificationObjectionRepository } from './certification-objection.repository.js';
import {
  OBJECTIONS_MAX,
  OBJECTIONS_OF_PHONE_MAX,
  type ObjectionWish,
  digestOf,
  phoneOf,
  refuseObjection,
} from './certification-objection.rules.js';
import { type CertificationReviewer, CertificationReviewService } from './certification-review.service.js';
import {
  CertificationStateError,
  CertificationNoticeClosedError,
  CertificationObjectionDecidedError,
  OwnCertificationError,
  CertificationObjectionsFullError,
} from './certification.errors.js';

/** A year is enough to ask back, and to be asked what became of it. */
const CONTACT_KEPT_MS = 365 * DAY_MS;

export type ObjectionRefusal =
  | InvalidInputError
  | CertificationNoticeClosedError
  | CertificationObjectionsFullError;

export interface ObjectionVerdict {
  readonly objectionId: string;
  readonly isUpheld: boolean;
  readonly reason: string;
}

/** Anybody may say, with a way to reach them, what is wrong about a product on public notice; whoever has hung it out answers. */
@Injectable()
export class CertificationObjectionService {
  constructor(
    private readonly database: Database,
    private readonly applications: CertificationApplicationRepository,
    private readonly objections: CertificationObjectionRepository,
    private readonly review: CertificationReviewService,
    private readonly news: CertificationNewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same words of the same phone against the same notice again are the first ones. Throws NotFound for what was never on notice. */
  async object(
    applicationId: string,
    wish: ObjectionWish,
  ): Promise<CertificationObjectionId | ObjectionRefusal> {
    const refusal = refuseObjection(wish);
    if (refusal) return refusal;
    const contactPhone = phoneOf(wish.contactPhone) ?? wish.contactPhone;
    return this.database.transaction(async (tx) => {
      // It waits for whoever ends the notice, and whoever ends it or objects at the same time waits for this.
      const application = await this.applications.lockWithin(tx, applicationId, 'ALL');
      if (!application?.noticeFrom) throw new NotFound('CertificationNotice', applicationId);
      const { id: ofId, noticeFrom, noticeTo, state, revision } = application;
      const digest = digestOf(wish, noticeFrom);
      const known = await this.objections.byDigest(tx, ofId, digest);
      if (known) return known.id;
      const now = this.clock.now();
      if (state !== 'ON_NOTICE' || !noticeTo || noticeTo <= now) return new CertificationNoticeClosedError();
      const { all, ofPhone } = await this.objections.countsSince(tx, ofId, noticeFrom, contactPhone);
      if (all >= OBJECTIONS_MAX || ofPhone >= OBJECTIONS_OF_PHONE_MAX)
        return new CertificationObjectionsFullError();
      const id = newId('cob');
      await this.objections.insert(tx, {
        id,
        applicationId: ofId,
        revision,
        digest,
        body: wish.body.trim(),
        contactName: wish.contactName.trim(),
        contactPhone,
        state: 'OPEN',
        decidedBy: null,
        decidedAt: null,
        reason: '',
        createdAt: now,
      });
      return id;
    });
  }

  /** Upheld, the application goes back to be mended; dismissed, it hangs out on. Decided again alike, nothing happens. */
  decide(
    { objectionId, isUpheld, reason }: ObjectionVerdict,
    reviewer: CertificationReviewer,
  ): Promise<
    | CertificationApplicationId
    | InvalidInputError
    | CertificationObjectionDecidedError
    | CertificationStateError
    | OwnCertificationError
  > {
    const refusal = refuseReason(reason);
    if (refusal) return Promise.resolve(refusal);
    const state = isUpheld ? 'UPHELD' : 'DISMISSED';
    return this.database.transaction(async (tx) => {
      const applicationId = await this.objections.applicationOf(tx, objectionId, reviewer.divisions);
      const application = applicationId
        ? await this.applications.lockWithin(tx, applicationId, reviewer.divisions)
        : null;
      const objection = application ? await this.objections.byId(tx, objectionId) : null;
      if (!application || !objection) throw new NotFound('CertificationObjection', objectionId);
      if (objection.state === state && objection.decidedBy === reviewer.userId) return application.id;
      if (objection.state !== 'OPEN') return new CertificationObjectionDecidedError();
      const { desk } = application;
      if (application.state !== 'ON_NOTICE' || desk === null || !reviewer.desks.includes(desk))
        return new CertificationStateError(application.state);
      if (await this.review.isTooNear(tx, [application], reviewer.userId)) return new OwnCertificationError();
      const now = this.clock.now();
      const said = { state, decidedBy: reviewer.userId, reason: reason.trim(), at: now } as const;
      await this.objections.decide(tx, objection.id, said);
      await this.follow(tx, application, desk, isUpheld, said);
      await this.audit.record(tx, {
        actorId: reviewer.userId,
        act: 'certification.objection_decided',
        subject: application.id,
        divisionCode: application.countyCode,
        detail: { objectionId, state, reason: said.reason },
      });
      return application.id;
    });
  }

  /** Answers how many. */
  forgetContacts(limit: number): Promise<number> {
    const before = plus(this.clock.now(), -CONTACT_KEPT_MS);
    return this.database.transaction((tx) => this.objections.forgetContacts(tx, before, limit));
  }

  private async follow(
    tx: Tx,
    application: CertificationApplication,
    desk: string,
    isUpheld: boolean,
    { decidedBy, reason, at }: { decidedBy: CertificationReviewer['userId']; reason: string; at: Date },
  ): Promise<void> {
    const act = isUpheld ? 'OBJECTION_UPHELD' : 'OBJECTION_DISMISSED';
    const note = { act, actorId: decidedBy, office: officeOf(desk), reason } as const;
    await this.applications.addStep(tx, application, note, at);
    if (!isUpheld) return;
    await this.applications.update(tx, application.id, {
      ...NOBODYS,
      state: 'RETURNED',
      updatedAt: at,
    });
    await this.applications.voidObjections(tx, application.id, at);
    await this.news.tell(tx, 'RETURNED', [application], at);
  }
}
