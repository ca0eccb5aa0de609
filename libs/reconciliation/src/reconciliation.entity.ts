import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ReconciliationRunId = IdOf<'rrn'>;

/** R1 to R10 of the handbook, in its order. */
export const RECONCILIATION_CHECKS = [
  'TRIAL_BALANCE',
  'CLEARING',
  'ORDERS',
  'PROVIDER_MONEY',
  'PROVIDER_STATE',
  'BANK',
  'VOLUME',
  'DELIVERIES',
  'SEALS',
  'SPLITS',
] as const;
export type ReconciliationCheckName = (typeof RECONCILIATION_CHECKS)[number];

/** A comparison that is made again and again, and when it is due. */
@Entity('reconciliation_check')
export class ReconciliationCheck {
  @WordColumn({ primary: true }) name!: ReconciliationCheckName;
  @InstantColumn() dueAt!: Date;
  @InstantColumn() workedAt!: Date;
  @BigintColumn({ default: 0 }) runNo!: bigint;
  @IdColumn({ nullable: true }) runId!: ReconciliationRunId | null;
  @Column('int', { default: 0 }) fencing!: number;
  @InstantColumn({ nullable: true }) leasedUntil!: Date | null;
}

/** One time through everything that a check looks at. */
@Entity('reconciliation_run')
export class ReconciliationRun {
  @IdColumn({ primary: true }) id!: ReconciliationRunId;
  @WordColumn() checkName!: ReconciliationCheckName;
  @BigintColumn() runNo!: bigint;
  @InstantColumn() coversFrom!: Date;
  @Column('varchar', { length: 200, nullable: true }) position!: string | null;
  @BigintColumn({ default: 0 }) examinedCount!: bigint;
  @BigintColumn({ default: 0 }) matchedCount!: bigint;
  @BigintColumn({ default: 0 }) foundCount!: bigint;
  @InstantColumn() startedAt!: Date;
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
  @Column('varchar', { length: 500, nullable: true }) failure!: string | null;
}
