import { Injectable } from '@nestjs/common';
import { AuditService, isGuestId } from '#libs/identity';
import { Clock, type IdOf, NotFound, plus } from '#libs/kernel';
import { Database, RetryTransaction, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import { type MergedLine, mergeCarts, mergeLate } from './cart-merge.rules.js';
import { CartRepository } from './cart.repository.js';
import type { OrderId } from './order.entity.js';
import { orderClaimed } from './order.events.js';
import { OrderRepository } from './order.repository.js';

/** Orders that change hands in one transaction; whoever has more asks again. */
export const CLAIMS_MAX = 100;

/** Longer than any order waits before it is placed or refused. What a guest's token places later is another matter: the machine may have been handed on. */
const ON_THE_WAY_S = 10;

export interface GuestMerge {
  readonly lines: readonly MergedLine[];
  readonly orderIds: readonly OrderId[];
}

interface Claim {
  readonly guestId: IdOf<'usr'>;
  readonly buyerId: IdOf<'usr'>;
  readonly orderIds: readonly OrderId[];
}

/** What somebody did as a guest becomes theirs once they are known. */
@Injectable()
export class GuestMergeService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
    private readonly carts: CartRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Whoever holds the guest's token. Again, it finds nothing any more but what had been left out. */
  merge(buyerId: IdOf<'usr'>, guestId: IdOf<'usr'>): Promise<GuestMerge> {
    return this.database.transaction(async (tx) => {
      // First: whatever of the guest's commits after we have looked is found by `claimLate` and `claimLateLines`.
      await this.orders.rememberMerged(tx, { guestId, buyerId, mergedAt: this.clock.now() });
      const orderIds = await this.orders.lockOfGuest(tx, guestId, CLAIMS_MAX);
      await this.claim(tx, { guestId, buyerId, orderIds });
      return { orderIds, lines: await this.mergeCart(tx, buyerId, guestId) };
    });
  }

  /** Whoever knows an order's number and has proved its phone. Throws NotFound for any other order. */
  claimByPhone(
    buyer: { readonly userId: IdOf<'usr'>; readonly phone: string },
    orderId: string,
  ): Promise<OrderId> {
    return this.database.transaction(async (tx) => {
      const order = await this.orders.lockClaimable(tx, orderId, buyer);
      if (!order) throw new NotFound('Order', orderId);
      const { buyerId: guestId, id } = order;
      if (isGuestId(guestId)) await this.claim(tx, { guestId, buyerId: buyer.userId, orderIds: [id] });
      return id;
    });
  }

  /** Joins, once an order of a guest is there: had it been on its way when the guest became somebody, it is theirs. Told twice it is theirs once. */
  async claimLate(tx: Tx, orderId: string): Promise<void> {
    const late = await this.orders.lockLate(tx, orderId, ON_THE_WAY_S);
    if (late) await this.claim(tx, { ...late, orderIds: [late.orderId] });
  }

  /**
   * Once something is in a guest's cart: had it been on its way when the guest became somebody, it goes where the rest has gone. Costs a guest one
   * statement and others none; looked for after it is committed, or the lock on the guest and those on the lines would wait for each other.
   */
  async claimLateLines(ownerId: string): Promise<boolean> {
    if (!isGuestId(ownerId)) return false;
    const since = plus(this.clock.now(), -ON_THE_WAY_S * 1_000);
    const buyerId = await this.orders.becameSince(this.database, ownerId, since);
    if (buyerId === null) return false;
    await this.database.transaction((tx) => this.mergeCart(tx, buyerId, ownerId, mergeLate));
    return true;
  }

  private async claim(tx: Tx, { guestId, buyerId, orderIds }: Claim): Promise<void> {
    if (orderIds.length === 0) return;
    const at = this.clock.now();
    try {
      await this.orders.handOver(tx, orderIds, buyerId);
    } catch (error) {
      // They have just used one of the keys themselves: again, and it is seen.
      throw isDuplicate(error) ? new RetryTransaction('a key that the buyer has just used') : error;
    }
    await emit(tx, ...orderIds.map((orderId) => orderClaimed({ orderId, guestId, buyerId }, at)));
    await this.audit.record(
      tx,
      ...orderIds.map((subject) => ({
        actorId: buyerId,
        act: 'order.claimed',
        subject,
        detail: { guestId },
      })),
    );
  }

  private async mergeCart(
    tx: Tx,
    buyerId: string,
    guestId: string,
    merge: typeof mergeLate = mergeCarts,
  ): Promise<MergedLine[]> {
    const all = await this.carts.lockLines(tx, [buyerId, guestId]);
    const of = (owner: string) => all.filter((line) => line.buyerId === owner);
    const merged = merge(of(buyerId), of(guestId));
    // What is left out stays where it is, until there is room.
    const going = merged.filter(({ outcome }) => outcome !== 'LEFT_OUT');
    await this.carts.setAll(tx, buyerId, going, this.clock.now());
    await this.carts.rememberSeen(tx, buyerId, guestId);
    await this.carts.removeAll(tx, guestId, going);
    return merged;
  }
}
