import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { VolumeFactId } from './volume-fact.entity.js';

const MEASURES = [
  'ordered_fen',
  'paid_fen',
  'refunded_fen',
  'delivered_fen',
  'recognised_fen',
  'quantity',
  'weight_g',
];

const SUMS = [...MEASURES.map((measure) => `SUM(f.${measure})`), 'COUNT(*)'].join(', ');

interface Rollup {
  readonly table: string;
  readonly keys: readonly string[];
  /** The facts' side of the keys. */
  readonly from: readonly string[];
}

const COMMON = ['origin_county_code', 'product_id', 'channel_kind'];

const ROLLUPS: readonly Rollup[] = [
  {
    table: 'volume_day',
    keys: ['day', ...COMMON, 'channel_point_id', 'is_certified'],
    from: ['f.event_day', ...COMMON.map((key) => `f.${key}`), 'f.channel_point_id', 'f.is_certified'],
  },
  {
    table: 'volume_month',
    keys: ['month', ...COMMON, 'is_certified'],
    from: [
      'DATE_SUB(f.event_day, INTERVAL DAYOFMONTH(f.event_day) - 1 DAY)',
      ...COMMON.map((key) => `f.${key}`),
      'f.is_certified',
    ],
  },
];

/** Both rollups add up the same facts; sorted, so that two rollers never wait for each other in a circle. */
function addUp({ table, keys, from }: Rollup, facts: string): string {
  const measures = [...MEASURES, 'fact_count'];
  return `INSERT INTO ${table} (${[...keys, ...measures].join(', ')})
    SELECT ${from.join(', ')}, ${SUMS} FROM ${facts}
    GROUP BY ${from.join(', ')} ORDER BY ${from.join(', ')}
    ON DUPLICATE KEY UPDATE ${measures.map((measure) => `${measure} = ${table}.${measure} + VALUES(${measure})`).join(', ')}`;
}

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
    for (const rollup of ROLLUPS) await tx.write(addUp(rollup, 'volume_fact f WHERE f.id IN (?)'), [ids]);
    await tx.write('DELETE FROM volume_fact_waiting WHERE fact_id IN (?)', [ids]);
  }

  /** Behind the closed gate: what waits is left to the rollers, so no fact is counted twice or not at all. */
  async addEverythingAgain(tx: Tx): Promise<void> {
    const counted =
      'volume_fact f LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id WHERE w.fact_id IS NULL';
    for (const rollup of ROLLUPS) {
      await tx.write(`DELETE FROM ${rollup.table}`);
      await tx.write(addUp(rollup, counted));
    }
  }
}
