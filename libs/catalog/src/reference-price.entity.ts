import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';

export type ReferencePriceId = IdOf<'rfp'>;

/** What 500 g of a kind and grade cost in some months, as officials have found out. Never changed: what was recorded last holds. */
@Entity('reference_price')
export class ReferencePrice {
  @IdColumn({ primary: true }) id!: ReferencePriceId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @WordColumn() kindCode!: string;
  @WordColumn() grade!: GoodsGrade;
  /** YYYY-MM, both months included. */
  @Column('char', { length: 7 }) monthFrom!: string;
  @Column('char', { length: 7 }) monthTo!: string;
  @FenColumn() jinPriceFen!: Fen;
  /** Where they know it from. */
  @Column('varchar', { length: 200 }) source!: string;
  @IdColumn() recordedBy!: IdOf<'usr'>;
  @InstantColumn() recordedAt!: Date;
}
