import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

/** How much of a kind of goods a village can grow in a season, whoever sells it: registered by its county. */
@Entity('harvest_capacity')
export class HarvestCapacity {
  @DivisionColumn({ primary: true }) villageCode!: string;
  @WordColumn({ primary: true }) kindCode!: string;
  @Column('date', { primary: true }) seasonFrom!: string;
  /** Included. */
  @Column('date') seasonTo!: string;
  @BigintColumn() capacityG!: bigint;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}
