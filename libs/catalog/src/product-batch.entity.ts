import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, DivisionColumn, IdColumn, InstantColumn } from '#platform/database';
import type { ProductId } from './product.entity.js';

export type BatchId = IdOf<'bat'>;

/** One harvest or production run: where goods grew, and whose linkage agreement they feed. Written once; of a harvest to come, before it is harvested. */
@Entity('product_batch')
export class ProductBatch {
  @IdColumn({ primary: true }) id!: BatchId;
  @IdColumn() productId!: ProductId;
  @Column('varchar', { length: 40 }) traceCode!: string;
  @DivisionColumn() originCountyCode!: string;
  @DivisionColumn({ nullable: true }) originVillageCode!: string | null;
  @IdColumn({ nullable: true }) linkageAgreementId!: IdOf<'lnk'> | null;
  @Column('date') harvestedOn!: string;
  @Column('date', { nullable: true }) bestBeforeOn!: string | null;
  /** What may come into warehouses of it, and the one thing that changes; null where nobody has said. */
  @BigintColumn({ nullable: true }) receivableG!: bigint | null;
  @InstantColumn() createdAt!: Date;
}
