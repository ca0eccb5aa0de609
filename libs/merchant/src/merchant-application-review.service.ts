import { Injectable } from '@nestjs/common';
import { AuditService, MembershipService, UserReader } from '#libs/identity';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  present,
  refused,
  refuseReturnedFields,
  type ReturnedField,
} from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import { MerchantApplicationAccountRepository } from './merchant-application-account.repository.js';
import {
  MerchantApplicationChangedError,
  MerchantApplicationStateError,
  OwnApplicationError,
} from './merchant-application.errors.js';
import type { MerchantApplication, MerchantApplicationId } from './merchant-application.entity.js';
import { type ApplicationRow, MerchantApplicationReader } from './merchant-application.reader.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { type ReviewAct, type ReviewStage, isTurnOf, refuseOpinion } from './merchant-application.rules.js';
import { MerchantLicenceService } from './merchant-licence.service.js';
import { merchantApplicationDecided } from './merchant.events.js';
import { creditCodeTaken } from './merchant.rules.js';
import { MerchantService } from './merchant.service.js';

export interface ApplicationReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may review. */
  readonly divisions: readonly string[] | 'ALL';
  /** For whom they speak. */
  readonly stages: readonly ReviewStage[];
}

/** What they have looked at, and say. */
export interface ApplicationVerdict {
  readonly applicationId: string;
  readonly revision: number;
  readonly reason: string;
}

export type ReviewRefusal =
  | InvalidInputError
  | MerchantApplicationStateError
  | MerchantApplicationChangedError
  | OwnApplicationError;

const NEXT_OF = {
  RECOMMENDED: 'RECOMMENDED',
  APPROVED: 'APPROVED',
  RETURNED: 'RETURNED',
  REFUSED: 'REFUSED',
} as const satisfies Record<ReviewAct, string>;

/** The county recommends, the platform approves; either sends back or refuses while it is its turn. Two reviewers at once decide once. */
@Injectable()
export class MerchantApplicationReviewService {
  constructor(
    private readonly database: Database,
    private readonly applications: MerchantApplicationRepository,
    private readonly accounts: MerchantApplicationAccountRepository,
    private readonly reader: MerchantApplicationReader,
    private readonly merchants: MerchantService,
    private readonly licences: MerchantLicenceService,
    private readonly memberships: MembershipService,
    private readonly users: UserReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  recommend(
    verdict: ApplicationVerdict,
    reviewer: ApplicationReviewer,
  ): Promise<MerchantApplicationId | ReviewRefusal> {
    return this.decide(verdict, reviewer, 'RECOMMENDED', async () => ({ recommendedBy: reviewer.userId }));
  }

  /** Sent back to be mended, field by field; then the county looks again. */
  returnForMending(
    verdict: ApplicationVerdict,
    fields: readonly ReturnedField[],
    reviewer: ApplicationReviewer,
  ): Promise<MerchantApplicationId | ReviewRefusal> {
    const refusal = refuseReturnedFields(fields);
    if (refusal) return Promise.resolve(refusal);
    return this.decide(verdict, reviewer, 'RETURNED', async () => ({ recommendedBy: null }), fields);
  }

  /** For good; the credit code is free for another application. */
  refuse(
    verdict: ApplicationVerdict,
    reviewer: ApplicationReviewer,
  ): Promise<MerchantApplicationId | ReviewRefusal> {
    return this.decide(verdict, reviewer, 'REFUSED', async (tx, { id }) => {
      await this.accounts.remove(tx, [id]);
      return { openCreditCode: null };
    });
  }

  /** From now on there is a merchant that may sell, and whoever applied is its owner. */
  async approve(
    verdict: Omit<ApplicationVerdict, 'reason'>,
    reviewer: ApplicationReviewer,
  ): Promise<MerchantApplicationId | ReviewRefusal> {
    try {
      return await this.decide({ ...verdict, reason: '' }, reviewer, 'APPROVED', async (tx, application) => {
        const merchantId = await this.admit(tx, application, reviewer.userId);
        return refused(merchantId) ? merchantId : { merchantId, openCreditCode: null };
      });
    } catch (error) {
      // Registered meanwhile on another way: the unique key decides.
      if (isDuplicate(error)) return new InvalidInputError([creditCodeTaken]);
      throw error;
    }
  }

  /** The application, and a note of who has looked; null outside the scope. */
  async look(
    id: string,
    { userId, divisions }: Pick<ApplicationReviewer, 'userId' | 'divisions'>,
  ): Promise<ApplicationRow | null> {
    const application = await this.reader.byId(id, { divisions });
    if (application)
      await this.audit.seen([
        {
          actorId: userId,
          act: 'merchant_application.seen',
          subject: application.id,
          scope: [application.countyCode],
        },
      ]);
    return application;
  }

  private async admit(tx: Tx, application: MerchantApplication, actorId: IdOf<'usr'>) {
    const { content, createdBy } = application;
    // Whoever was forgotten since owns nothing.
    if (!(await this.users.byId(createdBy, tx))) return new InvalidInputError([applicantGone]);
    const { kind, name, creditCode, countyCode, townshipCode, contactName, contactPhone } = content;
    const merchant = await this.merchants.admit(tx, {
      kind: present(kind, 'a kind'),
      name: present(name, 'a name').trim(),
      creditCode: present(creditCode, 'a credit code'),
      countyCode: present(countyCode, 'a county'),
      townshipCode: townshipCode === '' ? null : townshipCode,
      contactName: present(contactName, 'a contact').trim(),
      contactPhone: present(contactPhone, 'a phone'),
      processedFood: content.processedFood ?? 'NONE',
    });
    if (refused(merchant)) return merchant;
    const owner = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchant.id } as const;
    const refusal = await this.memberships.grantWithin(tx, createdBy, owner, actorId, merchant.countyCode);
    if (refusal) return new InvalidInputError([{ path: 'applicationId', message: refusal.message }]);
    await this.licences.keep(tx, application, merchant, { by: actorId, at: this.clock.now() });
    return merchant.id;
  }

