import { Injectable } from '@nestjs/common';
import { SealedStream, type SealedRecord, instantText } from '#libs/seal';
import { Database, jsonOf } from '#platform/database';
import { type AuditRecord, auditLeaf } from './audit-leaf.rules.js';

/** MySQL hands JSON over as what it says, MariaDB as the text it keeps. */
interface RawEntry extends Omit<AuditRecord, 'detail'> {
  readonly detail: string | AuditRecord['detail'];
}

/** Audit entries, as they are sealed. */
@Injectable()
export class AuditLeafReader extends SealedStream {
  readonly stream = 'AUDIT';

  constructor(private readonly database: Database) {
    super();
  }

  async records(ids: readonly string[]): Promise<ReadonlyMap<string, SealedRecord>> {
    if (ids.length === 0) return new Map();
    const entries = await this.database.query<RawEntry>(
      `SELECT id, actor_id AS actorId, act, subject, division_code AS divisionCode, detail, CAST(at AS CHAR) AS at
       FROM audit_entry WHERE id IN (?)`,
      [ids],
    );
    return new Map(
      entries.map(({ detail, ...entry }) => {
        const words = jsonOf(detail);
        return [
          entry.id,
          { leaf: auditLeaf({ ...entry, detail: words }), recordedAt: instantText(entry.at) },
        ];
      }),
    );
  }

  async idsAfter(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM audit_entry WHERE id > ? ORDER BY id LIMIT ?',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>('SELECT COUNT(*) AS count FROM audit_entry');
    return Number(row?.count ?? 0);
  }
}
