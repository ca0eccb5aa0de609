import { Injectable } from '@nestjs/common';
import { SealedStream, type SealedRecord, instantText } from '#libs/seal';
import { Database } from '#platform/database';
import { SEALED_COLUMNS, type VolumeFactRecord, volumeFactLeaf } from './volume-fact-leaf.rules.js';

/** As text, so that no digit of an instant and no fen is lost. */
const AS_TEXT = SEALED_COLUMNS.map((column) => `CAST(${column} AS CHAR) AS ${column}`).join(', ');

/** Volume facts, as they are sealed. */
@Injectable()
export class VolumeFactLeafReader extends SealedStream {
  readonly stream = 'VOLUME';

  constructor(private readonly database: Database) {
    super();
  }

  async records(ids: readonly string[]): Promise<ReadonlyMap<string, SealedRecord>> {
    if (ids.length === 0) return new Map();
    const facts = await this.database.query<VolumeFactRecord>(
      `SELECT ${AS_TEXT} FROM volume_fact WHERE id IN (?)`,
      [ids],
    );
    return new Map(
      facts.map((fact) => [
        fact.id,
        { leaf: volumeFactLeaf(fact), recordedAt: instantText(fact.recorded_at) },
      ]),
    );
  }

  async idsAfter(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM volume_fact WHERE id > ? ORDER BY id LIMIT ?',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>('SELECT COUNT(*) AS count FROM volume_fact');
    return Number(row?.count ?? 0);
  }
}
