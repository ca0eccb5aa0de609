import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, type Message, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { BulkCheck } from './bulk-check.reader.js';
import { faultsText } from './bulk-check.rules.js';
import type { BulkOrder, BulkOrderId, BulkOrderState, BulkParcelState } from './bulk-order.entity.js';
import {
  BULK_ORDER_COLUMNS,
  type BulkOrderRecord,
  type RawBulkOrder,
  bulkOrderOf,
} from './bulk-order-record.rules.js';
import type { BulkOrderWish } from './bulk-order.rules.js';

/** A parcel that is to be placed, signed or called off. */
export interface ParcelToDo {
  readonly parcelNo: number;
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  readonly address: string;
  readonly totalFen: Fen;
  readonly state: BulkParcelState;
  readonly orderId: IdOf<'ord'> | null;
  readonly attempts: number;
}

/** Rows of one INSERT: a few hundred kilobytes. */
const INSERT_MAX = 500;

@Injectable()
export class BulkOrderRepository {
  async insert(tx: Tx, order: BulkOrderRecord): Promise<void> {
    await tx.insert('bulk_order', [order]);
  }

  /** Checking, confirming and working on one list follow each other by this lock. */
  async lock(tx: Tx, id: string): Promise<BulkOrderRecord | null> {
    const [row] = await tx.query<RawBulkOrder>(
      `SELECT ${BULK_ORDER_COLUMNS} FROM bulk_order WHERE id = ? FOR UPDATE`,
      [id],
    );
    return row ? bulkOrderOf(row) : null;
  }

  async lockSame(
    tx: Tx,
    {
      unitId,
      contractorId,
      contentHash,
      reference,
    }: Pick<BulkOrder, 'unitId' | 'contractorId' | 'contentHash' | 'reference'>,
  ): Promise<BulkOrderRecord | null> {
    const [row] = await tx.query<RawBulkOrder>(
      `SELECT ${BULK_ORDER_COLUMNS} FROM bulk_order
       WHERE unit_id = ? AND contractor_id = ? AND content_hash = ? AND reference = ? FOR UPDATE`,
      [unitId, contractorId, contentHash, reference],
    );
    return row ? bulkOrderOf(row) : null;
  }

  async openOf(tx: Tx, unitId: string): Promise<number> {
    const rows = await tx.query(
      "SELECT 1 FROM bulk_order WHERE unit_id = ? AND state = 'CHECKED' LIMIT 100",
      [unitId],
    );
    return rows.length;
  }

  /** What was found of it now takes the place of what was found before. */
  async keep(tx: Tx, id: BulkOrderId, check: BulkCheck): Promise<void> {
    await tx.write('DELETE FROM bulk_order_row WHERE bulk_order_id = ?', [id]);
    await tx.write('DELETE FROM bulk_order_parcel WHERE bulk_order_id = ?', [id]);
    const parcelOf = new Map(
      check.parcels.flatMap(({ parcelNo, lines }) => lines.map(({ rowNo }) => [rowNo, parcelNo] as const)),
    );
    const rows = check.rows.map(({ rowNo, cells, variantId, quantity, faults }) => ({
      bulkOrderId: id,
      rowNo,
      parcelNo: parcelOf.get(rowNo) ?? null,
      recipient: cells.RECIPIENT,
      phone: cells.PHONE,
      county: cells.COUNTY,
      address: cells.ADDRESS,
      goods: cells.GOODS,
      quantityText: cells.QUANTITY,
      variantId,
      quantity,
      faults: faultsText(faults),
    }));
    for (let at = 0; at < rows.length; at += INSERT_MAX)
      await tx.insert('bulk_order_row', rows.slice(at, at + INSERT_MAX));
    const parcels = check.parcels.map(({ parcelNo, name, phone, countyCode, address, totalFen }) => ({
      bulkOrderId: id,
      parcelNo,
      name,
      phone,
      countyCode,
      address,
      totalFen,
      state: 'WAITING',
    }));
    for (let at = 0; at < parcels.length; at += INSERT_MAX)
      await tx.insert('bulk_order_parcel', parcels.slice(at, at + INSERT_MAX));
    const { goodsFen, freightFen, totalFen, faultyRowCount } = check;
    await tx.write(
      'UPDATE bulk_order SET row_count = ?, faulty_row_count = ?, goods_fen = ?, freight_fen = ?, total_fen = ? WHERE id = ?',
      [rows.length, faultyRowCount, goodsFen, freightFen, totalFen, id],
    );
  }

