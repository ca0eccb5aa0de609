import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '#platform/database';
import { AfterSale, type AfterSaleId, AfterSalePhoto, AfterSaleStep } from './after-sale.entity.js';

@Injectable()
export class AfterSaleRepository {
  /**
   * A case behind the lock of every case about the same parcel, in the order of their ids: whether anything is left to keep, and with it the
   * freight, is known only behind all of them.
   */
  async lock(tx: Tx, id: string): Promise<AfterSale | null> {
    const [found] = await tx.query<{ merchantOrderId: string }>(
      'SELECT merchant_order_id AS merchantOrderId FROM after_sale WHERE id = ?',
      [id],
    );
    if (!found) return null;
    await this.lockParcel(tx, found.merchantOrderId);
    return tx.manager.findOneBy(AfterSale, { id: id as AfterSaleId });
  }

  async lockParcel(tx: Tx, merchantOrderId: string): Promise<void> {
    await tx.query('SELECT id FROM after_sale WHERE merchant_order_id = ? ORDER BY id FOR UPDATE', [
      merchantOrderId,
    ]);
  }

  /** In the order in which they were opened. */
  ofLine(tx: Tx, orderLineId: string): Promise<AfterSale[]> {
    const where = { orderLineId: orderLineId as AfterSale['orderLineId'] };
    return tx.manager.find(AfterSale, { where, order: { id: 'ASC' } });
  }

  /** How many somebody has open, counted no further than the limit. Whoever opens several at once may pass it by as many. */
  async openOf(tx: Tx, buyerId: string, limit: number): Promise<number> {
    const rows = await tx.query('SELECT 1 FROM after_sale WHERE buyer_id = ? AND closed_at IS NULL LIMIT ?', [
      buyerId,
      limit,
    ]);
    return rows.length;
  }

  async insert(tx: Tx, opened: AfterSale): Promise<void> {
    await tx.manager.insert(AfterSale, opened);
  }

  async update(tx: Tx, id: AfterSaleId, changes: Partial<AfterSale>): Promise<void> {
    await tx.manager.update(AfterSale, { id }, changes);
  }

  async addStep(tx: Tx, step: AfterSaleStep): Promise<void> {
    await tx.manager.insert(AfterSaleStep, step);
  }

  /**
   * Of a guest's order, to whom it is now. The key gets a new name: two who chose alike may become one buyer. Found without a lock: none was opened
   * after the order had changed hands, and none that was is missing. The same however often.
   */
  async handOver(tx: Tx, orderId: string, guestId: string, buyerId: string): Promise<void> {
    const found = await tx.query<{ id: AfterSaleId }>(
      'SELECT id FROM after_sale WHERE buyer_id = ? AND order_id = ? ORDER BY id',
      [guestId, orderId],
    );
    if (found.length === 0) return;
    await tx.write(
      "UPDATE after_sale SET buyer_id = ?, idempotency_key = CONCAT('claimed:', id) WHERE id IN (?)",
      [buyerId, found.map(({ id }) => id)],
    );
  }

  /**
   * What the buyer and the sellers wrote in somebody's cases; what was done, when, and what the platform decided stays. In two statements,
   * so that no case is locked: a join would lock those of several parcels at once. The same however often.
   */
  async forgetWords(tx: Tx, buyerId: string): Promise<void> {
    const found = await tx.query<{ id: AfterSaleId }>('SELECT id FROM after_sale WHERE buyer_id = ?', [
      buyerId,
    ]);
    if (found.length === 0) return;
    await tx.write(
      "UPDATE after_sale_step SET note = '' WHERE after_sale_id IN (?) AND side IN ('BUYER', 'MERCHANT')",
      [found.map(({ id }) => id)],
    );
  }

  photosOf(tx: Tx, id: AfterSaleId): Promise<AfterSalePhoto[]> {
    return tx.manager.findBy(AfterSalePhoto, { afterSaleId: In([id]) });
  }

  async addPhotos(tx: Tx, photos: readonly AfterSalePhoto[]): Promise<void> {
    if (photos.length > 0) await tx.manager.insert(AfterSalePhoto, [...photos]);
  }

  /** Taken, put off, and shared between clockworks by SKIP LOCKED: one that fails does not stand in the way of the others. */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<AfterSaleId[]> {
    const rows = await tx.query<{ id: AfterSaleId }>(
      'SELECT id FROM after_sale WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [now, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write('UPDATE after_sale SET due_at = ? WHERE id IN (?)', [until, ids]);
    return ids;
  }
}