  private decide(
    { applicationId, revision, reason }: ApplicationVerdict,
    { userId, divisions, stages }: ApplicationReviewer,
    act: ReviewAct,
    effect: (
      tx: Tx,
      application: MerchantApplication,
    ) => Promise<Partial<MerchantApplication> | InvalidInputError>,
    fields: readonly ReturnedField[] = [],
  ): Promise<MerchantApplicationId | ReviewRefusal> {
    const refusal = act === 'APPROVED' ? null : refuseOpinion(reason);
    if (refusal) return Promise.resolve(refusal);
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockWithin(tx, applicationId, divisions);
      if (!application) throw new NotFound('MerchantApplication', applicationId);
      const { id, state, createdBy, recommendedBy, decidedBy, countyCode } = application;
      const doneBy = act === 'RECOMMENDED' ? recommendedBy : decidedBy;
      if (state === NEXT_OF[act] && doneBy === userId) return id;
      if (!isTurnOf(state, act, stages)) return new MerchantApplicationStateError(state);
      if (createdBy === userId || recommendedBy === userId) return new OwnApplicationError();
      if (application.revision !== revision) return new MerchantApplicationChangedError(application.revision);
      const changes = await effect(tx, application);
      if (refused(changes)) return changes;
      const now = this.clock.now();
      const decided = act === 'RECOMMENDED' ? {} : { decidedBy: userId };
      await this.applications.update(tx, id, { state: NEXT_OF[act], updatedAt: now, ...decided, ...changes });
      const said = reason.trim();
      await this.applications.addStep(tx, id, { act, actorId: userId, reason: said, fields }, now);
      await this.audit.record(tx, {
        actorId: userId,
        act: `merchant_application.${act.toLowerCase()}`,
        subject: id,
        divisionCode: countyCode,
        detail: { reason: said, merchantId: changes.merchantId ?? '' },
      });
      await emit(tx, merchantApplicationDecided({ applicationId: id, userId: createdBy, act }, now));
      return id;
    });
  }
}

const applicantGone = {
  path: 'applicationId',
  message: {
    zh: '申请人已注销账号，无法通过；请驳回该申请',
    en: 'The applicant has deleted their account; refuse the application.',
  },
};
