import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { DAY_MS, type Page, type PageRequest, dayStart, pageOf, plus } from '#libs/kernel';
import { type InclusionProof, SealProofReader } from '#libs/seal';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import type { AuditEntry } from './audit-entry.entity.js';
import { AuditLeafReader } from './audit-leaf.reader.js';

export interface AuditFilter {
  readonly actorId?: string | null;
  /** Exactly as it was written. */
  readonly subject?: string | null;
  readonly act?: string | null;
  /** Business days, both included. */
  readonly from?: string | null;
  readonly to?: string | null;
}

type Raw = Omit<AuditEntry, 'detail'> & { readonly detail: string | object | null; readonly key: string };
export type AuditRow = AuditEntry & { readonly key: string };

/** Instant and id. */
export const AUDIT_KEY_PARTS = 2;

const SELECT = `SELECT id, actor_id AS actorId, act, subject, division_code AS divisionCode, detail, at, CAST(at AS CHAR) AS \`key\`
  FROM audit_entry`;

/** The log, as far as somebody's divisions reach: what lies in none is for those who answer for all. */
@Injectable()
export class AuditReader {
  constructor(
    private readonly database: Database,
    private readonly proofs: SealProofReader,
    private readonly leaves: AuditLeafReader,
  ) {}

  /** The latest first. */
  async page(
    { actorId, subject, act, from, to }: AuditFilter,
    scope: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<AuditRow>> {
    const { sql, values: scoped } = withinScope('division_code', scope);
    const where = [sql];
    const values: SqlValue[] = [...scoped];
    const also = (condition: string, ...more: readonly SqlValue[]) => {
      where.push(condition);
      values.push(...more);
    };
    if (actorId) also('actor_id = ?', actorId);
    if (subject) also('subject = ?', subject);
    if (act) also('act = ?', act);
    if (from) also('at >= ?', dayStart(from));
    if (to) also('at < ?', plus(dayStart(to), DAY_MS));
    if (after) {
      const [at = '', id = ''] = after;
      // The first condition alone is what an index can follow.
      also('at <= ? AND (at < ? OR id < ?)', at, at, id);
    }
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ key, id }) => [key, id]);
    return {
      nodes: nodes.map(({ detail, ...row }) => ({ ...row, detail: jsonOf<object | null>(detail) })),
      pageInfo,
    };
  }

  /** Null outside the scope, and until the checkpoint of the entry's day has been signed. */
  async proofOf(id: string, scope: readonly string[] | 'ALL'): Promise<InclusionProof | null> {
    const { sql, values } = withinScope('division_code', scope);
    const found = await this.database.query(`SELECT id FROM audit_entry WHERE id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    return found.length === 0 ? null : this.proofs.inclusion(this.leaves, id);
  }
}
