import { Injectable } from '@nestjs/common';
import { type Fen, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  StockWriteOff,
  type StockWriteOffId,
  StockWriteOffLine,
  type StockWriteOffState,
} from './stock-write-off.entity.js';

/** A write-off as plain values; and a line of it. */
export type StockWriteOffRow = { readonly [Key in keyof StockWriteOff]: StockWriteOff[Key] };
export type StockWriteOffLineRow = { readonly [Key in keyof StockWriteOffLine]: StockWriteOffLine[Key] };

@Injectable()
export class StockWriteOffRepository {
  byKey(tx: Tx, merchantId: string, causeKey: string): Promise<StockWriteOffRow | null> {
    return tx.manager.findOneBy(StockWriteOff, {
      merchantId: merchantId as StockWriteOffRow['merchantId'],
      causeKey,
    });
  }

  /** Held until the end of the transaction; null outside the scope. */
  async lock(tx: Tx, id: string, merchantIds: readonly string[]): Promise<StockWriteOffRow | null> {
    const row = await tx.manager.findOne(StockWriteOff, {
      where: { id: id as StockWriteOffId },
      lock: { mode: 'pessimistic_write' },
    });
    return row && merchantIds.includes(row.merchantId) ? row : null;
  }

  linesOf(tx: Tx, writeOffId: StockWriteOffId): Promise<StockWriteOffLineRow[]> {
    return tx.manager.find(StockWriteOffLine, {
      where: { writeOffId },
      order: { variantId: 'ASC', batchId: 'ASC' },
    });
  }

  /** What somebody has written off since then without anybody else. */
  async aloneSince(tx: Tx, merchantId: string, userId: string, since: Date): Promise<Fen> {
    const [row] = await tx.query<{ total: string }>(
      `SELECT COALESCE(SUM(value_fen), 0) AS total FROM stock_write_off
       WHERE merchant_id = ? AND requested_by = ? AND approval_request_id IS NULL AND requested_at >= ?`,
      [merchantId, userId, since],
    );
    return fen(row?.total ?? '0');
  }

  /** Whether any of a transfer does, whose lock the caller holds. */
  async waitsFor(tx: Tx, transferId: string): Promise<boolean> {
    const rows = await tx.query(
      "SELECT 1 AS one FROM stock_write_off WHERE transfer_id = ? AND state = 'REQUESTED' LIMIT 1",
      [transferId],
    );
    return rows.length > 0;
  }

  async insert(tx: Tx, writeOff: StockWriteOffRow, lines: readonly StockWriteOffLineRow[]): Promise<void> {
    await tx.insert('stock_write_off', [{ ...writeOff }]);
    await tx.insert(
      'stock_write_off_line',
      lines.map((line) => ({ ...line })),
    );
  }

  async decide(tx: Tx, id: StockWriteOffId, state: StockWriteOffState, decidedAt: Date): Promise<void> {
    await tx.manager.update(StockWriteOff, { id }, { state, decidedAt });
  }
}
