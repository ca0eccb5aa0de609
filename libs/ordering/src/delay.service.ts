import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  type HarvestGranter,
  type PresaleDayTakenError,
  type PresaleMove,
  PresaleService,
} from '#libs/inventory';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  plus,
  refused,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { OrderId } from './order.entity.js';
import type { OrderNotCancellableError } from './order.errors.js';
import { delayNoticeClosed, delayNoticeOpened } from './order.events.js';
import { OrderService } from './order.service.js';
import type { DelayAnswerer, DelayCause, DelayNoticeState } from './presale-order.entity.js';
import { DelayNoticeClosedError } from './presale-order.errors.js';
import { type OpenNotice, PresaleOrderRepository } from './presale-order.repository.js';
import { ANSWER_WITHIN_MS, proposedFor, refuseReason } from './presale-order.rules.js';

export interface Delay extends PresaleMove {
  /** What buyers are told. */
  readonly reason: string;
}

export type DelayChoice = 'KEEP' | 'REFUND';

/** What the notices of one delay have in common. */
interface Slip {
  readonly cause: DelayCause;
  readonly reason: string;
  readonly promisedOn: string;
  readonly proposedOn: string;
}

/** Notices in one statement. */
const CHUNK = 500;

/** Promised days that are not kept: who is told, what they are asked, and what becomes of their answer. */
@Injectable()
export class DelayService {
  constructor(
    private readonly database: Database,
    private readonly harvests: PresaleService,
    private readonly presales: PresaleOrderRepository,
    private readonly orders: OrderService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The merchant moves a day: every order that was promised it is promised the new one, and its buyer is asked. Announced again, there is nobody left to
   * ask. Returns how many were. Days come before orders here; whoever answers at the same moment and takes them the other way round begins again.
   */
  announce(
    merchantIds: readonly string[],
    { presaleId, day, newDay, reason }: Delay,
    actorId: IdOf<'usr'>,
    granter: HarvestGranter,
  ): Promise<number | InvalidInputError | PresaleDayTakenError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      const orderIds = await this.harvests.moveDay(tx, merchantIds, { presaleId, day, newDay }, granter);
      if (refused(orderIds)) return orderIds;
      await this.presales.promise(tx, orderIds, newDay);
      // Once something of an order has left, its rest is called off by itself, and the whole of it no more.
      const waiting = await this.presales.waitingOf(tx, orderIds);
      await this.ask(tx, waiting, {
        cause: 'MERCHANT',
        reason: reason.trim(),
        promisedOn: day,
        proposedOn: newDay,
      });
      const detail = { day, newDay, orders: orderIds.length, asked: waiting.length };
      await this.audit.record(tx, { actorId, act: 'presale.delayed', subject: presaleId, detail });
      return waiting.length;
    });
  }

  /** Of promised days that are over, asks buyers whose goods have not left; returns how many orders it looked at. Call again while it returns `limit`. */
  askOverdue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const today = businessDay(now);
      const watched = await this.presales.lockOverdue(tx, today, limit);
      const inState = (...states: readonly string[]) =>
        watched.filter(({ partState }) => states.includes(partState)).map(({ orderId }) => orderId);
      const waiting = watched.filter(({ partState }) => partState === 'TO_SHIP');
      for (const promisedOn of new Set(waiting.map((order) => order.promisedOn))) {
        const late = waiting.filter((order) => order.promisedOn === promisedOn).map(({ orderId }) => orderId);
        await this.ask(tx, late, { cause: 'OVERDUE', reason: '', promisedOn, proposedOn: proposedFor(now) });
      }
      // What nobody has paid is not late yet; everything else has left or is called off.
      const unpaid = inState('UNPAID');
      await this.presales.watchOn(tx, unpaid, today);
      const asked = new Set<string>([...unpaid, ...waiting.map(({ orderId }) => orderId)]);
      await this.presales.unwatch(
        tx,
        watched.map(({ orderId }) => orderId).filter((orderId) => !asked.has(orderId)),
      );
      return watched.length;
    });
  }

  /** The buyer waits, or has all of it back. The same answer again changes nothing. Throws NotFound for notices of others. */
  answer(
    buyerId: string,
    noticeId: string,
    choice: DelayChoice,
  ): Promise<OrderId | DelayNoticeClosedError | OrderNotCancellableError> {
    return this.database.transaction(async (tx) => {
      const orderId = await this.presales.orderOfNotice(tx, noticeId, buyerId);
      if (orderId === null) throw new NotFound('DelayNotice', noticeId);
      // The order's lock comes first, as for whoever pays or cancels it.
      const order = await this.orders.lockPayable(tx, buyerId, orderId);
      const notice = await this.presales.lockNotice(tx, noticeId);
      const state = choice === 'KEEP' ? 'KEPT' : 'REFUNDED';
      if (!notice || notice.state === state) return order.id;
      if (notice.state !== 'OPEN') return new DelayNoticeClosedError(notice.state);
      if (choice === 'REFUND') {
        const calledOff = await this.orders.callOff(tx, order, 'DELAYED');
        if (refused(calledOff)) return calledOff;
      }
      await this.close(tx, [notice], state, 'BUYER');
      return order.id;
    });
  }

  /**
   * Whoever says nothing for two days waits. Silence gives nothing away: until it is sent, the order can be called off and all of it comes back. Returns
   * how many notices it closed. Call again while it returns `limit`.
   */
  settleUnanswered(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const due = await this.presales.lockUnanswered(tx, this.clock.now(), limit);
      // Of what is in stock the rest still waits when some of it has left.
      const isWaiting = ({ partState, merchantOrderId }: (typeof due)[number]) =>
        partState === 'TO_SHIP' ||
        partState === 'UNPAID' ||
        (partState === 'PARTLY_SHIPPED' && merchantOrderId !== null);
      await this.close(tx, due.filter(isWaiting), 'KEPT', 'SILENCE');
      await this.close(
        tx,
        due.filter((notice) => !isWaiting(notice)),
        'MOOT',
        null,
      );
      return due.length;
    });
  }

  /** Joins: whoever has not answered an earlier question is asked this one in its place. */
  private async ask(tx: Tx, orderIds: readonly OrderId[], slip: Slip): Promise<void> {
    if (orderIds.length === 0) return;
    await this.close(tx, await this.presales.lockOpenOf(tx, orderIds), 'MOOT', null);
    await this.presales.promise(tx, orderIds, slip.proposedOn);
    const openedAt = this.clock.now();
    const notices = orderIds.map((orderId) => ({
      ...slip,
      id: newId('dly'),
      orderId,
      merchantOrderId: null,
      state: 'OPEN' as const,
      openedAt,
      answerDueAt: plus(openedAt, ANSWER_WITHIN_MS),
      answeredBy: null,
      closedAt: null,
    }));
    for (let from = 0; from < notices.length; from += CHUNK) {
      const chunk = notices.slice(from, from + CHUNK);
      await this.presales.insertNotices(tx, chunk);
      await emit(tx, ...chunk.map((notice) => delayNoticeOpened(notice, openedAt)));
    }
  }

  private async close(
    tx: Tx,
    notices: readonly OpenNotice[],
    state: Exclude<DelayNoticeState, 'OPEN'>,
    by: DelayAnswerer | null,
  ): Promise<void> {
    if (notices.length === 0) return;
    const at = this.clock.now();
    await this.presales.close(
      tx,
      notices.map(({ id }) => id),
      state,
      { by, at },
    );
    await emit(tx, ...notices.map((notice) => delayNoticeClosed(notice, state, at)));
  }
}
