import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Fen, fen } from '#libs/kernel';
import type { SqlValue, Tx } from '#platform/database';
import { Receivable, ReceivableEntry, ReceivablePart } from './receivable.entity.js';
import type { PartRow, ReceivableRow } from './receivable.rules.js';

/** What one unit owes at a time; a receipt locks all of it, because the oldest is paid first. */
const OPEN_MAX = 2_000;

@Injectable()
export class ReceivableRepository {
  /** By this lock whatever changes one receivable takes turns; it is taken before the shares of its order and before the ledger's accounts. */
  async lock(tx: Tx, orderId: string): Promise<ReceivableRow | null> {
    const [row] = await this.lockMany(tx, [orderId]);
    return row ?? null;
  }

  /** In the order of ids, as everywhere. */
  lockMany(tx: Tx, orderIds: readonly string[]): Promise<ReceivableRow[]> {
    if (orderIds.length === 0) return Promise.resolve([]);
    return tx.manager.find(Receivable, {
      where: { orderId: In([...orderIds]) },
      order: { orderId: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /**
   * Found first and then locked by their ids. Locked as it is found, a row is looked for by what is open of it: whoever waits there for another
   * receipt no longer sees it afterwards, because it stands elsewhere in that index by then, and takes it for paid.
   */
  async lockOpenOfUnit(tx: Tx, unitId: ReceivableRow['unitId']): Promise<ReceivableRow[]> {
    const found = await tx.query<{ orderId: string }>(
      'SELECT order_id AS orderId FROM receivable WHERE unit_id = ? AND open_fen > 0 ORDER BY order_id LIMIT ?',
      [unitId, OPEN_MAX],
    );
    const locked = await this.lockMany(
      tx,
      found.map(({ orderId }) => orderId),
    );
    return locked.filter(({ openFen }) => openFen > 0n);
  }

  partsOf(tx: Tx, orderIds: readonly string[]): Promise<PartRow[]> {
    return tx.manager.find(ReceivablePart, {
      where: { orderId: In([...orderIds]) },
      order: { orderId: 'ASC', merchantId: 'ASC' },
    });
  }

  async insert(tx: Tx, receivable: ReceivableRow, parts: readonly PartRow[]): Promise<void> {
    await tx.manager.insert(Receivable, receivable);
    await tx.insert('receivable_part', parts as readonly (PartRow & Record<string, SqlValue>)[]);
  }

  async addEntries(
    tx: Tx,
    entries: readonly { readonly [Key in keyof ReceivableEntry]: ReceivableEntry[Key] }[],
  ) {
    await tx.insert('receivable_entry', entries as readonly (ReceivableEntry & Record<string, SqlValue>)[]);
  }

  /** What has become of them, in two statements however many they are; every row is there and locked. */
  async save(tx: Tx, receivables: readonly ReceivableRow[], parts: readonly PartRow[]): Promise<void> {
    await tx.write(
      `INSERT INTO receivable (order_id, unit_id, division_code, buyer_id, signed_on, due_on, amount_fen, paid_fen,
         paid_on_time_fen, credited_fen, written_off_fen, open_fen, state, hold_ref, updated_at) VALUES ?
       ON DUPLICATE KEY UPDATE paid_fen = VALUES(paid_fen), paid_on_time_fen = VALUES(paid_on_time_fen),
         credited_fen = VALUES(credited_fen), written_off_fen = VALUES(written_off_fen), open_fen = VALUES(open_fen),
         state = VALUES(state), hold_ref = VALUES(hold_ref), updated_at = VALUES(updated_at)`,
      [
        receivables.map((row) => [
          row.orderId,
          row.unitId,
          row.divisionCode,
          row.buyerId,
          row.signedOn,
          row.dueOn,
          row.amountFen,
          row.paidFen,
          row.paidOnTimeFen,
          row.creditedFen,
          row.writtenOffFen,
          row.openFen,
          row.state,
          row.holdRef,
          row.updatedAt,
        ]),
      ],
    );
    await tx.write(
      `INSERT INTO receivable_part (order_id, merchant_id, amount_fen, credited_fen, open_fen) VALUES ?
       ON DUPLICATE KEY UPDATE credited_fen = VALUES(credited_fen), open_fen = VALUES(open_fen)`,
      [
        parts.map(({ orderId, merchantId, amountFen, creditedFen, openFen }) => [
          orderId,
          merchantId,
          amountFen,
          creditedFen,
          openFen,
        ]),
      ],
    );
  }

  /** What a receipt has paid of which order. */
  async paidBy(tx: Tx, receiptId: string): Promise<{ readonly orderId: string; readonly amountFen: Fen }[]> {
    const rows = await tx.query<{ orderId: string; amount: string }>(
      `SELECT order_id AS orderId, amount_fen AS amount FROM receivable_entry
       WHERE source_ref = ? AND kind = 'PAID' ORDER BY order_id`,
      [receiptId],
    );
    return rows.map(({ orderId, amount }) => ({ orderId, amountFen: fen(amount) }));
  }
}
