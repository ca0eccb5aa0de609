import { Injectable } from '@nestjs/common';
import { Clock, type Fen, MINUTE_MS, assert, plus, present } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import type { PaymentHold } from './payment-hold.entity.js';
import { paymentHoldAsked, paymentHoldChanged } from './payment-hold.events.js';
import { PaymentHoldReader } from './payment-hold.reader.js';
import { PaymentHoldRepository } from './payment-hold.repository.js';
import { isHoldOver, nextHoldAct, nextHoldCheck, nextHoldState } from './payment-hold.rules.js';
import type { Payment, PaymentId } from './payment.entity.js';
import { type Outcome, PaymentGateway, type PaymentSnapshot } from './payment.gateway.js';
import { PaymentRepository } from './payment.repository.js';
import { NOTHING_CAPTURED, dueOf } from './payment.rules.js';
import { PaymentService } from './payment.service.js';

/** How long a janitor that has taken a check may need; then another takes it. */
const CLAIM_MS = 2 * MINUTE_MS;

export interface NewHold {
  readonly id: PaymentId;
  readonly buyerId: PaymentHold['buyerId'];
  readonly subjectId: string;
  readonly amountFen: Fen;
}

/** Money that is kept ready before anybody knows how much will be owed: asked for, captured in part or whole for the order that comes of it, or let go. */
@Injectable()
export class PaymentHoldService {
  constructor(
    private readonly database: Database,
    private readonly holds: PaymentHoldRepository,
    private readonly reader: PaymentHoldReader,
    private readonly payments: PaymentRepository,
    private readonly service: PaymentService,
    private readonly orders: OrderService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Joins: it is asked for from now on. `ask` follows once that is committed; where it does not, the janitor does it. */
  async open(tx: Tx, hold: NewHold): Promise<void> {
    const now = this.clock.now();
    await this.holds.insert(tx, {
      ...hold,
      state: 'STARTING',
      checkoutRef: null,
      intentRef: null,
      actionUrl: null,
      heldAt: null,
      endsAt: null,
      orderId: null,
      captureFen: null,
      createdAt: now,
      updatedAt: now,
      nextCheckAt: nextHoldCheck({ state: 'STARTING', createdAt: now }, now),
    });
  }

  /**
   * Joins: this order takes of it as much as it costs, and as much as is held. The payment is there from now on, as if its buyer had started it, and what becomes of it at the
   * provider follows like any other's. False where there is nothing to take of: then the buyer pays the order like any other.
   */
  async captureFor(tx: Tx, id: PaymentId, buyerId: string, orderId: string): Promise<boolean> {
    const hold = present(await this.holds.lock(tx, id), `the hold ${id}`);
    if (hold.state !== 'HELD') return hold.state === 'CAPTURING' || hold.state === 'CAPTURED';
    const order = await this.orders.lockPayable(tx, buyerId, orderId);
    const { stage, amountFen } = dueOf(order);
    assert(amountFen > 0n && amountFen <= hold.amountFen, `${orderId} asks for no more than ${id} holds`);
    // The buyer may have begun to pay it already: whichever comes second goes back by itself.
    const attempt = (await this.payments.ofOrders(tx, [order.id])).length + 1;
    const now = this.clock.now();
    await this.payments.insert(tx, paymentOf(hold, { orderId: order.id, stage, amountFen, attempt }, now));
    const asked = { state: 'CAPTURING', orderId: order.id, captureFen: amountFen } as const;
    await this.ask(tx, hold, asked);
    return true;
  }

  /** Joins: nobody will take anything of it. Again it changes nothing, and so it does once something is taken. */
  async release(tx: Tx, id: PaymentId): Promise<void> {
    const hold = present(await this.holds.lock(tx, id), `the hold ${id}`);
    if (hold.state === 'STARTING' || hold.state === 'AWAITING_BUYER' || hold.state === 'HELD')
      await this.ask(tx, hold, { state: 'RELEASING' });
  }

  /** What is under way is looked at, or done once more: every step may be repeated without moving anything twice. */
  async act(id: PaymentId): Promise<void> {
    const hold = await this.reader.byId(id);
    const outcome = hold && (await this.provider(hold));
    if (!hold || !outcome) return;
    if (outcome.kind === 'unknown') {
      this.log.info({ holdId: id, detail: outcome.detail }, 'a hold has no answer yet');
      return;
    }
    if (outcome.value) await this.see(outcome.value);
    // Refused from the start: there is nothing at the provider.
    else if (outcome.kind === 'failed' && hold.checkoutRef === null)
      await this.database.transaction((tx) => this.conclude(tx, id, 'RELEASED'));
  }

  /** The janitor. Bounded by `limit`; returns how many it took. */
  async checkDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) =>
      this.holds.claimDue(tx, now, plus(now, CLAIM_MS), limit),
    );
    for (const id of ids) {
      try {
        await this.database.transaction((tx) => this.putOff(tx, id));
        await this.act(id);
      } catch (error) {
        // One that cannot be checked must not keep the others from it; its next check is already due.
        this.log.fault(error, 'a hold could not be checked', { holdId: id });
      }
    }
    return ids.length;
  }

  /** What the provider shows of it, in whatever order it is seen. False where there is no such hold. */
  async apply(snapshot: PaymentSnapshot): Promise<boolean> {
    const { paymentId } = snapshot;
    if (paymentId === null) return false;
    return this.database.transaction(async (tx) => {
      const hold = await this.holds.lock(tx, paymentId);
      if (!hold) return false;
      const now = this.clock.now();
      const state = nextHoldState(hold.state, snapshot.state);
      const changes = {
        state,
        checkoutRef: hold.checkoutRef ?? snapshot.checkoutRef,
        intentRef: hold.intentRef ?? snapshot.intentRef,
        actionUrl: state === 'AWAITING_BUYER' ? (snapshot.action?.url ?? hold.actionUrl) : null,
        heldAt: hold.heldAt ?? (snapshot.state === 'HELD' ? now : null),
        endsAt: hold.endsAt ?? snapshot.held?.endsAt ?? null,
      };
      await this.holds.update(tx, hold.id, {
        ...changes,
        updatedAt: now,
        nextCheckAt: nextHoldCheck({ state, createdAt: hold.createdAt }, now),
      });
      if (state !== hold.state) await emit(tx, paymentHoldChanged(hold, now));
      return true;
    });
  }

  private async see(snapshot: PaymentSnapshot): Promise<void> {
    // First the payment, which the order is paid by: whoever is told of the hold finds it so.
    await this.service.apply(snapshot);
    await this.apply(snapshot);
  }

  private async provider(hold: PaymentHold): Promise<Outcome<PaymentSnapshot> | null> {
    const { id, intentRef, captureFen, subjectId, amountFen } = hold;
    // A page that is open is closed, and takes its intent along; once it is complete only the intent can be let go.
    const ref = hold.heldAt === null ? hold : { intentRef, checkoutRef: null };
    switch (nextHoldAct(hold.state)) {
      case 'CREATE':
        return this.gateway.hold({ paymentId: id, subjectId, amountFen });
      case 'LOOK':
        return this.gateway.query(hold);
      case 'CANCEL':
        return hold.checkoutRef === null && intentRef === null
          ? this.neverMade(hold)
          : this.gateway.cancel(ref);
      case 'CAPTURE':
        return this.gateway.capture({
          paymentId: id,
          intentRef: present(intentRef, 'the intent of what is held'),
          amountFen: present(captureFen, 'how much of it is captured'),
        });
      case null:
        return null;
    }
  }

  /** Asked for, and never answered: the same key makes it, or shows it, and then it can be let go. */
  private async neverMade({
    id,
    subjectId,
    amountFen,
  }: PaymentHold): Promise<Outcome<PaymentSnapshot> | null> {
    const made = await this.gateway.hold({ paymentId: id, subjectId, amountFen });
    if (made.kind === 'unknown' || !made.value) return made;
    await this.apply(made.value);
    return this.gateway.cancel(made.value);
  }

  private async ask(tx: Tx, { id }: PaymentHold, changes: Partial<PaymentHold>): Promise<void> {
    const now = this.clock.now();
    // Whoever is told of the fact asks at once; the janitor only where that got lost.
    const nextCheckAt = plus(now, MINUTE_MS);
    await this.holds.update(tx, id, { ...changes, updatedAt: now, nextCheckAt });
    await emit(tx, paymentHoldAsked({ id }, now));
  }

  private async conclude(tx: Tx, id: PaymentId, state: 'RELEASED'): Promise<void> {
    const hold = present(await this.holds.lock(tx, id), `the hold ${id}`);
    if (isHoldOver(hold.state) || hold.checkoutRef !== null) return;
    const now = this.clock.now();
    await this.holds.update(tx, id, { state, actionUrl: null, updatedAt: now, nextCheckAt: null });
    await emit(tx, paymentHoldChanged(hold, now));
  }

  private async putOff(tx: Tx, id: PaymentId): Promise<void> {
    const hold = present(await this.holds.lock(tx, id), `the hold ${id}`);
    await this.holds.update(tx, id, { nextCheckAt: nextHoldCheck(hold, this.clock.now()) });
  }
}

/** As if the buyer had started it and the provider were at work. */
function paymentOf(
  { id, intentRef, checkoutRef }: PaymentHold,
  due: Pick<Payment, 'orderId' | 'stage' | 'amountFen' | 'attempt'>,
  now: Date,
): Pick<Payment, keyof Payment> {
  return {
    id,
    ...due,
    method: 'CARD',
    state: 'PROCESSING',
    intentRef,
    checkoutRef,
    ...NOTHING_CAPTURED,
    createdAt: now,
    updatedAt: now,
    // Its hold is looked after; the payment's own janitor comes later.
    nextCheckAt: plus(now, MINUTE_MS),
  };
}
