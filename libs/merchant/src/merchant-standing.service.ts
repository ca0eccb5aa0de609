import { Injectable } from '@nestjs/common';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { MerchantId, MerchantState } from './merchant.entity.js';
import { MerchantStateError } from './merchant.errors.js';
import {
  merchantClosed,
  merchantClosing,
  merchantReinstated,
  merchantReopened,
  merchantStandingChanged,
  merchantSuspended,
} from './merchant.events.js';
import { type LockedMerchant, MerchantRepository } from './merchant.repository.js';
import { refuseReason } from './merchant.rules.js';

/** Whoever decides it, and of which divisions they answer for merchants. */
export interface Supervisor {
  readonly userId: IdOf<'usr'>;
  readonly scope: readonly string[] | 'ALL';
}

type Standing = MerchantId | InvalidInputError | MerchantStateError;

/**
 * Whether a merchant may sell. What is sold already stays sold: parcels go out, cases are answered and shares paid as before. Done again it changes nothing.
 * Throws NotFound for merchants of other divisions.
 */
@Injectable()
export class MerchantStandingService {
  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantRepository,
    private readonly memberships: MembershipReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  suspend(merchantId: string, reason: string, by: Supervisor): Promise<Standing> {
    return this.change(merchantId, reason, by, async (tx, { id, state, countyCode }, said) => {
      if (state === 'SUSPENDED') return id;
      if (state !== 'ACTIVE') return new MerchantStateError(state);
      const at = this.clock.now();
      await this.merchants.moveState(tx, id, ['ACTIVE'], 'SUSPENDED');
      await this.merchants.insertSuspension(tx, {
        id: newId('msu'),
        merchantId: id,
        reason: said,
        suspendedBy: by.userId,
        suspendedAt: at,
        reinstatedBy: null,
        reinstatedAt: null,
      });
      await this.record(tx, 'merchant.suspended', { id, countyCode, said }, by);
      await emit(tx, merchantSuspended(id, at));
      await this.tell(tx, id, at);
      return id;
    });
  }

  reinstate(merchantId: string, reason: string, by: Supervisor): Promise<Standing> {
    return this.change(merchantId, reason, by, async (tx, { id, state, countyCode }, said) => {
      if (state === 'ACTIVE') return id;
      if (state !== 'SUSPENDED') return new MerchantStateError(state);
      const at = this.clock.now();
      await this.merchants.moveState(tx, id, ['SUSPENDED'], 'ACTIVE');
      await this.merchants.endSuspension(tx, id, by.userId, at);
      await this.record(tx, 'merchant.reinstated', { id, countyCode, said }, by);
      await emit(tx, merchantReinstated(id, at));
      await this.tell(tx, id, at);
      return id;
    });
  }

  /** Joins. By the lock of the row whoever sells waits, as they do for a suspension. Null outside of the divisions. */
  lockForClosure(
    tx: Tx,
    merchantId: string,
    scope: readonly string[] | 'ALL',
  ): Promise<LockedMerchant | null> {
    return this.merchants.lockWithin(tx, merchantId, scope);
  }

  /** Joins; whoever asks has locked it and says who has decided, and why. */
  async moveForClosure(
    tx: Tx,
    { id, state }: LockedMerchant,
    to: Exclude<MerchantState, 'APPLIED'>,
    at: Date,
  ): Promise<void> {
    await this.merchants.moveState(tx, id, [state], to);
    if (to === 'CLOSING') await emit(tx, merchantClosing(id, at));
    else if (to === 'CLOSED') await emit(tx, merchantClosed(id, at));
    else await emit(tx, merchantReopened(id, at));
  }

  private async tell(tx: Tx, merchantId: MerchantId, at: Date): Promise<void> {
    const owners = await this.memberships.ownersOf([merchantId], tx);
    await emit(tx, ...owners.map(({ userId }) => merchantStandingChanged(merchantId, userId, at)));
  }

  private change(
    merchantId: string,
    reason: string,
    { scope }: Supervisor,
    work: (tx: Tx, merchant: LockedMerchant, said: string) => Promise<Standing>,
  ): Promise<Standing> {
    return this.database.transaction(async (tx) => {
      const merchant = await this.merchants.lockWithin(tx, merchantId, scope);
      if (!merchant) throw new NotFound('Merchant', merchantId);
      return refuseReason(reason) ?? work(tx, merchant, reason.trim());
    });
  }

  private record(
    tx: Tx,
    act: string,
    { id, countyCode, said }: Pick<LockedMerchant, 'id' | 'countyCode'> & { readonly said: string },
    { userId }: Supervisor,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId: userId,
      act,
      subject: id,
      divisionCode: countyCode,
      detail: { reason: said },
    });
  }
}
