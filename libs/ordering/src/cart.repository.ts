import { Injectable } from '@nestjs/common';
import { GUEST_IDS_LIKE } from '#libs/identity';
import type { Tx } from '#platform/database';
import { type CartLineRow, type OwnedLine, cartLine } from './cart.reader.js';
import type { WantedLine } from './order.rules.js';

export interface CartKey {
  readonly buyerId: string;
  readonly variantId: string;
  readonly channelPointId: string;
}

@Injectable()
export class CartRepository {
  /** In the order in which they were put in. Locked, so that two windows of one buyer cannot overfill the cart together. */
  async lockOwn(tx: Tx, buyerIds: readonly string[]): Promise<ReadonlyMap<string, CartLineRow[]>> {
    const rows = await tx.query<OwnedLine>(
      `SELECT buyer_id AS buyerId, variant_id AS variantId, channel_point_id AS channelPointId, quantity,
         unit_price_fen AS unitPriceFen, best_before_on AS bestBeforeOn FROM cart_line
       WHERE buyer_id IN (?) ORDER BY buyer_id, added_at, variant_id, channel_point_id FOR UPDATE`,
      [buyerIds],
    );
    const own = new Map<string, CartLineRow[]>(buyerIds.map((buyerId) => [buyerId, []]));
    for (const row of rows) own.get(row.buyerId)?.push(cartLine(row));
    return own;
  }

  /** Of several buyers, in one order, so that two who merge into one another do not wait for each other. */
  async lockLines(tx: Tx, buyerIds: readonly string[]): Promise<(CartKey & { readonly quantity: number })[]> {
    return tx.query(
      `SELECT buyer_id AS buyerId, variant_id AS variantId, channel_point_id AS channelPointId, quantity FROM cart_line
       WHERE buyer_id IN (?) ORDER BY buyer_id, added_at, variant_id, channel_point_id FOR UPDATE`,
      [buyerIds],
    );
  }

  /** What guests have not touched since then; returns how many lines. Who they had become is of no more use by then either. */
  async sweepGuests(tx: Tx, before: Date, limit: number): Promise<number> {
    await tx.write('DELETE FROM merged_guest WHERE merged_at < ? ORDER BY merged_at LIMIT ?', [
      before,
      limit,
    ]);
    return tx.write(
      'DELETE FROM cart_line WHERE buyer_id LIKE ? AND COALESCE(changed_at, added_at) < ? LIMIT ?',
      [GUEST_IDS_LIKE, before, limit],
    );
  }

  async clear(tx: Tx, buyerId: string): Promise<void> {
    await tx.write('DELETE FROM cart_line WHERE buyer_id = ?', [buyerId]);
  }

  /** What was moved has been seen as the guest saw it; what was there already, as its buyer did. */
  async rememberSeen(tx: Tx, buyerId: string, guestId: string): Promise<void> {
    await tx.write(
      `UPDATE cart_line own JOIN cart_line guest
         ON guest.variant_id = own.variant_id AND guest.channel_point_id = own.channel_point_id
       SET own.unit_price_fen = guest.unit_price_fen, own.best_before_on = guest.best_before_on
       WHERE own.buyer_id = ? AND guest.buyer_id = ? AND own.unit_price_fen IS NULL`,
      [buyerId, guestId],
    );
  }

  /** Lines of one buyer or of several. Whoever says how many has seen what it costs now. */
  async setSeen(tx: Tx, lines: readonly OwnedLine[], at: Date): Promise<void> {
    if (lines.length === 0) return;
    const rows = lines.map((line) => [
      line.buyerId,
      line.variantId,
      line.channelPointId,
      line.quantity,
      at,
      at,
      line.unitPriceFen,
      line.bestBeforeOn,
    ]);
    await tx.write(
      `INSERT INTO cart_line (buyer_id, variant_id, channel_point_id, quantity, added_at, changed_at, unit_price_fen, best_before_on)
       VALUES ? ON DUPLICATE KEY UPDATE quantity = VALUES(quantity), changed_at = VALUES(changed_at), unit_price_fen = VALUES(unit_price_fen),
         best_before_on = VALUES(best_before_on)`,
      [rows],
    );
  }

  /** Several lines of one buyer, added now. */
  async setAll(tx: Tx, buyerId: string, lines: readonly WantedLine[], at: Date): Promise<void> {
    if (lines.length === 0) return;
    const rows = lines.map((line) => [buyerId, line.variantId, line.channelPointId, line.quantity, at, at]);
    await tx.write(
      `INSERT INTO cart_line (buyer_id, variant_id, channel_point_id, quantity, added_at, changed_at) VALUES ?
       ON DUPLICATE KEY UPDATE quantity = VALUES(quantity), changed_at = VALUES(changed_at)`,
      [rows],
    );
  }

  async removeAll(tx: Tx, buyerId: string, lines: readonly WantedLine[]): Promise<void> {
    if (lines.length === 0) return;
    const keys = lines.map((line) => [line.variantId, line.channelPointId]);
    await tx.write('DELETE FROM cart_line WHERE buyer_id = ? AND (variant_id, channel_point_id) IN (?)', [
      buyerId,
      keys,
    ]);
  }

  async remove(tx: Tx, { buyerId, variantId, channelPointId }: CartKey): Promise<void> {
    await tx.write('DELETE FROM cart_line WHERE buyer_id = ? AND variant_id = ? AND channel_point_id = ?', [
      buyerId,
      variantId,
      channelPointId,
    ]);
  }
}
