import { Injectable } from '@nestjs/common';
import { GUEST_IDS_LIKE, isGuestId } from '#libs/identity';
import { type Fen, type FenText, type IdOf, fen } from '#libs/kernel';
import { RetryTransaction, type Tx } from '#platform/database';
import type { CartKey } from './cart.repository.js';
import type { Handover, MerchantOrderId, MerchantOrderState } from './merchant-order.entity.js';
import type { OrderDraft } from './order-draft.rules.js';
import type { MergedGuest } from './merged-guest.entity.js';
import type { OrderClaim } from './order-claim.entity.js';
import type { CancelReason, OrderId, OrderState, PaymentTerm } from './order.entity.js';
import type { WantedLine } from './order.rules.js';

export interface LockedOrder {
  readonly id: OrderId;
  readonly buyerId: IdOf<'usr'>;
  readonly state: OrderState;
  readonly totalFen: Fen;
  readonly unitId: string;
  readonly paymentTerm: PaymentTerm;
  /** Null unless it is bought on account. */
  readonly daysToPay: number | null;
  readonly expiresAt: Date;
  /** Null until an approver has signed. */
  readonly signedBy: IdOf<'usr'> | null;
  /** 0 where all of it is paid at once. */
  readonly depositFen: Fen;
  readonly depositPaidAt: Date | null;
  readonly balanceDueAt: Date | null;
}

/** An order, and whose it must be. */
export interface OwnOrder {
  readonly orderId: string;
  readonly buyerId: string;
}

export interface LockedPart {
  readonly id: MerchantOrderId;
  readonly state: MerchantOrderState;
  readonly handover: Handover;
}

// Written out, because MariaDB looks through the whole table for a list of rows.
function anyOf(lines: readonly CartKey[]) {
  return {
    sql: lines.map(() => '(buyer_id = ? AND variant_id = ? AND channel_point_id = ?)').join(' OR '),
    values: lines.flatMap(({ buyerId, variantId, channelPointId }) => [buyerId, variantId, channelPointId]),
  };
}

export interface LateOrder {
  readonly orderId: OrderId;
  readonly guestId: IdOf<'usr'>;
  readonly buyerId: IdOf<'usr'>;
}

type RawOrder = Omit<LockedOrder, 'totalFen' | 'depositFen'> & {
  readonly totalFen: FenText;
  readonly deposit: FenText;
};

function lockedOf({ totalFen, deposit, ...row }: RawOrder): LockedOrder {
  return { ...row, totalFen: fen(totalFen), depositFen: fen(deposit) };
}

const SELECT = `SELECT id, buyer_id AS buyerId, state, total_fen AS totalFen, unit_id AS unitId,
  payment_term AS paymentTerm, days_to_pay AS daysToPay, expires_at AS expiresAt, signed_by AS signedBy,
  deposit_fen AS deposit, deposit_paid_at AS depositPaidAt, balance_due_at AS balanceDueAt
  FROM customer_order`;

@Injectable()
export class OrderRepository {
  /** One or several. Fails on the unique key when one of the buyers has used the key before; begins again where a guest's has been claimed meanwhile. */
  async insert(tx: Tx, ...drafts: readonly OrderDraft[]): Promise<void> {
    await tx.insert(
      'customer_order',
      drafts.map(({ order }) => order),
    );
    await this.sinceClaimed(tx, drafts);
    await tx.insert(
      'merchant_order',
      drafts.flatMap(({ merchantOrders }) => merchantOrders),
    );
    await tx.insert(
      'order_line',
      drafts.flatMap(({ lines }) => lines),
    );
    const fundings = drafts.flatMap((draft) => draft.fundings);
    const invoiceTitles = drafts.flatMap((draft) => draft.invoiceTitles);
    const presaleOrders = drafts.flatMap((draft) => draft.presaleOrders);
    const adoptions = drafts.flatMap(({ adopted }) => adopted.adoptions);
    const instalments = drafts.flatMap(({ adopted }) => adopted.instalments);
    if (presaleOrders.length > 0) await tx.insert('presale_order', presaleOrders);
    if (adoptions.length > 0) await tx.insert('adoption', adoptions);
    if (instalments.length > 0) await tx.insert('adoption_instalment', instalments);
    if (fundings.length > 0) await tx.insert('order_line_funding', fundings);
    if (invoiceTitles.length > 0) await tx.insert('order_invoice_title', invoiceTitles);
  }

  /**
   * The unique key waits for whoever is claiming the order that has the key, and lets the insert through once it is another's: asked after it, the claim is
   * seen (READ COMMITTED), however early the key was looked up. Again, and the key is found.
   */
  private async sinceClaimed(tx: Tx, drafts: readonly OrderDraft[]): Promise<void> {
    const ofGuests = drafts.filter(({ order }) => isGuestId(order.buyerId));
    if (ofGuests.length === 0) return;
    const claimed = await tx.query(
      `SELECT order_id FROM order_claim WHERE ${ofGuests.map(() => '(guest_id = ? AND idempotency_key = ?)').join(' OR ')} LIMIT 1`,
      ofGuests.flatMap(({ order }) => [order.buyerId, order.idempotencyKey]),
    );
    if (claimed.length > 0) throw new RetryTransaction("a guest's key that has just been claimed");
  }

