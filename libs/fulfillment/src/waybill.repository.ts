import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import { PrintBatch, PrintBatchItem } from './print-batch.entity.js';
import type { Waybill, WaybillId, WaybillNumber } from './waybill.entity.js';

type Row<Entity> = Pick<Entity, keyof Entity>;

export type WaybillRow = Row<Waybill>;

const SELECT = `SELECT id, merchant_order_id AS merchantOrderId, merchant_id AS merchantId, carrier, tracking_no AS trackingNo, state,
  live_of AS liveOf, fulfillment_id AS fulfillmentId, asked_at AS askedAt, voided_at AS voidedAt, void_told_at AS voidToldAt FROM waybill`;

@Injectable()
export class WaybillRepository {
  /** Under which the merchant orders may leave; their locks are held. */
  liveOf(tx: Tx, merchantOrderIds: readonly string[]): Promise<WaybillRow[]> {
    return tx.query(`${SELECT} WHERE live_of IN (?) ORDER BY id`, [merchantOrderIds]);
  }

  async seen(tx: Tx, id: string, merchantIds: readonly string[]): Promise<WaybillRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await tx.query<WaybillRow>(`${SELECT} WHERE id = ? AND merchant_id IN (?)`, [
      id,
      merchantIds,
    ]);
    return row ?? null;
  }

  /** Those of a carrier that was asked, and has not answered. */
  async askedIn(tx: Pick<Tx, 'query'>, printBatchId: string): Promise<WaybillRow[]> {
    return tx.query(
      `${SELECT} WHERE state = 'ASKED' AND id IN (SELECT waybill_id FROM print_batch_item WHERE print_batch_id = ?) ORDER BY id`,
      [printBatchId],
    );
  }

  async insert(tx: Tx, waybills: readonly WaybillRow[]): Promise<void> {
    if (waybills.length > 0)
      await tx.insert(
        'waybill',
        waybills.map((row) => ({ ...row })),
      );
  }

  async note(tx: Tx, id: WaybillId, trackingNo: string): Promise<void> {
    await tx.write("UPDATE waybill SET tracking_no = ?, state = 'DRAWN' WHERE id = ? AND state = 'ASKED'", [
      trackingNo,
      id,
    ]);
  }

  async markShipped(tx: Tx, id: WaybillId, fulfillmentId: FulfillmentId): Promise<void> {
    await tx.write("UPDATE waybill SET state = 'SHIPPED', live_of = NULL, fulfillment_id = ? WHERE id = ?", [
      fulfillmentId,
      id,
    ]);
  }

  /** What no carrier has given a number yet there is nobody to tell of. */
  async markVoided(tx: Tx, ids: readonly WaybillId[], at: Date): Promise<void> {
    await tx.write(
      `UPDATE waybill SET void_told_at = IF(tracking_no IS NULL, ?, NULL), state = 'VOIDED', live_of = NULL, voided_at = ?
       WHERE id IN (?) AND live_of IS NOT NULL`,
      [at, at, ids],
    );
  }

  voidedUntold(tx: Pick<Tx, 'query'>, limit: number): Promise<WaybillRow[]> {
    return tx.query(`${SELECT} WHERE state = 'VOIDED' AND void_told_at IS NULL ORDER BY id LIMIT ?`, [limit]);
  }

  async markTold(tx: Tx, id: WaybillId, at: Date): Promise<void> {
    await tx.write('UPDATE waybill SET void_told_at = ? WHERE id = ? AND void_told_at IS NULL', [at, id]);
  }

  async batchByKey(tx: Tx, merchantId: string, idempotencyKey: string): Promise<PrintBatch | null> {
    return tx.manager.findOneBy(PrintBatch, {
      merchantId: merchantId as PrintBatch['merchantId'],
      idempotencyKey,
    });
  }

  /** In their order. */
  ordersOf(tx: Tx, printBatchId: string): Promise<{ readonly merchantOrderId: string }[]> {
    return tx.query(
      `SELECT w.merchant_order_id AS merchantOrderId FROM print_batch_item i JOIN waybill w ON w.id = i.waybill_id
       WHERE i.print_batch_id = ? ORDER BY i.position`,
      [printBatchId],
    );
  }

  async insertBatch(tx: Tx, batch: PrintBatch, waybillIds: readonly WaybillId[]): Promise<void> {
    await tx.manager.insert(PrintBatch, batch);
    await tx.manager.insert(
      PrintBatchItem,
      waybillIds.map((waybillId, index) => ({ printBatchId: batch.id, position: index + 1, waybillId })),
    );
  }

  /** How many of them were not there before. */
  async addNumbers(tx: Tx, numbers: readonly Omit<Row<WaybillNumber>, 'waybillId'>[]): Promise<number> {
    return tx.write(
      'INSERT IGNORE INTO waybill_number (merchant_id, carrier, tracking_no, added_by, added_at) VALUES ?',
      [
        numbers.map(({ merchantId, carrier, trackingNo, addedBy, addedAt }) => [
          merchantId,
          carrier,
          trackingNo,
          addedBy,
          addedAt,
        ]),
      ],
    );
  }
}
