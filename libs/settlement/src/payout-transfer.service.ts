import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  MINUTE_MS,
  NotFound,
  assert,
  plus,
  present,
} from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { Vault } from '#platform/vault';
import { PayeeAccountRepository } from './payee-account.repository.js';
import { refuseNote } from './payee-account.rules.js';
import { PayoutBatchRepository } from './payout-batch.repository.js';
import type { PayoutId } from './payout.entity.js';
import { PayoutStateError, PayoutStillPossibleError } from './payout.errors.js';
import { PayoutTransferGateway, type TransferSnapshot } from './payout.gateway.js';
import { PayoutRepository, type PayoutRow } from './payout.repository.js';
import { resolution, returnJournal } from './payout.rules.js';
import {
  type TransferStep,
  isProvablyAbsent,
  maySend,
  stepAfter,
  transferKey,
} from './payout-transfer.rules.js';

/** Longer than a call to the provider can take; whoever claimed a try is dead after that. */
const TRY_MS = 2 * MINUTE_MS;

/**
 * Transfers of approved batches, one at a time: noted before the provider is asked, asked about before anything is sent again, and never
 * taken for failed because nobody answered.
 */
@Injectable()
export class PayoutTransferService {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly batches: PayoutBatchRepository,
    private readonly accounts: PayeeAccountRepository,
    private readonly transfers: PayoutTransferGateway,
    private readonly ledger: LedgerService,
    private readonly vault: Vault,
    private readonly audit: AuditService,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  /** One bounded round; any number of processes may run it at once, because each try is claimed first. */
  async sendDue(limit: number): Promise<number> {
    const due = await this.database.transaction((tx) => this.payouts.dueToCheck(tx, this.clock.now(), limit));
    for (const id of due) {
      try {
        await this.send(id);
      } catch (error) {
        // One that cannot be sent (a key that is gone, an amount that differs) must not keep the others waiting; it is tried again, behind them.
        this.log.fault(error, `the transfer of ${id} failed and will be tried again`);
        const later = plus(this.clock.now(), TRY_MS);
        await this.database.transaction((tx) => this.payouts.checkAgainAt(tx, id, later));
      }
    }
    return due.length;
  }

