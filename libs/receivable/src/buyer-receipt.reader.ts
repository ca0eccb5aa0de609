import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { LedgerReader, unitCreditAccount } from '#libs/ledger';
import { Database, type SqlValue } from '#platform/database';
import type { ReceiptRow } from './buyer-receipt.rules.js';

export type ReceiptView = Omit<ReceiptRow, 'requestHash'>;

export interface ReceiptAllocation {
  readonly receiptId: string;
  readonly orderId: string;
  readonly amountFen: Fen;
}

type Raw = Omit<ReceiptView, 'amountFen' | 'allocatedFen'> & {
  readonly amount: FenText;
  readonly allocated: FenText;
};

/** A receipt pays what a unit owed that day. */
const ALLOCATIONS_SHOWN_MAX = 2_000;

@Injectable()
export class BuyerReceiptReader {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerReader,
  ) {}

  /** The latest first; of one unit, or of all. Ids are made in the order of time. */
  async page(unitId: string | null, { first, after }: PageRequest): Promise<Page<ReceiptView>> {
    const [before = 'rcp_~'] = after ?? [];
    const values: SqlValue[] = unitId === null ? [before] : [before, unitId];
    const rows = await this.database.query<Raw>(
      `SELECT id, unit_id AS unitId, source, reference, amount_fen AS amount, allocated_fen AS allocated,
              received_on AS receivedOn, state, recorded_by AS recordedBy, recorded_at AS recordedAt,
              reversed_at AS reversedAt
       FROM buyer_receipt WHERE id < ?${unitId === null ? '' : ' AND unit_id = ?'} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    const receipts = rows.map(({ amount, allocated, ...rest }) => ({
      ...rest,
      amountFen: fen(amount),
      allocatedFen: fen(allocated),
    }));
    return pageOf(receipts, first, ({ id }) => [id]);
  }

  /** What receipts have paid; also of those that are reversed by now. */
  async allocationsOf(receiptIds: readonly string[]): Promise<ReceiptAllocation[]> {
    if (receiptIds.length === 0) return [];
    const rows = await this.database.query<Omit<ReceiptAllocation, 'amountFen'> & { amount: FenText }>(
      `SELECT source_ref AS receiptId, order_id AS orderId, amount_fen AS amount FROM receivable_entry
       WHERE source_ref IN (?) AND kind = 'PAID' ORDER BY source_ref, order_id LIMIT ?`,
      [receiptIds, ALLOCATIONS_SHOWN_MAX * receiptIds.length],
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
  }

  /** What stands to a unit's credit. */
  async creditOf(unitId: string): Promise<Fen> {
    return (await this.ledger.accountByCode(unitCreditAccount(unitId)))?.balanceFen ?? 0n;
  }
}
