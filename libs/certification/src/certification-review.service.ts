import { Injectable } from '@nestjs/common';
import { AuditService, MembershipReader } from '#libs/identity';
import {
  Clock,
  DAY_MS,
  type IdOf,
  type InvalidInputError,
  NotFound,
  type ReturnedField,
  plus,
  refuseReturnedFields,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type {
  CertificationApplication,
  CertificationApplicationId,
} from './certification-application.entity.js';
import {
  CertificationApplicationReader,
  type CertificationApplicationRow,
} from './certification-application.reader.js';
import {
  CertificationApplicationRepository,
  type CertificationStepNote,
} from './certification-application.repository.js';
import {
  NOBODYS,
  type Turn,
  officeOf,
  refuseReason,
  standsNear,
  turnAt,
} from './certification-application.rules.js';
import { CertificationNewsService } from './certification-news.service.js';
import {
  CertificationChangedError,
  CertificationStateError,
  OwnCertificationError,
} from './certification.errors.js';

export interface CertificationReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may look. */
  readonly divisions: readonly string[] | 'ALL';
  /** Where they sit. */
  readonly desks: readonly string[];
}

/** What they have looked at, and say. */
export interface CertificationVerdict {
  readonly applicationId: string;
  readonly revision: number;
  readonly reason: string;
}

export type CertificationRefusal =
  | InvalidInputError
  | CertificationStateError
  | CertificationChangedError
  | OwnCertificationError;

type Decided = Promise<CertificationApplicationId | CertificationRefusal>;

/** Notices that end by one tick of the clock. */
const NOTICES_MAX = 100;

/** Each step is decided by somebody who sits at its desk. Two at once decide once, and each decision is about the revision that was looked at. */
@Injectable()
export class CertificationReviewService {
  constructor(
    private readonly database: Database,
    private readonly applications: CertificationApplicationRepository,
    private readonly reader: CertificationApplicationReader,
    private readonly memberships: MembershipReader,
    private readonly news: CertificationNewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** To the next desk, to public notice, or to those who announce. */
  pass(verdict: CertificationVerdict, reviewer: CertificationReviewer): Decided {
    return this.decide(verdict, reviewer, 'PASSED', (tx, application, now) =>
      this.turnTo(tx, application, application.stepNo + 1, now),
    );
  }

  /** Back to be mended, field by field; then the chain begins again. */
  returnForMending(
    verdict: CertificationVerdict,
    fields: readonly ReturnedField[],
    reviewer: CertificationReviewer,
  ): Decided {
    const refusal = refuseReturnedFields(fields);
    if (refusal) return Promise.resolve(refusal);
    return this.decide(
      verdict,
      reviewer,
      'RETURNED',
      (tx, { id }, now) =>
        this.applications.update(tx, id, { ...NOBODYS, state: 'RETURNED', updatedAt: now }),
      fields,
    );
  }

  /** For good; it may be applied for anew. */
  refuse(verdict: CertificationVerdict, reviewer: CertificationReviewer): Decided {
    return this.decide(verdict, reviewer, 'REFUSED', (tx, { id }, now) =>
      this.applications.update(tx, id, { ...NOBODYS, state: 'REFUSED', updatedAt: now }),
    );
  }

  /** What has hung out its time, and of which nobody's objection is open, goes on. Answers how many. */
  async endNotices(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const over = await this.applications.lockNoticed(tx, now, NOTICES_MAX);
      for (const application of over) {
        await this.applications.addStep(tx, application, { act: 'NOTICE_ENDED', actorId: null }, now);
        await this.turnTo(tx, application, application.stepNo + 1, now);
      }
      return over.length;
    });
  }

  /** The application, and a note of who has looked; null outside the scope. */
  async look(
    id: string,
    { userId, divisions }: Pick<CertificationReviewer, 'userId' | 'divisions'>,
  ): Promise<CertificationApplicationRow | null> {
    const application = await this.reader.byId(id, { divisions });
    if (application)
      await this.audit.seen([
        {
          actorId: userId,
          act: 'certification.seen',
          subject: application.id,
          scope: [application.countyCode],
        },
      ]);
    return application;
  }

  /** Whether somebody stands too near to any of these to decide. Read in the transaction. */
  async isTooNear(
    tx: Tx,
    applications: readonly Pick<CertificationApplication, 'createdBy' | 'submittedBy' | 'merchantId'>[],
    userId: IdOf<'usr'>,
  ): Promise<boolean> {
    const merchantIds = await this.memberships.merchantIdsOf(userId, tx);
    return applications.some((each) => standsNear(each, { userId, merchantIds }));
  }

  private async turnTo(
    tx: Tx,
    application: CertificationApplication,
    stepNo: number,
    now: Date,
  ): Promise<void> {
    const { id, chain, countyCode, content } = application;
    const turn: Turn = turnAt(chain, stepNo, { countyCode, townshipCode: content.townshipCode });
    const notice = turn.days === null ? {} : { noticeFrom: now, noticeTo: plus(now, turn.days * DAY_MS) };
    await this.applications.update(tx, id, {
      state: turn.state,
      stepNo,
      desk: turn.desk,
      waitingSince: now,
      updatedAt: now,
      ...notice,
    });
    if (turn.days !== null)
      await this.applications.addStep(
        tx,
        { id, revision: application.revision, stepNo },
        { act: 'NOTICE_BEGUN', actorId: null },
        now,
      );
  }

  private async decide(
    { applicationId, revision, reason }: CertificationVerdict,
    { userId, divisions, desks }: CertificationReviewer,
    act: 'PASSED' | 'RETURNED' | 'REFUSED',
    effect: (tx: Tx, application: CertificationApplication, now: Date) => Promise<void>,
    fields: readonly ReturnedField[] = [],
  ): Decided {
    const refusal = refuseReason(reason);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockWithin(tx, applicationId, divisions);
      if (!application) throw new NotFound('CertificationApplication', applicationId);
      const { id, state, desk, stepNo } = application;
      const last = await this.applications.lastStep(tx, id);
      // Its answer was lost, so it comes again.
      if (
        last?.act === act &&
        last.actorId === userId &&
        last.revision === revision &&
        last.reason === reason.trim()
      )
        return id;
      const isTurn = desk !== null && desks.includes(desk);
      // A notice is passed by time alone; whoever hears its objections may still stop it.
      if (!isTurn || (act === 'PASSED' && state !== 'IN_REVIEW')) return new CertificationStateError(state);
      if (await this.isTooNear(tx, [application], userId)) return new OwnCertificationError();
      if (act === 'PASSED' && (await this.applications.hasDecided(tx, id, userId)))
        return new OwnCertificationError();
      if (application.revision !== revision) return new CertificationChangedError(application.revision);
      const now = this.clock.now();
      const note: CertificationStepNote = {
        act,
        actorId: userId,
        office: officeOf(desk),
        reason: reason.trim(),
        fields,
      };
      await this.applications.addStep(tx, { id, revision, stepNo }, note, now);
      await effect(tx, application, now);
      if (act !== 'PASSED') {
        await this.applications.voidObjections(tx, id, now);
        await this.news.tell(tx, act, [application], now);
      }
      await this.audit.record(tx, {
        actorId: userId,
        act: `certification.${act.toLowerCase()}`,
        subject: id,
        divisionCode: application.countyCode,
        detail: { reason: reason.trim(), desk, stepNo },
      });
      return id;
    });
  }
}