  /** False if any of the lines has left the cart meanwhile. */
  async clearCart(tx: Tx, buyerId: string, lines: readonly WantedLine[]): Promise<boolean> {
    const keys = lines.map((line) => [line.variantId, line.channelPointId]);
    const matched = await tx.write(
      'DELETE FROM cart_line WHERE buyer_id = ? AND (variant_id, channel_point_id) IN (?)',
      [buyerId, keys],
    );
    return matched === lines.length;
  }

  /** The buyers who still have all of theirs in their cart; locked, in the order of their ids. */
  async lockCarts(tx: Tx, lines: readonly CartKey[]): Promise<ReadonlySet<string>> {
    if (lines.length === 0) return new Set();
    const { sql, values } = anyOf(lines);
    const rows = await tx.query<{ buyerId: string }>(
      `SELECT buyer_id AS buyerId FROM cart_line WHERE ${sql} ORDER BY buyer_id, variant_id, channel_point_id FOR UPDATE`,
      values,
    );
    const countOf = (all: readonly { readonly buyerId: string }[], buyerId: string) =>
      all.filter((line) => line.buyerId === buyerId).length;
    const buyers = new Set(lines.map(({ buyerId }) => buyerId));
    return new Set([...buyers].filter((buyerId) => countOf(rows, buyerId) === countOf(lines, buyerId)));
  }

  async clearCarts(tx: Tx, lines: readonly CartKey[]): Promise<void> {
    if (lines.length === 0) return;
    const { sql, values } = anyOf(lines);
    await tx.write(`DELETE FROM cart_line WHERE ${sql}`, values);
  }

  /** Paying, cancelling and expiring one order follow each other by this lock; it is taken before any other. */
  async lock(tx: Tx, orderId: string): Promise<LockedOrder | null> {
    const [row] = await tx.query<RawOrder>(`${SELECT} WHERE id = ? FOR UPDATE`, [orderId]);
    return row ? lockedOf(row) : null;
  }

  /** In the order of their ids; those of others are missing. */
  async lockForBuyers(tx: Tx, orders: readonly OwnOrder[]): Promise<LockedOrder[]> {
    const own = orders.map(() => '(id = ? AND buyer_id = ?)').join(' OR ');
    const rows = await tx.query<RawOrder>(
      `${SELECT} WHERE ${own} ORDER BY id FOR UPDATE`,
      orders.flatMap(({ orderId, buyerId }) => [orderId, buyerId]),
    );
    return rows.map(lockedOf);
  }

