import { Injectable } from '@nestjs/common';
import { assert } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { StockLine } from './stock-line.rules.js';
import { StockTransfer, type StockTransferId, StockTransferLine } from './stock-transfer.entity.js';
import { endOf } from './stock-transfer.rules.js';

/** A transfer as plain values; and a line of it. */
export type StockTransferRow = { readonly [Key in keyof StockTransfer]: StockTransfer[Key] };
export type StockTransferLineRow = { readonly [Key in keyof StockTransferLine]: StockTransferLine[Key] };

/** What became of units that were on their way. */
export type Arrival = 'received_units' | 'lost_units' | 'returned_units';

@Injectable()
export class StockTransferRepository {
  /** Held until the end of the transaction, so that the same wish said twice at once is one. */
  byKey(tx: Tx, merchantId: string, causeKey: string): Promise<StockTransferRow | null> {
    return tx.manager.findOne(StockTransfer, {
      where: { merchantId: merchantId as StockTransferRow['merchantId'], causeKey },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Held until the end of the transaction; null outside the scope. */
  async lock(tx: Tx, id: string, merchantIds: readonly string[]): Promise<StockTransferRow | null> {
    const row = await tx.manager.findOne(StockTransfer, {
      where: { id: id as StockTransferId },
      lock: { mode: 'pessimistic_write' },
    });
    return row && merchantIds.includes(row.merchantId) ? row : null;
  }

  linesOf(tx: Tx, transferId: StockTransferId): Promise<StockTransferLineRow[]> {
    return tx.manager.find(StockTransferLine, {
      where: { transferId },
      order: { variantId: 'ASC', batchId: 'ASC' },
    });
  }

  async insert(tx: Tx, transfer: StockTransferRow, lines: readonly StockTransferLineRow[]): Promise<void> {
    await tx.insert('stock_transfer', [{ ...transfer }]);
    await this.insertLines(tx, lines);
  }

  /** Another content of what has not been sent. */
  async redraft(tx: Tx, transfer: StockTransferRow, lines: readonly StockTransferLineRow[]): Promise<void> {
    const { id, ...values } = transfer;
    await tx.manager.update(StockTransfer, { id }, values);
    await tx.write('DELETE FROM stock_transfer_line WHERE transfer_id = ?', [id]);
    await this.insertLines(tx, lines);
  }

  async markSent(
    tx: Tx,
    id: StockTransferId,
    sentBy: StockTransferRow['sentBy'],
    sentAt: Date,
  ): Promise<void> {
    await tx.manager.update(StockTransfer, { id }, { state: 'SENT', sentBy, sentAt });
  }

  async end(tx: Tx, id: StockTransferId, state: 'RECEIVED' | 'CANCELLED', endedAt: Date): Promise<void> {
    await tx.manager.update(StockTransfer, { id }, { state, endedAt });
  }

  /** Behind the lock of the transfer, of which it says what became of these units; and that it is over, where nothing of it is on its way any more. */
  async note(
    tx: Tx,
    id: StockTransferId,
    arrival: Arrival,
    lines: readonly StockLine[],
    at: Date,
  ): Promise<void> {
    for (const { variantId, batchId, quantity } of lines) {
      const matched = await tx.write(
        `UPDATE stock_transfer_line SET ${arrival} = ${arrival} + ? WHERE transfer_id = ? AND variant_id = ? AND batch_id = ?`,
        [quantity, id, variantId, batchId],
      );
      assert(matched === 1, 'the line of what was held for it');
    }
    const end = endOf(await this.linesOf(tx, id));
    if (end) await this.end(tx, id, end, at);
  }

  private async insertLines(tx: Tx, lines: readonly StockTransferLineRow[]): Promise<void> {
    await tx.insert(
      'stock_transfer_line',
      lines.map((line) => ({ ...line })),
    );
  }
}
