import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { type RawSaleFact, SALE_FACT_COLUMNS, type SaleFact, saleFactOf } from './sale-fact.reader.js';

@Injectable()
export class UncheckedFactRepository {
  /** Skips what another checker looks at, and never asks for "later than": facts do not commit in the order of their ids. */
  async take(tx: Tx, limit: number): Promise<SaleFact[]> {
    const waiting = await tx.query<{ id: string }>(
      'SELECT fact_id AS id FROM volume_fact_unchecked ORDER BY fact_id LIMIT ? FOR UPDATE SKIP LOCKED',
      [limit],
    );
    if (waiting.length === 0) return [];
    const ids = waiting.map(({ id }) => id);
    const rows = await tx.query<RawSaleFact>(
      `SELECT ${SALE_FACT_COLUMNS} FROM volume_fact f WHERE f.id IN (?) ORDER BY f.id`,
      [ids],
    );
    await tx.write('DELETE FROM volume_fact_unchecked WHERE fact_id IN (?)', [ids]);
    return rows.map(saleFactOf);
  }
}
