import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn } from '#platform/database';
import type { ProductId } from './product.entity.js';

export type HarvestWindowId = IdOf<'hvw'>;

/** From when to when a product is harvested in a place, both days included. */
@Entity('harvest_window')
export class HarvestWindow {
  @IdColumn({ primary: true }) id!: HarvestWindowId;
  @IdColumn() productId!: ProductId;
  /** Null where it is the same in the whole county. */
  @DivisionColumn({ nullable: true }) villageCode!: string | null;
  @Column('date') opensOn!: string;
  @Column('date') closesOn!: string;
}
