import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import { refuseNote } from './payee-account.rules.js';
import { PayoutStateError } from './payout.errors.js';
import { PayoutRepository, type PayoutRow } from './payout.repository.js';
import { resolution } from './payout.rules.js';

/** What becomes of payouts that are in no batch, one by one. */
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
      await this.free(tx, [payout], { actorId: userId, code: 'cancelled', note: reason.trim() });
      return { payoutId: payout.id };
    });
  }

  /**
   * Of those whose account was replaced or blocked after the run: no batch takes them, and their money would be set aside for ever. At most
   * `limit`, in one transaction; returns how many.
   */
  freeStranded(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const stranded = await this.payouts.lockStranded(tx, limit);
      if (stranded.length === 0) return 0;
      const note = 'its account was replaced or blocked';
      await this.free(tx, stranded, { actorId: null, code: 'account_changed', note });
      return stranded.length;
    });
  }

  private async free(
    tx: Tx,
    payouts: readonly PayoutRow[],
    {
      actorId,
      code,
      note,
    }: { readonly actorId: string | null; readonly code: string; readonly note: string },
  ): Promise<void> {
    const at = this.clock.now();
    posted(
      await this.ledger.resolve(
        tx,
        payouts.map(({ id }) => resolution(id, 'VOID', at)),
      ),
    );
    await this.payouts.setFree(tx, payouts, 'CANCELLED', at);
    await this.payouts.note(
      tx,
      payouts.map(({ id }) => ({ id, ref: null, code, note })),
    );
    await this.audit.record(
      tx,
      ...payouts.map(({ id }) => ({
        actorId,
        act: 'payout.cancelled',
        subject: id,
        detail: { reason: note },
      })),
    );
  }
}
