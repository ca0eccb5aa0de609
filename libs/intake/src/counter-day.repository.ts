import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { IntakeBatchId } from './batch.entity.js';
import type { CounterDayRow } from './counter-day.rules.js';

const METRICS = [
  ['operating_minutes', 'operatingMinutes'],
  ['offline_minutes', 'offlineMinutes'],
  ['slot_minutes', 'slotMinutes'],
  ['empty_slot_minutes', 'emptySlotMinutes'],
  ['vend_count', 'vendCount'],
  ['failed_vend_count', 'failedVendCount'],
  ['dispute_count', 'disputeCount'],
  ['expected_units', 'expectedUnits'],
  ['counted_units', 'countedUnits'],
  ['powered_minutes', 'poweredMinutes'],
  ['in_band_minutes', 'inBandMinutes'],
  ['locked_units', 'lockedUnits'],
] as const;

const COLUMNS = [
  'counter_id',
  'day',
  'revision',
  'batch_id',
  'reported_at',
  ...METRICS.map(([column]) => column),
];

/** The revision last, because each assignment sees those before it. */
const NEWER = [...METRICS.map(([column]) => column), 'batch_id', 'reported_at', 'revision']
  .map(
    (column) =>
      `${column} = IF(VALUES(revision) > counter_day.revision, VALUES(${column}), counter_day.${column})`,
  )
  .join(', ');

const PER_STATEMENT = 500;

export interface KnownDay extends Omit<CounterDayRow, 'type'> {
  readonly counterId: string;
  /** Who has told of it. */
  readonly partnerId: string;
}

@Injectable()
export class CounterDayRepository {
  /** What has been told of these counters in these days, locked. */
  async lock(tx: Tx, rows: readonly CounterDayRow[]): Promise<KnownDay[]> {
    const known: KnownDay[] = [];
    for (let start = 0; start < rows.length; start += PER_STATEMENT) {
      const keys = rows.slice(start, start + PER_STATEMENT).map(({ counterId, day }) => [counterId, day]);
      const found = await tx.query<KnownDay>(
        `SELECT d.counter_id AS counterId, d.day, d.revision, b.partner_id AS partnerId,
           ${METRICS.map(([column, name]) => `d.${column} AS ${name}`).join(', ')}
         FROM counter_day d JOIN intake_batch b ON b.id = d.batch_id
         WHERE (d.counter_id, d.day) IN (?) ORDER BY d.counter_id, d.day FOR UPDATE`,
        [keys],
      );
      known.push(...found);
    }
    return known;
  }

  /** A later revision takes the place of an earlier one, whichever arrives first. */
  async put(tx: Tx, batchId: IntakeBatchId, rows: readonly CounterDayRow[], at: Date): Promise<void> {
    for (let start = 0; start < rows.length; start += PER_STATEMENT) {
      const values = rows
        .slice(start, start + PER_STATEMENT)
        .map((row) => [
          row.counterId,
          row.day,
          row.revision,
          batchId,
          at,
          ...METRICS.map(([, name]) => row[name]),
        ]);
      await tx.write(
        `INSERT INTO counter_day (${COLUMNS.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${NEWER}`,
        [values],
      );
    }
  }
}
