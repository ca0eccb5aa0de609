import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  DAY_MS,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  plus,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { type DelayChoice } from './delay.service.js';
import type { MerchantOrderId } from './merchant-order.entity.js';
import { MerchantOrderService } from './merchant-order.service.js';
import type { OrderId } from './order.entity.js';
import { delayNoticeClosed, delayNoticeOpened, dispatchReminded } from './order.events.js';
import { OrdersNotDelayableError } from './part-delay.errors.js';
import { type PartNotice, PartDelayRepository } from './part-delay.repository.js';
import { type PartDelay, isAnswerable, isTimeToRemind, refuseDelay } from './part-delay.rules.js';
import { DelayNoticeClosedError } from './presale-order.errors.js';
import { PresaleOrderRepository } from './presale-order.repository.js';
import { ANSWER_WITHIN_MS } from './presale-order.rules.js';

/** What of stock leaves later than was promised, part by part; and merchants who are told what is due. */
@Injectable()
export class PartDelayService {
  constructor(
    private readonly database: Database,
    private readonly delays: PartDelayRepository,
    private readonly notices: PresaleOrderRepository,
    private readonly merchantOrders: MerchantOrderService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The merchant names another day and why: what waits is promised it, and its buyers are asked. Announced again, there is nobody left to ask. Returns how many
   * were. Throws NotFound for merchants and orders of others.
   */
  announce(
    merchantIds: readonly string[],
    wish: PartDelay,
    actorId: IdOf<'usr'>,
  ): Promise<number | InvalidInputError | OrdersNotDelayableError> {
    const { merchantId, merchantOrderIds, newDay } = wish;
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.database.transaction(async (tx) => {
      const refusal = refuseDelay(wish, this.clock.now());
      if (refusal) return refusal;
      const parts = await this.merchantOrders.lockAllForMerchant(tx, merchantOrderIds, merchantId);
      const promises = await this.delays.promisesOf(tx, merchantOrderIds);
      const waits = ({ state, handover }: (typeof parts)[number]) =>
        (state === 'TO_SHIP' || state === 'PARTLY_SHIPPED') &&
        (handover === 'PARCEL' || handover === 'PICK_UP');
      const unfit = parts.filter(
        (part) => !waits(part) || promises.some(({ id, isElsewhere }) => id === part.id && isElsewhere === 1),
      );
      if (unfit.length > 0) return new OrdersNotDelayableError(unfit.map(({ id }) => id));
      const later = promises.filter(({ dueOn }) => dueOn < newDay);
      const moved = parts.flatMap((part) => {
        const promise = later.find(({ id }) => id === part.id);
        return promise ? [{ ...part, promisedOn: promise.dueOn }] : [];
      });
      if (moved.length === 0) return 0;
      await this.ask(tx, moved, wish);
      const detail = { newDay, orders: moved.length };
      await this.audit.record(tx, { actorId, act: 'orders.delayed', subject: merchantId, detail });
      return moved.length;
    });
  }

  /**
   * Joins: what the buyer says of the latest notice of a part that the caller has locked; the caller does what follows of it. The same answer again is none
   * (SAID). Earlier notices are moot.
   */
  async answer(
    tx: Tx,
    noticeId: string,
    merchantOrderId: MerchantOrderId,
    choice: DelayChoice,
  ): Promise<'HEARD' | 'SAID' | DelayNoticeClosedError> {
    const notice = await this.delays.lockLatestOf(tx, merchantOrderId);
    if (notice?.id !== noticeId) return new DelayNoticeClosedError('MOOT');
    const state = choice === 'KEEP' ? 'KEPT' : 'REFUNDED';
    if (notice.state === state) return 'SAID';
    if (!isAnswerable(notice.state, choice))
      return new DelayNoticeClosedError(notice.state === 'OPEN' ? 'MOOT' : notice.state);
    await this.close(tx, [notice], state, 'BUYER');
    return 'HEARD';
  }

  /** Joins: of which part a buyer's notice is; null where it is of a whole order, or of somebody else's. */
  partOf(
    tx: Tx,
    noticeId: string,
    buyerId: string,
  ): Promise<{ readonly orderId: OrderId; readonly merchantOrderId: MerchantOrderId } | null> {
    return this.delays.partOf(tx, noticeId, buyerId);
  }

  /** Once a day, in the morning, those who have something late, due today or tomorrow. Returns how many were told. Call again while it returns `limit`. */
  remindDue(limit: number): Promise<number> {
    const now = this.clock.now();
    if (!isTimeToRemind(now)) return Promise.resolve(0);
    const [today, tomorrow] = [businessDay(now), businessDay(plus(now, DAY_MS))];
    return this.database.transaction(async (tx) => {
      const due = await this.delays.toRemind(tx, { today, tomorrow }, limit);
      for (const counts of due)
        if (await this.delays.noteReminded(tx, counts, today, now))
          await emit(tx, dispatchReminded(counts, now));
      return due.length;
    });
  }

  /** Joins: whoever has not answered an earlier question is asked this one in its place. */
  private async ask(
    tx: Tx,
    moved: readonly {
      readonly id: MerchantOrderId;
      readonly orderId: OrderId;
      readonly promisedOn: string;
    }[],
    { newDay, reason }: PartDelay,
  ): Promise<void> {
    const ids = moved.map(({ id }) => id);
    await this.close(tx, await this.delays.lockOpenOf(tx, ids), 'MOOT', null);
    await this.delays.promise(tx, ids, newDay);
    const openedAt = this.clock.now();
    const notices = moved.map(({ id: merchantOrderId, orderId, promisedOn }) => ({
      id: newId('dly'),
      orderId,
      merchantOrderId,
      cause: 'MERCHANT' as const,
      reason: reason.trim(),
      promisedOn,
      proposedOn: newDay,
      state: 'OPEN' as const,
      openedAt,
      answerDueAt: plus(openedAt, ANSWER_WITHIN_MS),
      answeredBy: null,
      closedAt: null,
    }));
    await this.notices.insertNotices(tx, notices);
    await emit(tx, ...notices.map((notice) => delayNoticeOpened(notice, openedAt)));
  }

  private async close(
    tx: Tx,
    notices: readonly PartNotice[],
    state: 'KEPT' | 'REFUNDED' | 'MOOT',
    by: 'BUYER' | null,
  ): Promise<void> {
    if (notices.length === 0) return;
    const at = this.clock.now();
    await this.delays.close(
      tx,
      notices.map(({ id }) => id),
      state,
      { by, at },
    );
    await emit(tx, ...notices.map((notice) => delayNoticeClosed(notice, state, at)));
  }
}
