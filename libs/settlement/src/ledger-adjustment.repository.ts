import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type { LedgerAdjustmentId } from './ledger-adjustment.entity.js';
import type { AdjustmentRow } from './ledger-adjustment.rules.js';

const COLUMNS = `id, idempotency_key AS idempotencyKey, requested_by AS requestedBy, debit_code AS debitCode,
  credit_code AS creditCode, amount_fen AS amountFen, reason, attachment_hash AS attachmentHash,
  approval_request_id AS approvalRequestId, state, journal_id AS journalId, requested_at AS requestedAt,
  decided_at AS decidedAt`;

type Raw = Omit<AdjustmentRow, 'amountFen'> & { readonly amountFen: FenText };

@Injectable()
export class LedgerAdjustmentRepository {
  byKey(tx: Tx, requestedBy: string, key: string): Promise<AdjustmentRow | null> {
    return this.one(tx, 'WHERE requested_by = ? AND idempotency_key = ?', [requestedBy, key]);
  }

  lock(tx: Tx, id: string): Promise<AdjustmentRow | null> {
    return this.one(tx, 'WHERE id = ? FOR UPDATE', [id]);
  }

  /** The same key at the same moment begins again, and finds the other's. */
  async insert(tx: Tx, adjustment: AdjustmentRow): Promise<void> {
    await unlessTaken('the same adjustment was asked for meanwhile', () =>
      tx.insert('ledger_adjustment', [{ ...adjustment }]),
    );
  }

  async decide(
    tx: Tx,
    id: LedgerAdjustmentId,
    { state, journalId, decidedAt }: Pick<AdjustmentRow, 'state' | 'journalId' | 'decidedAt'>,
  ): Promise<void> {
    await tx.write('UPDATE ledger_adjustment SET state = ?, journal_id = ?, decided_at = ? WHERE id = ?', [
      state,
      journalId,
      decidedAt,
      id,
    ]);
  }

  private async one(tx: Tx, where: string, values: readonly SqlValue[]): Promise<AdjustmentRow | null> {
    const [row] = await tx.query<Raw>(`SELECT ${COLUMNS} FROM ledger_adjustment ${where}`, values);
    return row ? { ...row, amountFen: fen(row.amountFen) } : null;
  }
}
