import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';
import type { ProductId, VariantId } from './product.entity.js';

export type PriceChangeId = IdOf<'pch'>;

/** What a variant costs from some moment on; never changed. */
@Entity('price_change')
export class PriceChange {
  @IdColumn({ primary: true }) id!: PriceChangeId;
  @IdColumn() productId!: ProductId;
  @IdColumn() variantId!: VariantId;
  @FenColumn() priceFen!: Fen;
  @Column('int') netWeightG!: number;
  @WordColumn() grade!: GoodsGrade;
  /** A reviewer's, where it is far above the reference price; null for what needs none. */
  @Column('varchar', { length: 500, nullable: true }) reason!: string | null;
  /** Null for what came with the house. */
  @IdColumn({ nullable: true }) setBy!: IdOf<'usr'> | null;
  @InstantColumn() changedAt!: Date;
}