  /** Orders of a guest, so that nobody pays or cancels them while they change hands. */
  async lockOfGuest(tx: Tx, guestId: string, limit: number): Promise<OrderId[]> {
    const rows = await tx.query<{ id: OrderId }>(
      'SELECT id FROM customer_order WHERE buyer_id = ? ORDER BY id LIMIT ? FOR UPDATE',
      [guestId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Locks the guest, so that whoever looks for what came late waits until it is known who the guest has become. */
  async rememberMerged(
    tx: Tx,
    { guestId, buyerId, mergedAt }: Pick<MergedGuest, keyof MergedGuest>,
  ): Promise<void> {
    await tx.write(
      `INSERT INTO merged_guest (guest_id, buyer_id, merged_at) VALUES (?, ?, ?)
       ON DUPLICATE KEY UPDATE buyer_id = VALUES(buyer_id), merged_at = VALUES(merged_at)`,
      [guestId, buyerId, mergedAt],
    );
  }

  /** Who a guest has become since then. Waits for a merge that has not committed. */
  async becameSince(on: Pick<Tx, 'query'>, guestId: string, since: Date): Promise<IdOf<'usr'> | null> {
    const [row] = await on.query<{ readonly buyerId: IdOf<'usr'> }>(
      'SELECT buyer_id AS buyerId FROM merged_guest WHERE guest_id = ? AND merged_at >= ? FOR UPDATE',
      [guestId, since],
    );
    return row?.buyerId ?? null;
  }

  /** An order that is a guest's still, and was on its way when the guest became somebody; locked. Waits for a merge that has not committed. */
  async lockLate(tx: Tx, orderId: string, onTheWayS: number): Promise<LateOrder | null> {
    const [row] = await tx.query<LateOrder>(
      `SELECT o.id AS orderId, o.buyer_id AS guestId, g.buyer_id AS buyerId
       FROM customer_order o JOIN merged_guest g ON g.guest_id = o.buyer_id
       WHERE o.id = ? AND o.placed_at <= g.merged_at + INTERVAL ? SECOND FOR UPDATE`,
      [orderId, onTheWayS],
    );
    return row ?? null;
  }

  /** An order that is one's own already, or that a guest has placed for this phone. */
  async lockClaimable(
    tx: Tx,
    orderId: string,
    { userId, phone }: { readonly userId: string; readonly phone: string },
  ): Promise<Pick<LockedOrder, 'id' | 'buyerId'> | null> {
    const [row] = await tx.query<Pick<LockedOrder, 'id' | 'buyerId'>>(
      `SELECT id, buyer_id AS buyerId FROM customer_order
       WHERE id = ? AND (buyer_id = ? OR (buyer_id LIKE ? AND recipient_phone = ?)) FOR UPDATE`,
      [orderId, userId, GUEST_IDS_LIKE, phone],
    );
    return row ?? null;
  }

  /**
   * The key stays, so that whoever has heard nothing asks again and finds this order; it gets a new name only where the buyer has used the same one, because
   * two who chose alike may become one. Fails on the unique key where they use it at this moment. The guest's own key is kept beside it.
   */
  async handOver(tx: Tx, orderIds: readonly OrderId[], buyerId: string): Promise<void> {
    const claims = await tx.query<Pick<OrderClaim, keyof OrderClaim>>(
      'SELECT buyer_id AS guestId, idempotency_key AS idempotencyKey, id AS orderId FROM customer_order WHERE id IN (?)',
      [orderIds],
    );
    await tx.insert('order_claim', claims);
    const used = await tx.query<{ id: OrderId }>(
      `SELECT g.id FROM customer_order g JOIN customer_order o ON o.buyer_id = ? AND o.idempotency_key = g.idempotency_key
       WHERE g.id IN (?)`,
      [buyerId, orderIds],
    );
    if (used.length > 0)
      await tx.write("UPDATE customer_order SET idempotency_key = CONCAT('claimed:', id) WHERE id IN (?)", [
        used.map(({ id }) => id),
      ]);
    await tx.write('UPDATE customer_order SET buyer_id = ? WHERE id IN (?)', [buyerId, orderIds]);
  }

  /** Of whoever is no longer there: where it went stays known by county, to whom does not. The same however often. */
  async forgetRecipients(tx: Tx, buyerId: string): Promise<void> {
    await tx.write(
      "UPDATE customer_order SET recipient_name = ?, recipient_phone = '', recipient_address = '' WHERE buyer_id = ?",
      ['已注销', buyerId],
    );
  }

  /** Unpaid and overdue; orders that somebody is paying or cancelling right now are left to them. */
  async lockOverdue(tx: Tx, now: Date, limit: number): Promise<LockedOrder[]> {
    const rows = await tx.query<RawOrder>(
      `${SELECT} WHERE state = 'PLACED' AND expires_at <= ? ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    return rows.map(lockedOf);
  }

  /** Locked, so that nobody ships what is being cancelled. */
  lockParts(tx: Tx, orderId: string): Promise<LockedPart[]> {
    return tx.query<LockedPart>(
      'SELECT id, state, handover FROM merchant_order WHERE order_id = ? ORDER BY id FOR UPDATE',
      [orderId],
    );
  }

  async cancel(tx: Tx, orderIds: readonly OrderId[], reason: CancelReason, at: Date): Promise<void> {
    await tx.write(
      "UPDATE customer_order SET state = 'CANCELLED', cancelled_at = ?, cancel_reason = ? WHERE id IN (?)",
      [at, reason, orderIds],
    );
    await tx.write("UPDATE merchant_order SET state = 'CANCELLED' WHERE order_id IN (?)", [orderIds]);
  }

  /** A part of it is here: from now on it waits for the rest, as long as that may take. */
  async markDepositPaid(tx: Tx, orderId: string, paidAt: Date, balanceDueAt: Date): Promise<void> {
    await tx.write('UPDATE customer_order SET deposit_paid_at = ?, expires_at = ? WHERE id = ?', [
      paidAt,
      balanceDueAt,
      orderId,
    ]);
  }

  async markPaid(tx: Tx, orderId: string, paidAt: Date): Promise<void> {
    await tx.write("UPDATE customer_order SET state = 'PAID', paid_at = ? WHERE id = ?", [paidAt, orderId]);
    await tx.write("UPDATE merchant_order SET state = 'TO_SHIP', paid_at = ? WHERE order_id = ?", [
      paidAt,
      orderId,
    ]);
  }

  /** From now on it may be shipped; the merchants' parts know that moment as they know a payment's. */
  async markSigned(tx: Tx, orderId: string, signedBy: string, signedAt: Date): Promise<void> {
    await tx.write("UPDATE customer_order SET state = 'SIGNED', signed_at = ?, signed_by = ? WHERE id = ?", [
      signedAt,
      signedBy,
      orderId,
    ]);
    await tx.write("UPDATE merchant_order SET state = 'TO_SHIP', paid_at = ? WHERE order_id = ?", [
      signedAt,
      orderId,
    ]);
  }

  async productIdsOf(tx: Tx, orderId: string): Promise<string[]> {
    const rows = await tx.query<{ productId: string }>(
      'SELECT DISTINCT product_id AS productId FROM order_line WHERE order_id = ?',
      [orderId],
    );
    return rows.map((row) => row.productId);
  }

  async certify(tx: Tx, orderId: string, productId: string, certificationId: string): Promise<void> {
    await tx.write('UPDATE order_line SET certification_id = ? WHERE order_id = ? AND product_id = ?', [
      certificationId,
      orderId,
      productId,
    ]);
  }
}
