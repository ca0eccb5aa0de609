import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';

export type ProductId = IdOf<'prd'>;
export type VariantId = IdOf<'var'>;

/** WITHHELD: it would be on sale, but its seller may not sell. */
export const PRODUCT_STATES = ['DRAFT', 'ON_SALE', 'OFF_SALE', 'WITHHELD'] as const;
export type ProductState = (typeof PRODUCT_STATES)[number];

export const VARIANT_STATES = ['ON_SALE', 'OFF_SALE'] as const;
export type VariantState = (typeof VARIANT_STATES)[number];

/** What a merchant offers. The price shown in lists is that of the cheapest variant on sale. */
@Entity('product')
export class Product {
  @IdColumn({ primary: true }) id!: ProductId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() categoryCode!: string;
  /** What its price is compared with; null where nothing is like it. */
  @WordColumn({ nullable: true }) kindCode!: string | null;
  @Column('varchar', { length: 120 }) name!: string;
  @Column('text') description!: string;
  @DivisionColumn() originCountyCode!: string;
  @Column('boolean') isPerishable!: boolean;
  @Column('tinyint', { nullable: true }) seasonFrom!: number | null;
  @Column('tinyint', { nullable: true }) seasonTo!: number | null;
  @FenColumn() priceFromFen!: Fen;
  /** What 500 g cost of the variant that is cheapest by weight. */
  @FenColumn({ default: 0 }) jinPriceFromFen!: Fen;
  /** Units that buyers have received, as of the last look at the register of volume. */
  @Column('int', { default: 0 }) soldQuantity!: number;
  @WordColumn() state!: ProductState;
  @InstantColumn() listedAt!: Date;
  @InstantColumn() updatedAt!: Date;
}

/** One size or grade of a product, with its price and its own stock. */
@Entity('product_variant')
export class ProductVariant {
  @IdColumn({ primary: true }) id!: VariantId;
  @IdColumn() productId!: ProductId;
  @Column('varchar', { length: 40 }) sku!: string;
  @Column('varchar', { length: 80 }) name!: string;
  @WordColumn({ default: 'UNGRADED' }) grade!: GoodsGrade;
  @Column('int') netWeightG!: number;
  @FenColumn() priceFen!: Fen;
  @Column('int') position!: number;
  @WordColumn() state!: VariantState;
}
