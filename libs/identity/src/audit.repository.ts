import { Injectable } from '@nestjs/common';
import { SealQueueService } from '#libs/seal';
import type { Tx } from '#platform/database';
import type { AuditEntry } from './audit-entry.entity.js';

@Injectable()
export class AuditRepository {
  constructor(private readonly seals: SealQueueService) {}

  async insert(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
    await tx.insert(
      'audit_entry',
      entries.map(({ id, actorId, act, subject, divisionCode, detail, at }) => ({
        id,
        actorId,
        act,
        subject,
        divisionCode,
        detail: detail === null ? null : JSON.stringify(detail),
        at,
      })),
    );
    await this.seals.add(
      tx,
      'AUDIT',
      entries.map(({ id }) => id),
    );
  }

  /** The newest entries of these acts since then, newest first. */
  latest(
    tx: Tx,
    subject: string,
    acts: readonly string[],
    since: Date,
    limit: number,
  ): Promise<Pick<AuditEntry, 'act' | 'at'>[]> {
    return tx.query(
      `SELECT act, at FROM audit_entry WHERE subject = ? AND at > ? AND act IN (?) ORDER BY at DESC, id DESC LIMIT ?`,
      [subject, since, acts, limit],
    );
  }
}
