import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { MerchantClosure } from './merchant-closure.entity.js';

export type MerchantClosureRow = Pick<
  MerchantClosure,
  | 'id'
  | 'merchantId'
  | 'state'
  | 'askedAs'
  | 'reason'
  | 'askedAt'
  | 'endedAt'
  | 'endedReason'
  | 'papersKeptUntil'
>;

const SELECT = `SELECT id, merchant_id AS merchantId, state, asked_as AS askedAs, reason, asked_at AS askedAt, ended_at AS endedAt,
  ended_reason AS endedReason, papers_kept_until AS papersKeptUntil FROM merchant_closure`;

@Injectable()
export class MerchantClosureReader {
  constructor(private readonly database: Database) {}

  /** The latest of a merchant, whatever became of it; null where nobody has ever asked. */
  async latestOf(merchantId: string): Promise<MerchantClosureRow | null> {
    const [row] = await this.database.query<MerchantClosureRow>(
      `${SELECT} WHERE merchant_id = ? ORDER BY id DESC LIMIT 1`,
      [merchantId],
    );
    return row ?? null;
  }

  async byId(id: string): Promise<MerchantClosureRow | null> {
    const [row] = await this.database.query<MerchantClosureRow>(`${SELECT} WHERE id = ?`, [id]);
    return row ?? null;
  }
}
