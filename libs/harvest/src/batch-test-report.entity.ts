import { Column, Entity } from 'typeorm';
import type { BatchId } from '#libs/catalog';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type BatchTestReportId = IdOf<'btr'>;

export const TEST_RESULTS = ['PASSED', 'FAILED'] as const;
export type TestResult = (typeof TEST_RESULTS)[number];

/** What a laboratory has found in a batch. Only added to: the last one counts. */
@Entity('batch_test_report')
export class BatchTestReport {
  @IdColumn({ primary: true }) id!: BatchTestReportId;
  @IdColumn() batchId!: BatchId;
  @IdColumn() fileId!: IdOf<'fil'>;
  @Column('varchar', { length: 80 }) laboratory!: string;
  @Column('varchar', { length: 60 }) reportNo!: string;
  @Column('date') testedOn!: string;
  @WordColumn() result!: TestResult;
  @IdColumn() broughtBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @InstantColumn() broughtAt!: Date;
}
