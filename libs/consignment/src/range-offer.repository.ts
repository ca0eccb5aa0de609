import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { RangeOffer, type RangeOfferId, type RangeOfferState } from './range-offer.entity.js';

@Injectable()
export class RangeOfferRepository {
  async insert(tx: Tx, offers: readonly RangeOffer[]): Promise<void> {
    if (offers.length > 0) await tx.manager.insert(RangeOffer, [...offers]);
  }

  /** What is offered or agreed to of these products at a place; under the lock of the place. */
  open(
    tx: Tx,
    channelPointId: string,
    productIds: readonly string[],
  ): Promise<{ id: RangeOfferId; productId: string }[]> {
    return tx.query(
      'SELECT id, product_id AS productId FROM range_offer WHERE channel_point_id = ? AND open_product_id IN (?) ORDER BY id',
      [channelPointId, productIds],
    );
  }

  /** The lock by which answers take turns; null for what is neither asked of nor by these merchants. */
  async lock(tx: Tx, id: string, merchantIds: readonly string[]): Promise<RangeOffer | null> {
    if (merchantIds.length === 0) return null;
    const [found] = await tx.query<{ id: RangeOfferId }>(
      'SELECT id FROM range_offer WHERE id = ? AND (merchant_id IN (?) OR operator_id IN (?)) FOR UPDATE',
      [id, merchantIds, merchantIds],
    );
    return found ? tx.manager.findOneBy(RangeOffer, { id: found.id }) : null;
  }

  async decide(
    tx: Tx,
    id: RangeOfferId,
    { state, decidedBy, reason }: { state: RangeOfferState; decidedBy: string; reason: string },
    at: Date,
  ): Promise<void> {
    await tx.write(
      `UPDATE range_offer SET state = ?, open_product_id = CASE WHEN ? = 'AGREED' THEN product_id END, decided_by = ?, decided_at = ?, reason = ?
       WHERE id = ?`,
      [state, state, decidedBy, at, reason, id],
    );
  }
}
