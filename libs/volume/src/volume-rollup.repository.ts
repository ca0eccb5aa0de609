import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { VolumeFactId } from './volume-fact.entity.js';
import {
  ROLLUPS,
  ROLLUP_MEASURES,
  type Rollup,
  addFacts,
  addUp,
  monthsAround,
} from './volume-rollup.rules.js';

@Injectable()
export class VolumeRollupRepository {
  /** Shared among rollers. */
  async passGate(tx: Tx): Promise<void> {
    present(
      (await tx.query("SELECT name FROM volume_gate WHERE name = 'ROLLUP' LOCK IN SHARE MODE"))[0],
      'the gate',
    );
  }

  /** Waits until every roller is out, and keeps them out. */
  async closeGate(tx: Tx): Promise<void> {
    present((await tx.query("SELECT name FROM volume_gate WHERE name = 'ROLLUP' FOR UPDATE"))[0], 'the gate');
  }

  /** Skips what another roller is counting, and never asks for "later than": facts do not commit in the order of their ids. */
  async takeWaiting(tx: Tx, limit: number): Promise<VolumeFactId[]> {
    const rows = await tx.query<{ id: VolumeFactId }>(
      'SELECT fact_id AS id FROM volume_fact_waiting ORDER BY fact_id LIMIT ? FOR UPDATE SKIP LOCKED',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  async add(tx: Tx, ids: readonly VolumeFactId[]): Promise<void> {
    for (const rollup of ROLLUPS) await tx.write(addFacts(rollup, 'volume_fact f WHERE f.id IN (?)'), [ids]);
    await tx.write('DELETE FROM volume_fact_waiting WHERE fact_id IN (?)', [ids]);
  }

  /**
   * Behind the closed gate: what waits is left to the rollers, so no fact is counted twice or not at all. Month by month, because the
   * groups of all years at once would not fit into memory, and those of different months never meet; the index is named, because
   * reading all facts for each month would take years.
   */
  async addEverythingAgain(tx: Tx): Promise<void> {
    const counted = `volume_fact f FORCE INDEX (volume_fact_drill) LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id
      WHERE w.fact_id IS NULL AND f.event_day BETWEEN ? AND ?`;
    for (const { table } of ROLLUPS) await tx.write(`DELETE FROM ${table}`);
    const [span] = await tx.query<{ from: string | null; to: string | null }>(
      'SELECT MIN(event_day) AS `from`, MAX(event_day) AS `to` FROM volume_fact',
    );
    if (span?.from && span.to)
      for (const month of monthsAround(span.from, span.to))
        for (const rollup of ROLLUPS.filter(({ finer }) => finer === undefined))
          await tx.write(addFacts(rollup, counted), month);
    for (const rollup of ROLLUPS) {
      const { finer } = rollup;
      if (finer !== undefined) await tx.write(addUp({ ...rollup, finer }));
    }
  }

  /** What a rollup holds, in a form that is the same for the same rows in any order, and for no others that anybody would meet. */
  async fingerprint(tx: Tx, { table, keys }: Rollup): Promise<string> {
    const row = `MD5(CONCAT_WS('|', ${[...keys, ...Object.keys(ROLLUP_MEASURES)].join(', ')}))`;
    const part = (from: number) => `CAST(CONV(SUBSTRING(${row}, ${from}, 12), 16, 10) AS UNSIGNED)`;
    const [found] = await tx.query<{ fingerprint: string }>(
      `SELECT CONCAT_WS(':', COUNT(*), COALESCE(SUM(${part(1)}), 0), COALESCE(SUM(${part(13)}), 0)) AS fingerprint FROM ${table}`,
    );
    return present(found, table).fingerprint;
  }
}
