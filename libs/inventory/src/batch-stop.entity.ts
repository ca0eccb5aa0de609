import { Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export const STOP_CAUSES = ['RECALLED', 'TEST_FAILED'] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

/** Nothing of this batch is sold, wherever it lies. */
@Entity('batch_stop')
export class BatchStop {
  @IdColumn({ primary: true }) batchId!: IdOf<'bat'>;
  @WordColumn({ primary: true }) cause!: StopCause;
  @InstantColumn() stoppedAt!: Date;
}
