import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { PrintBatchId } from './print-batch.entity.js';
import type { Carrier } from './waybill.rules.js';
import type { WaybillRow } from './waybill.repository.js';

export interface PrintBatchRow {
  readonly id: PrintBatchId;
  readonly merchantId: string;
  readonly carrier: Carrier;
  readonly openedAt: Date;
}

export interface PrintedWaybillRow extends WaybillRow {
  readonly printBatchId: PrintBatchId;
}

export interface NumbersLeft {
  readonly carrier: Carrier;
  readonly left: number;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const PRINT_BATCH_KEY_PARTS = 1;

const BATCH = 'SELECT id, merchant_id AS merchantId, carrier, opened_at AS openedAt FROM print_batch';
const WAYBILL = `w.id, w.merchant_order_id AS merchantOrderId, w.merchant_id AS merchantId, w.carrier, w.tracking_no AS trackingNo,
  w.state, w.live_of AS liveOf, w.fulfillment_id AS fulfillmentId, w.asked_at AS askedAt, w.voided_at AS voidedAt, w.void_told_at AS voidToldAt`;

@Injectable()
export class PrintBatchReader {
  constructor(private readonly database: Database) {}

  /** The latest first; the caller has checked whose they are. */
  async page(merchantId: string, { first, after }: PageRequest): Promise<Page<PrintBatchRow>> {
    const values: SqlValue[] = [merchantId];
    if (after) values.push(present(after[0], 'an id'));
    const rows = await this.database.query<PrintBatchRow>(
      `${BATCH} WHERE merchant_id = ? ${after ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null for those of other merchants. */
  async byId(id: string, merchantIds: readonly string[]): Promise<PrintBatchRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await this.database.query<PrintBatchRow>(`${BATCH} WHERE id = ? AND merchant_id IN (?)`, [
      id,
      merchantIds,
    ]);
    return row ?? null;
  }

  /** In the order in which they are printed; the caller has checked whose they are. */
  async waybillsOf(printBatchIds: readonly string[]): Promise<PrintedWaybillRow[]> {
    if (printBatchIds.length === 0) return [];
    return this.database.query<PrintedWaybillRow>(
      `SELECT i.print_batch_id AS printBatchId, ${WAYBILL} FROM print_batch_item i JOIN waybill w ON w.id = i.waybill_id
       WHERE i.print_batch_id IN (?) ORDER BY i.print_batch_id, i.position`,
      [printBatchIds],
    );
  }

  /** Under which they may leave; the caller has checked whose they are. */
  async liveOf(merchantOrderIds: readonly string[]): Promise<WaybillRow[]> {
    if (merchantOrderIds.length === 0) return [];
    return this.database.query<WaybillRow>(`SELECT ${WAYBILL} FROM waybill w WHERE w.live_of IN (?)`, [
      merchantOrderIds,
    ]);
  }

  async waybillById(id: string): Promise<WaybillRow | null> {
    const [row] = await this.database.query<WaybillRow>(`SELECT ${WAYBILL} FROM waybill w WHERE w.id = ?`, [
      id,
    ]);
    return row ?? null;
  }

  /** The label that was printed with it last; null for those of other merchants. */
  async byNumber(trackingNo: string, merchantIds: readonly string[]): Promise<WaybillRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await this.database.query<WaybillRow>(
      `SELECT ${WAYBILL} FROM waybill w WHERE w.merchant_id IN (?) AND w.tracking_no = ? ORDER BY w.id DESC LIMIT 1`,
      [merchantIds, trackingNo],
    );
    return row ?? null;
  }

  /** Numbers that are on no label yet; the caller has checked whose they are. */
  async numbersLeft(merchantId: string): Promise<NumbersLeft[]> {
    const rows = await this.database.query<{ carrier: Carrier; count: string }>(
      'SELECT carrier, COUNT(*) AS count FROM waybill_number WHERE merchant_id = ? AND waybill_id IS NULL GROUP BY carrier ORDER BY carrier',
      [merchantId],
    );
    return rows.map(({ carrier, count }) => ({ carrier, left: Number(count) }));
  }
}