  /** Takes a paid transfer back from the payee's account at the provider, who must still have it there. */
  async recall(
    userId: IdOf<'usr'>,
    payoutId: string,
    reason: string,
  ): Promise<
    { readonly payoutId: string } | InvalidInputError | PayoutStateError | PayoutStillPossibleError
  > {
    const refusal = refuseNote('reason', reason);
    if (refusal) return refusal;
    const payout = await this.database.transaction(async (tx) => {
      const row = await this.locked(tx, payoutId);
      if (row.method !== 'STRIPE' || row.state !== 'PAID') return new PayoutStateError(row.state);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'payout.recalled',
        subject: row.id,
        detail: { reason: reason.trim() },
      });
      return row;
    });
    if (payout instanceof PayoutStateError) return payout;
    const outcome = await this.transfers.reverse(payout.id, present(payout.providerRef, 'the transfer'));
    const isDone = outcome.kind === 'succeeded' && outcome.value.reversedFen === payout.amountFen;
    const isDoneBefore = outcome.kind === 'failed' && outcome.code === 'transfer_already_reversed';
    // Not there any more, or no answer: nothing is booked, and asking again is safe.
    if (!isDone && !isDoneBefore) return new PayoutStillPossibleError();
    await this.database.transaction((tx) => this.giveBack(tx, payout.id));
    return { payoutId: payout.id };
  }

  /** For a transfer of which nobody knows: a day after the last try, the provider says that it has none. Then it never happened. */
  async declareAbsent(
    userId: IdOf<'usr'>,
    payoutId: string,
  ): Promise<{ readonly payoutId: string } | PayoutStateError | PayoutStillPossibleError> {
    const payout = await this.database.transaction((tx) => this.locked(tx, payoutId));
    if (payout.method !== 'STRIPE' || payout.state !== 'SENT') return new PayoutStateError(payout.state);
    const now = this.clock.now();
    const isOver = payout.nextCheckAt === null && isProvablyAbsent(payout.keyTriedAt, now);
    if (!isOver || (await this.transfers.query(payout.id)) !== null) return new PayoutStillPossibleError();
    return this.database.transaction(async (tx) => {
      const row = await this.locked(tx, payoutId);
      if (row.state !== 'SENT' || row.nextCheckAt !== null) return new PayoutStateError(row.state);
      await this.settle(tx, row, { kind: 'REJECTED', code: 'absent_at_provider' });
      await this.audit.record(tx, { actorId: userId, act: 'payout.declared_absent', subject: row.id });
      return { payoutId: row.id };
    });
  }

  private async send(id: PayoutId): Promise<void> {
    const order = await this.claim(id);
    if (!order) return;
    const { payout, destination } = order;
    const found = payout.tries > 1 ? await this.transfers.query(payout.id) : null;
    const now = this.clock.now();
    const isTrusted = maySend(present(payout.keyTriedAt, 'when the key was first used'), now);
    if (found === null && !isTrusted) {
      await this.leaveToPeople(payout);
      return;
    }
    const outcome =
      found ??
      (await this.transfers.send({
        payoutId: payout.id,
        destination,
        amountFen: payout.amountFen,
        idempotencyKey: transferKey(payout.id, payout.keyNo),
      }));
    const step = stepAfter(outcome, payout.tries, this.clock.now());
    await this.database.transaction(async (tx) => {
      const row = await this.locked(tx, payout.id);
      // Another process, or a person, knew sooner.
      if (row.state === 'SENT') await this.settle(tx, row, step);
    });
  }

  /** Committed before the provider hears of it, so that whoever comes after a crash asks before they send. */
  private claim(id: PayoutId): Promise<{ readonly payout: PayoutRow; readonly destination: string } | null> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      if (!(await this.payouts.claimTry(tx, id, now, plus(now, TRY_MS)))) return null;
      const payout = await this.locked(tx, id);
      const account = present(await this.accounts.lock(tx, payout.accountId), 'the account');
      const destination = this.vault
        .open({ cipher: account.numberCipher, keyId: account.keyId }, account.id)
        .toString();
      // Of the first try it is decided here; of a later one the money may be there already.
      if (account.state !== 'VERIFIED' && payout.tries === 1) {
        await this.settle(tx, payout, { kind: 'REJECTED', code: 'account_changed' });
        return null;
      }
      return { payout, destination };
    });
  }

  private async settle(tx: Tx, payout: PayoutRow, step: TransferStep): Promise<void> {
    const at = this.clock.now();
    switch (step.kind) {
      case 'PAID':
        assertWhole(payout, step.value);
        posted(await this.ledger.resolve(tx, [resolution(payout.id, 'POST', at)]));
        await this.payouts.markPaid(tx, [payout.id], at);
        await this.payouts.note(tx, [{ id: payout.id, ref: step.value.providerRef, code: null, note: null }]);
        await this.close(tx, payout);
        return;
      case 'REJECTED':
        posted(await this.ledger.resolve(tx, [resolution(payout.id, 'VOID', at)]));
        await this.payouts.setFree(tx, [payout], 'REJECTED', at);
        await this.payouts.note(tx, [{ id: payout.id, ref: null, code: step.code, note: null }]);
        await this.close(tx, payout);
        return;
      case 'SHORT':
        this.log.warn(
          { payoutId: payout.id, amountFen: payout.amountFen.toString() },
          'too little at the provider for a payout',
        );
        await this.payouts.takeNextKey(tx, payout.id, step.at);
        await this.payouts.note(tx, [{ id: payout.id, ref: null, code: step.code, note: null }]);
        return;
      case 'AGAIN':
        await this.payouts.checkAgainAt(tx, payout.id, step.at);
        await this.payouts.note(tx, [{ id: payout.id, ref: null, code: step.code, note: step.note }]);
        return;
    }
  }

  /** The provider has none and no longer knows the key: whether it never was or is yet to show, somebody has to look. */
  private async leaveToPeople(payout: PayoutRow): Promise<void> {
    this.log.warn({ payoutId: payout.id }, 'a payout of which nobody knows is left to finance');
    await this.database.transaction(async (tx) => {
      await this.payouts.checkAgainAt(tx, payout.id, null);
      await this.payouts.note(tx, [
        {
          id: payout.id,
          ref: null,
          code: 'unclear',
          note: 'not found at the provider; declare it absent after a day',
        },
      ]);
    });
  }

  private async giveBack(tx: Tx, payoutId: string): Promise<void> {
    const row = await this.locked(tx, payoutId);
    if (row.state !== 'PAID') return; // Recalled twice: the second finds it done.
    const at = this.clock.now();
    posted(
      await this.ledger.post(tx, [
        returnJournal({ ...row, payee: { kind: row.payeeKind, id: row.payeeId } }, at),
      ]),
    );
    await this.payouts.markReturned(tx, [row.id], at);
  }

  private async close(tx: Tx, { batchId }: PayoutRow): Promise<void> {
    if (batchId !== null) await this.batches.closeIfDone(tx, batchId);
  }

  private async locked(tx: Tx, id: string): Promise<PayoutRow> {
    const payout = await this.payouts.lock(tx, id);
    if (!payout) throw new NotFound('Payout', id);
    return payout;
  }
}

function assertWhole(payout: PayoutRow, snapshot: TransferSnapshot): void {
  assert(snapshot.amountFen === payout.amountFen, `the transfer of ${payout.id} is of its amount`);
}
