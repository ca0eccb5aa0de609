import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { BankRefundState } from './bank-refund.entity.js';
import type { RefundId } from './refund.entity.js';

/** As people see it: whose account it is stays masked. */
export interface BankRefundRow {
  readonly refundId: RefundId;
  readonly orderId: IdOf<'ord'>;
  readonly amountFen: Fen;
  readonly note: string;
  readonly state: BankRefundState;
  readonly approvalRequestId: IdOf<'apr'>;
  readonly holderMasked: string;
  readonly bankName: string;
  readonly accountLastFour: string;
  /** Whether the books have set its money aside. */
  readonly isSetAside: boolean;
  readonly requestedBy: string | null;
  readonly createdAt: Date;
  readonly instructedAt: Date | null;
  readonly bankRef: string | null;
  readonly closedAt: Date | null;
  /** SHA-256, in hex, of the sealed account; null once it is erased. */
  readonly accountDigest: string | null;
}

interface Raw extends Omit<BankRefundRow, 'amountFen' | 'isSetAside'> {
  readonly amount: FenText;
  readonly isSetAside: number;
}

const SELECT = `SELECT b.refund_id AS refundId, r.order_id AS orderId, r.amount_fen AS amount, r.note, b.state,
  b.approval_request_id AS approvalRequestId, b.holder_masked AS holderMasked, b.bank_name AS bankName,
  b.account_last_four AS accountLastFour, b.set_aside_at IS NOT NULL AS isSetAside, r.requested_by AS requestedBy,
  r.created_at AS createdAt, b.instructed_at AS instructedAt, b.bank_ref AS bankRef, b.closed_at AS closedAt,
  LOWER(SHA2(b.account_cipher, 256)) AS accountDigest
  FROM bank_refund b JOIN refund r ON r.id = b.refund_id`;
/** After every id of a refund, in the order of text. */
const BEHIND_ALL = 'rfd~';

function rowOf({ amount, isSetAside, ...rest }: Raw): BankRefundRow {
  return { ...rest, amountFen: fen(amount), isSetAside: isSetAside === 1 };
}

@Injectable()
export class BankRefundReader {
  constructor(private readonly database: Database) {}

  async byId(refundId: string): Promise<BankRefundRow | null> {
    const [row] = await this.database.query<Raw>(`${SELECT} WHERE b.refund_id = ?`, [refundId]);
    return row ? rowOf(row) : null;
  }

  /** Newest first: ids sort by time. */
  async page(state: BankRefundState | null, { first, after }: PageRequest): Promise<Page<BankRefundRow>> {
    const [last = BEHIND_ALL] = after ?? [];
    const [filter, values]: [string, SqlValue[]] = state ? ['b.state = ? AND', [state]] : ['', []];
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${filter} b.refund_id < ? ORDER BY b.refund_id DESC LIMIT ?`,
      [...values, last, first + 1],
    );
    return pageOf(rows.map(rowOf), first, (row) => [row.refundId]);
  }
}
