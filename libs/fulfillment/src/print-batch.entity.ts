import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { WaybillId } from './waybill.entity.js';
import type { Carrier } from './waybill.rules.js';

export type PrintBatchId = IdOf<'prb'>;

/** What is printed together: a packing list and a label of each. */
@Entity('print_batch')
export class PrintBatch {
  @IdColumn({ primary: true }) id!: PrintBatchId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @WordColumn() carrier!: Carrier;
  @IdColumn() openedBy!: IdOf<'usr'>;
  @InstantColumn() openedAt!: Date;
}

/** In the order in which it is printed. */
@Entity('print_batch_item')
export class PrintBatchItem {
  @IdColumn({ primary: true }) printBatchId!: PrintBatchId;
  @Column('int', { primary: true }) position!: number;
  @IdColumn() waybillId!: WaybillId;
}
