import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';
import type { PayeeKind } from './split-share.entity.js';
import type { ShareRow } from './split.rules.js';

export interface RawShare extends Omit<
  ShareRow,
  'shareFen' | 'reversedFen' | 'releasedFen' | 'assignedFen' | 'feeFen'
> {
  readonly payeeKind: PayeeKind;
  readonly share: FenText;
  readonly reversed: FenText;
  readonly released: FenText;
  readonly assigned: FenText;
  readonly fee: FenText;
}

export const SELECT_SHARES = `SELECT line_id AS lineId, rank_no AS rankNo, merchant_order_id AS merchantOrderId, payee_kind AS payeeKind,
  payee_id AS payeeId, rule_id AS ruleId, share_fen AS share, reversed_fen AS reversed, released_fen AS released,
  assigned_fen AS assigned, fee_fen AS fee, released_at AS releasedAt, due_at AS dueAt
  FROM split_share`;

export function shareOf({ share, reversed, released, assigned, fee, ...rest }: RawShare): ShareRow {
  return {
    ...rest,
    shareFen: fen(share),
    reversedFen: fen(reversed),
    releasedFen: fen(released),
    assignedFen: fen(assigned),
    feeFen: fen(fee),
  };
}

@Injectable()
export class ShareReader {
  constructor(private readonly database: Database) {}

  /** In the order of lines and ranks, as they are before anybody locks them. */
  async sharesOfOrder(orderId: string): Promise<ShareRow[]> {
    const rows = await this.database.query<RawShare>(
      `${SELECT_SHARES} WHERE order_id = ? ORDER BY line_id, rank_no`,
      [orderId],
    );
    return rows.map(shareOf);
  }
}
