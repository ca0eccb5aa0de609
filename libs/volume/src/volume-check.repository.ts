import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { VolumeCheck } from './volume-check.entity.js';
import { ROLLUP_MEASURES } from './volume-rollup.rules.js';

const MEASURES = Object.keys(ROLLUP_MEASURES);

@Injectable()
export class VolumeCheckRepository {
  /** The round of that business day, which one at a time works at. */
  async lockRound(tx: Tx, checkedOn: string): Promise<VolumeCheck> {
    await tx.write(
      `INSERT INTO volume_check (checked_on, day_count, difference_count) VALUES (?, 0, 0)
       ON DUPLICATE KEY UPDATE checked_on = volume_check.checked_on`,
      [checkedOn],
    );
    const round = await tx.manager.findOne(VolumeCheck, {
      where: { checkedOn },
      lock: { mode: 'pessimistic_write' },
    });
    return present(round, 'the round');
  }

  /** Days that facts or the rollup know, whichever comes next: a row that was deleted is missed by its facts. */
  async daysAfter(tx: Tx, day: string | null, limit: number): Promise<string[]> {
    const rows = await tx.query<{ day: string }>(
      `(SELECT DISTINCT event_day AS day FROM volume_fact WHERE event_day > ? ORDER BY event_day LIMIT ?)
       UNION (SELECT DISTINCT day FROM volume_day WHERE day > ? ORDER BY day LIMIT ?) ORDER BY day LIMIT ?`,
      [day ?? '0001-01-01', limit, day ?? '0001-01-01', limit, limit],
    );
    return rows.map((row) => row.day);
  }

  /**
   * Writes down where the rollup by day says something else than its facts, and forgets what agrees again. One statement sees one state,
   * and a roller counts facts and takes them off the list in one transaction, so nothing under way is taken for a difference.
   */
  async compare(tx: Tx, day: string, at: Date): Promise<number> {
    const facts = Object.entries(ROLLUP_MEASURES).map(([name, sum]) => `-SUM(${sum}) AS ${name}`);
    const sums = MEASURES.map((measure) => `SUM(${measure})`);
    await tx.write('DELETE FROM volume_difference WHERE day = ?', [day]);
    return tx.write(
      `INSERT INTO volume_difference (day, origin_county_code, product_id, ${MEASURES.join(', ')}, found_at)
       SELECT ?, origin_county_code, product_id, ${sums.join(', ')}, ? FROM (
         SELECT origin_county_code, product_id, channel_kind, channel_point_id, is_certified, ${MEASURES.join(', ')}
         FROM volume_day WHERE day = ?
         UNION ALL
         SELECT f.origin_county_code, f.product_id, f.channel_kind, f.channel_point_id, f.is_certified, ${facts.join(', ')}
         FROM volume_fact f LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id
         WHERE f.event_day = ? AND w.fact_id IS NULL
         GROUP BY f.origin_county_code, f.product_id, f.channel_kind, f.channel_point_id, f.is_certified
       ) both_sides
       GROUP BY origin_county_code, product_id
       HAVING ${sums.map((sum) => `${sum} <> 0`).join(' OR ')}`,
      [day, at, day, day],
    );
  }

  async advance(tx: Tx, round: VolumeCheck): Promise<void> {
    await tx.manager.save(VolumeCheck, round);
  }
}
