import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { AcceptedPaper } from './merchant-licence.rules.js';
import { MerchantPaper, type MerchantPaperId, type MerchantPaperState } from './merchant-paper.entity.js';
import type { MerchantId } from './merchant.entity.js';

/** What becomes of a paper, by whom; nobody where it was withdrawn. */
interface PaperDecision {
  readonly state: MerchantPaperState;
  readonly decidedBy: string | null;
  readonly reason: string;
}

@Injectable()
export class MerchantPaperRepository {
  /** Throws on a unique key when this person has used the key before, or another paper of the kind waits. */
  async insert(tx: Tx, papers: readonly MerchantPaper[]): Promise<void> {
    if (papers.length > 0) await tx.manager.insert(MerchantPaper, [...papers]);
  }

  byKey(tx: Tx, broughtBy: string, idempotencyKey: string): Promise<MerchantPaper | null> {
    return tx.manager.findOneBy(MerchantPaper, {
      broughtBy: broughtBy as MerchantPaper['broughtBy'],
      idempotencyKey,
    });
  }

  waiting(tx: Tx, merchantId: MerchantId, kind: MerchantPaper['kind']): Promise<MerchantPaper | null> {
    return tx.manager.findOneBy(MerchantPaper, { merchantId, openKind: kind });
  }

  /** The lock by which a decision and a withdrawal take turns; null for papers of other merchants. */
  async lockOf(tx: Tx, id: string, merchantIds: readonly string[]): Promise<MerchantPaper | null> {
    if (merchantIds.length === 0) return null;
    const [found] = await tx.query<{ id: MerchantPaperId }>(
      'SELECT id FROM merchant_paper WHERE id = ? AND merchant_id IN (?) FOR UPDATE',
      [id, merchantIds],
    );
    return found ? tx.manager.findOneBy(MerchantPaper, { id: found.id }) : null;
  }

  async decide(
    tx: Tx,
    id: MerchantPaperId,
    { state, decidedBy, reason }: PaperDecision,
    at: Date,
  ): Promise<void> {
    await tx.write(
      'UPDATE merchant_paper SET state = ?, open_kind = NULL, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?',
      [state, decidedBy, at, reason, id],
    );
  }

  /** Under the lock of the merchant. */
  accepted(tx: Tx, merchantId: MerchantId): Promise<AcceptedPaper[]> {
    return tx.query<AcceptedPaper>(
      `SELECT id, kind, ends_on AS endsOn, decided_at AS decidedAt FROM merchant_paper WHERE merchant_id = ? AND state = 'ACCEPTED'`,
      [merchantId],
    );
  }

  /** What ends so soon that its owners are to be told, and were not; `days` from the most to none. What another process tells of is passed over. */
  lockToRemind(
    tx: Tx,
    days: readonly { readonly before: number; readonly until: string }[],
    limit: number,
  ): Promise<{ id: MerchantPaperId; merchantId: MerchantId; endsOn: string }[]> {
    const due = days.map(() => '(p.ends_on <= ? AND (p.reminded_days IS NULL OR p.reminded_days > ?))');
    return tx.query(
      `SELECT p.id, p.merchant_id AS merchantId, p.ends_on AS endsOn FROM merchant_paper p
       WHERE p.is_counting = TRUE AND p.ends_on <= ? AND (${due.join(' OR ')})
         AND NOT EXISTS (SELECT 1 FROM merchant_paper w WHERE w.merchant_id = p.merchant_id AND w.open_kind = p.kind)
         AND NOT EXISTS (SELECT 1 FROM merchant m WHERE m.id = p.merchant_id AND m.state = 'CLOSED')
       ORDER BY p.ends_on, p.id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [days[0]?.until ?? '', ...days.flatMap(({ before, until }) => [until, before]), limit],
    );
  }

  async setReminded(tx: Tx, id: MerchantPaperId, days: number): Promise<void> {
    await tx.write('UPDATE merchant_paper SET reminded_days = ? WHERE id = ?', [days, id]);
  }

  /** Of all that were accepted, these alone count. */
  async setCounting(tx: Tx, merchantId: MerchantId, ids: readonly MerchantPaperId[]): Promise<void> {
    await tx.write(
      `UPDATE merchant_paper SET is_counting = (id IN (?)) WHERE merchant_id = ? AND state = 'ACCEPTED'`,
      [['', ...ids], merchantId],
    );
  }
}
