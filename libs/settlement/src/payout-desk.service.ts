import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { Database } from '#platform/database';
import { refuseNote } from './payee-account.rules.js';
import { PayoutStateError } from './payout.errors.js';
import { PayoutRepository } from './payout.repository.js';
import { resolution } from './payout.rules.js';

/** What finance does with a single payout. */
@Injectable()
export class PayoutDeskService {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly ledger: LedgerService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Of one that is in no batch: the money is the payee's again, and the next run pays it. */
  async cancel(
    userId: IdOf<'usr'>,
    payoutId: string,
    reason: string,
  ): Promise<{ readonly payoutId: string } | InvalidInputError | PayoutStateError> {
    const refusal = refuseNote('reason', reason);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const payout = await this.payouts.lock(tx, payoutId);
      if (!payout) throw new NotFound('Payout', payoutId);
      if (payout.state !== 'PLANNED') return new PayoutStateError(payout.state);
      const at = this.clock.now();
      posted(await this.ledger.resolve(tx, [resolution(payout.id, 'VOID', at)]));
      await this.payouts.setFree(tx, [payout], 'CANCELLED', at);
      await this.payouts.note(tx, [{ id: payout.id, ref: null, code: 'cancelled', note: reason.trim() }]);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'payout.cancelled',
        subject: payout.id,
        detail: { reason: reason.trim() },
      });
      return { payoutId: payout.id };
    });
  }
}
