import { Injectable } from '@nestjs/common';
import { AuditService, MembershipReader, TeamService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, assert, businessDay, newId } from '#libs/kernel';
import {
  type LockedMerchant,
  MerchantStandingService,
  MerchantStateError,
  refuseReason,
} from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { ClosureObstacleReader } from './closure-obstacle.reader.js';
import type { ClosureAsker, MerchantClosure, MerchantClosureId } from './merchant-closure.entity.js';
import { ClosureByOfficeError, ClosureObstaclesError, OwnClosureError } from './merchant-closure.errors.js';
import { merchantClosureChanged } from './merchant-closure.events.js';
import { MerchantClosureRepository } from './merchant-closure.repository.js';
import { mayReopen, papersKeptUntil } from './merchant-closure.rules.js';

/** Whoever wants it, as what, and of which divisions they answer for merchants; of an owner it is looked up whether they own this one. */
export interface ClosureActor {
  readonly userId: IdOf<'usr'>;
  readonly as: ClosureAsker;
  readonly scope: readonly string[] | 'ALL';
}

/**
 * A merchant ceases to sell. Asked for, it sells nothing from that moment on, and what is open of it comes to its end as ever; once nothing is open, somebody else makes it
 * final. Everything takes turns by the merchant's row, and done again changes nothing. Throws NotFound for merchants of others.
 */
@Injectable()
export class MerchantClosureService {
  constructor(
    private readonly database: Database,
    private readonly closures: MerchantClosureRepository,
    private readonly obstacles: ClosureObstacleReader,
    private readonly standings: MerchantStandingService,
    private readonly teams: TeamService,
    private readonly memberships: MembershipReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** An office that asks for what an owner has asked for makes it its own: then no owner takes it back. */
  ask(
    merchantId: string,
    reason: string,
    by: ClosureActor,
  ): Promise<MerchantClosureId | InvalidInputError | MerchantStateError> {
    return this.within(merchantId, by, async (tx, merchant) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const { id: lockedId, state } = merchant;
      const now = this.clock.now();
      const said = { reason: reason.trim(), askedBy: by.userId, askedAt: now };
      const latest = await this.closures.latestOf(tx, lockedId);
      if (state === 'CLOSING' && latest) {
        if (by.as === 'OWNER' || latest.askedAs === 'OFFICE') return latest.id;
        await this.closures.takeOver(tx, latest.id, said);
        await this.tell(tx, latest.id, merchant, { by, act: 'taken_over', reason: said.reason });
        return latest.id;
      }
      if (state !== 'ACTIVE' && state !== 'SUSPENDED') return new MerchantStateError(state);
      const closure: MerchantClosure = {
        id: newId('mcl'),
        merchantId: lockedId,
        openMerchantId: lockedId,
        state: 'OPEN',
        askedAs: by.as,
        ...said,
        fromState: state,
        endedBy: null,
        endedAt: null,
        endedReason: '',
        papersKeptUntil: null,
      };
      await this.closures.insert(tx, closure);
      await this.standings.moveForClosure(tx, merchant, 'CLOSING', now);
      await this.tell(tx, closure.id, merchant, { by, act: 'asked', reason: said.reason });
      return closure.id;
    });
  }

  /** Back to how it stood before: whoever was suspended is suspended again. Nothing takes back what is final. */
  reopen(
    merchantId: string,
    reason: string,
    by: ClosureActor,
  ): Promise<MerchantClosureId | InvalidInputError | MerchantStateError | ClosureByOfficeError> {
    return this.within(merchantId, by, async (tx, merchant) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const latest = await this.closures.latestOf(tx, merchant.id);
      if (merchant.state !== 'CLOSING' || !latest)
        return latest?.state === 'REOPENED' ? latest.id : new MerchantStateError(merchant.state);
      if (!mayReopen(by.as, latest.askedAs)) return new ClosureByOfficeError();
      const now = this.clock.now();
      const said = reason.trim();
      await this.closures.reopen(tx, latest.id, by.userId, now, said);
      await this.standings.moveForClosure(tx, merchant, latest.fromState, now);
      await this.tell(tx, latest.id, merchant, { by, act: 'reopened', reason: said });
      return latest.id;
    });
  }

  /**
   * For good, by an official. What is open is looked at before the lock: as long as the merchant is closing nothing new comes about, because nothing of it can be ordered, and
   * what was ordered is in the way itself until its after-sale window is over. What comes later (a bank that takes a payment back) is seen to as ever.
   */
  async finish(
    merchantId: string,
    by: Omit<ClosureActor, 'as'>,
  ): Promise<MerchantClosureId | MerchantStateError | ClosureObstaclesError | OwnClosureError> {
    const obstacles = await this.obstacles.of(merchantId as LockedMerchant['id']);
    return this.within(merchantId, { ...by, as: 'OFFICE' }, async (tx, merchant) => {
      const latest = await this.closures.latestOf(tx, merchant.id);
      if (merchant.state === 'CLOSED' && latest) return latest.id;
      if (merchant.state !== 'CLOSING') return new MerchantStateError(merchant.state);
      assert(latest, `${merchant.id} is closing because somebody has asked`);
      const own = await this.memberships.merchantIdsOf(by.userId, tx);
      if (latest.askedBy === by.userId || own.includes(merchant.id)) return new OwnClosureError();
      if (obstacles.length > 0) return new ClosureObstaclesError(obstacles);
      const now = this.clock.now();
      await this.closures.finish(tx, latest.id, by.userId, now, papersKeptUntil(businessDay(now)));
      await this.standings.moveForClosure(tx, merchant, 'CLOSED', now);
      await this.tell(tx, latest.id, merchant, { by, act: 'finished', reason: '' });
      return latest.id;
    });
  }

  private within<Answer>(
    merchantId: string,
    { userId, as, scope }: ClosureActor,
    work: (tx: Tx, merchant: LockedMerchant) => Promise<Answer>,
  ): Promise<Answer> {
    return this.database.transaction(async (tx) => {
      // A token tells of roles as they were ten minutes ago.
      if (as === 'OWNER') await this.teams.lockOf(tx, merchantId, userId);
      const merchant = await this.standings.lockForClosure(tx, merchantId, scope);
      if (!merchant) throw new NotFound('Merchant', merchantId);
      return work(tx, merchant);
    });
  }

  private async tell(
    tx: Tx,
    closureId: MerchantClosureId,
    { id, countyCode }: LockedMerchant,
    {
      by,
      act,
      reason,
    }: { readonly by: Pick<ClosureActor, 'userId'>; readonly act: string; readonly reason: string },
  ): Promise<void> {
    await this.audit.record(tx, {
      actorId: by.userId,
      act: `merchant_closure.${act}`,
      subject: id,
      divisionCode: countyCode,
      detail: { reason },
    });
    const owners = await this.memberships.ownersOf([id], tx);
    const at = this.clock.now();
    await emit(tx, ...owners.map(({ userId }) => merchantClosureChanged({ closureId, userId }, at)));
  }
}
