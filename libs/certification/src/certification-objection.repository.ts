import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import type { Tx } from '#platform/database';
import {
  CertificationObjection,
  type CertificationObjectionId,
  type ObjectionState,
} from './certification-objection.entity.js';

export interface LockedObjection {
  readonly id: CertificationObjectionId;
  readonly state: ObjectionState;
  readonly decidedBy: string | null;
}

@Injectable()
export class CertificationObjectionRepository {
  /** Throws on the unique key when the same was said of it before. */
  async insert(tx: Tx, objection: CertificationObjection): Promise<void> {
    await tx.manager.insert(CertificationObjection, objection);
  }

  byDigest(tx: Tx, applicationId: CertificationObjection['applicationId'], digest: Buffer) {
    return tx.manager.findOneBy(CertificationObjection, { applicationId, digest });
  }

  /** Against the notice that began then: what was said against one before takes nobody's room. */
  async countsSince(
    tx: Tx,
    applicationId: string,
    noticeFrom: Date,
    phone: string,
  ): Promise<{ all: number; ofPhone: number }> {
    const [row] = await tx.query<{ all: string; ofPhone: string | null }>(
      `SELECT COUNT(*) AS \`all\`, SUM(contact_phone = ?) AS ofPhone FROM certification_objection
       WHERE application_id = ? AND created_at >= ?`,
      [phone, applicationId, noticeFrom],
    );
    return { all: Number(row?.all), ofPhone: Number(row?.ofPhone ?? 0) };
  }

  /** Of which application it is; null outside of the divisions. Its application is locked first. */
  async applicationOf(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<string | null> {
    const { sql, values } = withinScope('a.place_code', scope);
    const [row] = await tx.query<{ applicationId: string }>(
      `SELECT o.application_id AS applicationId FROM certification_objection o JOIN certification_application a ON a.id = o.application_id
       WHERE o.id = ? AND ${sql}`,
      [id, ...values],
    );
    return row?.applicationId ?? null;
  }

  /** Under the lock of its application. */
  async byId(tx: Tx, id: string): Promise<LockedObjection | null> {
    const [row] = await tx.query<LockedObjection>(
      'SELECT id, state, decided_by AS decidedBy FROM certification_objection WHERE id = ? FOR UPDATE',
      [id],
    );
    return row ?? null;
  }

  async decide(
    tx: Tx,
    id: CertificationObjectionId,
    { state, decidedBy, reason, at }: { state: ObjectionState; decidedBy: string; reason: string; at: Date },
  ): Promise<void> {
    await tx.write(
      'UPDATE certification_objection SET state = ?, decided_by = ?, reason = ?, decided_at = ? WHERE id = ?',
      [state, decidedBy, reason, at, id],
    );
  }

  /** Nobody asks back about what was decided long ago. The digest goes with the phone, which could be tried out by it: a phone has eleven digits, and the words stay. */
  async forgetContacts(tx: Tx, before: Date, limit: number): Promise<number> {
    return tx.write(
      `UPDATE certification_objection SET contact_name = '', contact_phone = '', digest = UNHEX(SHA2(id, 256))
       WHERE decided_at < ? AND contact_phone <> '' ORDER BY decided_at LIMIT ?`,
      [before, limit],
    );
  }
}