  async markChecked(
    tx: Tx,
    id: BulkOrderId,
    {
      buyerId,
      fileName,
      at,
    }: { readonly buyerId: string; readonly fileName: string | null; readonly at: Date },
  ): Promise<void> {
    await tx.write(
      `UPDATE bulk_order SET state = 'CHECKED', buyer_id = ?, file_name = COALESCE(?, file_name), checked_at = ?, forgotten_at = NULL
       WHERE id = ?`,
      [buyerId, fileName, at, id],
    );
  }

  async confirm(tx: Tx, wish: BulkOrderWish, buyerId: string, at: Date): Promise<void> {
    const { bulkOrderId, mode, paymentTerm, isForUnion, invoiceTitleId, campaignCode } = wish;
    await tx.write(
      `UPDATE bulk_order SET state = 'PLACING', buyer_id = ?, mode = ?, payment_term = ?, is_for_union = ?, invoice_title_id = ?,
         campaign_code = ?, confirmed_at = ? WHERE id = ?`,
      [buyerId, mode, paymentTerm, isForUnion, invoiceTitleId, campaignCode, at, bulkOrderId],
    );
  }

  async discard(tx: Tx, id: BulkOrderId): Promise<void> {
    await tx.write("UPDATE bulk_order SET state = 'DISCARDED' WHERE id = ?", [id]);
  }

  /** At work again; what was said of its parcels before is said no longer of those that it is about now. */
  async begin(
    tx: Tx,
    id: BulkOrderId,
    state: 'SIGNING' | 'UNDOING',
    signerId: string | null = null,
  ): Promise<void> {
    await tx.write(
      'UPDATE bulk_order SET state = ?, finished_at = NULL, lease_until = NULL, signer_id = COALESCE(?, signer_id) WHERE id = ?',
      [state, signerId, id],
    );
    await tx.write(
      `UPDATE bulk_order_parcel SET refusal_code = NULL, refusal_zh = NULL, refusal_en = NULL, attempts = 0
       WHERE bulk_order_id = ? AND state IN ('PLACED', 'SIGNED')`,
      [id],
    );
  }

