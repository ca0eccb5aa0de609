import { Column, Entity } from 'typeorm';
import { IdColumn, InstantColumn } from '#platform/database';
import type { IntakeBatchId } from './batch.entity.js';

/** How one counter did on one day, as its operator or the counter itself last told. */
@Entity('counter_day')
export class CounterDay {
  @IdColumn({ primary: true }) counterId!: string;
  @Column('date', { primary: true }) day!: string;
  @Column('int') revision!: number;
  @IdColumn() batchId!: IntakeBatchId;
  @InstantColumn() reportedAt!: Date;
  @Column('int') operatingMinutes!: number;
  @Column('int') offlineMinutes!: number;
  @Column('int') slotMinutes!: number;
  @Column('int') emptySlotMinutes!: number;
  @Column('int') vendCount!: number;
  @Column('int') failedVendCount!: number;
  @Column('int') disputeCount!: number;
  @Column('int') expectedUnits!: number;
  @Column('int') countedUnits!: number;
  @Column('int') poweredMinutes!: number;
  @Column('int') inBandMinutes!: number;
  @Column('int') lockedUnits!: number;
}
