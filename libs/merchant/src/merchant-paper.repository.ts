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

  /** Of all that were accepted, these alone count. */
  async setCounting(tx: Tx, merchantId: MerchantId, ids: readonly MerchantPaperId[]): Promise<void> {
    await tx.write(
      `UPDATE merchant_paper SET is_counting = (id IN (?)) WHERE merchant_id = ? AND state = 'ACCEPTED'`,
      [['', ...ids], merchantId],
    );
  }
}
