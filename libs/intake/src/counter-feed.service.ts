import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { IntakeBatch, RowState } from './batch.entity.js';
import { BatchRepository } from './batch.repository.js';
import { CounterDayRepository } from './counter-day.repository.js';
import { type CounterDayRow, judgeCounterDay, readCounterDay } from './counter-day.rules.js';
import { type RowFault, fault } from './row-field.rules.js';
import { counterValues, rejectedValues } from './stored-row.rules.js';

interface Candidate {
  readonly rowNo: number;
  readonly row: CounterDayRow;
}

interface Sorted {
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly { readonly rowNo: number; readonly faults: readonly RowFault[] }[];
}

function isFaults(value: CounterDayRow | readonly RowFault[]): value is readonly RowFault[] {
  return Array.isArray(value);
}

const SAID_OF: Readonly<
  Record<
    ReturnType<typeof judgeCounterDay>,
    { readonly state: RowState; readonly faults: readonly RowFault[] }
  >
> = {
  NEW: { state: 'ACCEPTED', faults: [] },
  KNOWN: { state: 'REPEATED', faults: [] },
  CONTRADICTS: { state: 'REJECTED', faults: [fault('revision', 'IDENTITY_REUSED')] },
  OF_ANOTHER: { state: 'REJECTED', faults: [fault('counterId', 'TOLD_BY_ANOTHER')] },
};

function keyOf({ counterId, day }: { counterId: string; day: string }): string {
  return `${counterId}|${day}`;
}

/** How counters did, day by day, until they tell by themselves. */
@Injectable()
export class CounterFeedService {
  constructor(
    private readonly batches: BatchRepository,
    private readonly days: CounterDayRepository,
    private readonly points: ChannelPointReader,
  ) {}

  /** What can be said of the rows before anything is locked. */
  async sort(rows: readonly unknown[], now: Date): Promise<Sorted> {
    const rejected: { rowNo: number; faults: readonly RowFault[] }[] = [];
    const read: Candidate[] = [];
    for (const [rowNo, raw] of rows.entries()) {
      const row = readCounterDay(raw, now);
      if (isFaults(row)) rejected.push({ rowNo, faults: row });
      else read.push({ rowNo, row });
    }
    const points = await this.points.byIds([...new Set(read.map(({ row }) => row.counterId))]);
    const counters = new Set<string>(points.filter(({ kind }) => kind === 'COUNTER').map(({ id }) => id));
    const isKnown = ({ row }: Candidate) => counters.has(row.counterId);
    return {
      candidates: read.filter(isKnown),
      rejected: [
        ...rejected,
        ...read
          .filter((each) => !isKnown(each))
          .map(({ rowNo }) => ({ rowNo, faults: [fault('counterId', 'NOT_FOUND')] })),
      ],
    };
  }

  async keep(tx: Tx, batch: IntakeBatch, { candidates, rejected }: Sorted): Promise<void> {
    const told = await this.days.lock(
      tx,
      candidates.map(({ row }) => row),
    );
    const { partnerId } = batch;
    const known = new Map<string, Omit<CounterDayRow, 'type'> & { readonly partnerId: string }>(
      told.map((day) => [keyOf(day), day]),
    );
    const fresh = new Map<string, CounterDayRow>();
    const rows = candidates.map(({ rowNo, row }) => {
      const judged = judgeCounterDay(row, partnerId, known.get(keyOf(row)));
      if (judged === 'NEW') {
        known.set(keyOf(row), { ...row, partnerId });
        fresh.set(keyOf(row), row);
      }
      const { state, faults } = SAID_OF[judged];
      return counterValues(newId('irw'), batch, rowNo, {
        state,
        faults,
        counterId: row.counterId,
        day: row.day,
      });
    });
    await this.batches.insertRows(tx, [
      ...rows,
      ...rejected.map(({ rowNo, faults }) => rejectedValues(newId('irw'), batch, rowNo, faults)),
    ]);
    const inOrder = [...fresh.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    await this.days.put(tx, batch.id, inOrder, batch.receivedAt);
  }
}