  /** The oldest list at which nobody is; whoever takes it has it until the lease ends. Others skip it. */
  async take(tx: Tx, now: Date, leaseUntil: Date): Promise<BulkOrderRecord | null> {
    const [row] = await tx.query<RawBulkOrder>(
      `SELECT ${BULK_ORDER_COLUMNS} FROM bulk_order
       WHERE state IN ('PLACING', 'SIGNING', 'UNDOING') AND (lease_until IS NULL OR lease_until < ?)
       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    if (!row) return null;
    await tx.write('UPDATE bulk_order SET lease_until = ? WHERE id = ?', [leaseUntil, row.id]);
    return bulkOrderOf(row);
  }

  async toDo(
    tx: Tx,
    id: BulkOrderId,
    states: readonly BulkParcelState[],
    limit: number,
  ): Promise<ParcelToDo[]> {
    const rows = await tx.query<Omit<ParcelToDo, 'totalFen'> & { readonly totalFen: FenText }>(
      `SELECT parcel_no AS parcelNo, name, phone, county_code AS countyCode, address, total_fen AS totalFen, state,
         order_id AS orderId, attempts
       FROM bulk_order_parcel WHERE bulk_order_id = ? AND state IN (?) AND refusal_code IS NULL ORDER BY parcel_no LIMIT ?`,
      [id, states, limit],
    );
    return rows.map((row) => ({ ...row, totalFen: fen(row.totalFen) }));
  }

  /** Of these parcels, what goes into each. */
  linesOf(
    tx: Tx,
    id: BulkOrderId,
    parcelNos: readonly number[],
  ): Promise<{ readonly parcelNo: number; readonly variantId: string; readonly quantity: number }[]> {
    if (parcelNos.length === 0) return Promise.resolve([]);
    return tx.query(
      `SELECT parcel_no AS parcelNo, variant_id AS variantId, quantity FROM bulk_order_row
       WHERE bulk_order_id = ? AND parcel_no IN (?) ORDER BY row_no`,
      [id, parcelNos],
    );
  }

  async markDone(
    tx: Tx,
    id: BulkOrderId,
    { parcelNo, state, orderId }: Pick<ParcelToDo, 'parcelNo' | 'state' | 'orderId'>,
  ): Promise<void> {
    await tx.write(
      'UPDATE bulk_order_parcel SET state = ?, order_id = ? WHERE bulk_order_id = ? AND parcel_no = ?',
      [state, orderId, id, parcelNo],
    );
  }

  async markRefused(
    tx: Tx,
    id: BulkOrderId,
    { parcelNo, state }: Pick<ParcelToDo, 'parcelNo' | 'state'>,
    { code, message }: { readonly code: string; readonly message: Message },
  ): Promise<void> {
    await tx.write(
      `UPDATE bulk_order_parcel SET state = ?, refusal_code = ?, refusal_zh = ?, refusal_en = ?
       WHERE bulk_order_id = ? AND parcel_no = ?`,
      [state, code, message.zh.slice(0, 300), message.en.slice(0, 300), id, parcelNo],
    );
  }

  async countAttempt(tx: Tx, id: BulkOrderId, parcelNo: number): Promise<void> {
    await tx.write(
      'UPDATE bulk_order_parcel SET attempts = attempts + 1 WHERE bulk_order_id = ? AND parcel_no = ?',
      [id, parcelNo],
    );
  }

  /** Of a list that is called off: what was never tried need not be. What was tried and failed may have been placed all the same, and is looked at. */
  async undoWaiting(tx: Tx, id: BulkOrderId): Promise<void> {
    await tx.write(
      "UPDATE bulk_order_parcel SET state = 'UNDONE' WHERE bulk_order_id = ? AND state = 'WAITING' AND attempts = 0",
      [id],
    );
  }

  async standing(
    tx: Tx,
    id: BulkOrderId,
    states: readonly BulkParcelState[],
  ): Promise<{ readonly left: number; readonly refusals: number }> {
    const [row] = await tx.query<{ remaining: string | null; refusals: string | null }>(
      `SELECT SUM(state IN (?) AND refusal_code IS NULL) AS remaining, SUM(refusal_code IS NOT NULL) AS refusals
       FROM bulk_order_parcel WHERE bulk_order_id = ?`,
      [states, id],
    );
    return { left: Number(row?.remaining ?? 0), refusals: Number(row?.refusals ?? 0) };
  }

  /** The lease ends with the batch. */
  async release(
    tx: Tx,
    id: BulkOrderId,
    { state, finishedAt }: { readonly state: BulkOrderState; readonly finishedAt: Date | null },
  ): Promise<void> {
    await tx.write('UPDATE bulk_order SET state = ?, finished_at = ?, lease_until = NULL WHERE id = ?', [
      state,
      finishedAt,
      id,
    ]);
  }

  /** Lists at rest that nobody has looked after for long. */
  async lockOld(tx: Tx, before: Date, limit: number): Promise<BulkOrderId[]> {
    const rows = await tx.query<{ id: BulkOrderId }>(
      `SELECT id FROM bulk_order WHERE forgotten_at IS NULL AND checked_at < ? AND state NOT IN ('PLACING', 'SIGNING', 'UNDOING')
         AND (finished_at IS NULL OR finished_at < ?) ORDER BY checked_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [before, before, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Whom the parcels went to stands in the orders, as long as it may; what was never ordered is thrown away. */
  async forget(tx: Tx, id: BulkOrderId, at: Date): Promise<void> {
    await tx.write(
      "UPDATE bulk_order_row SET recipient = '', phone = '', address = '' WHERE bulk_order_id = ?",
      [id],
    );
    await tx.write(
      "UPDATE bulk_order_parcel SET name = '', phone = '', address = '' WHERE bulk_order_id = ?",
      [id],
    );
    await tx.write(
      "UPDATE bulk_order SET forgotten_at = ?, state = IF(state = 'CHECKED', 'DISCARDED', state) WHERE id = ?",
      [at, id],
    );
  }
}
