import { Column, Entity } from 'typeorm';
import { IdColumn, InstantColumn } from '#platform/database';
import type { ProductId } from './product.entity.js';

/** What a product is found by, as terms for FULLTEXT. Made from the product and its surroundings; can be thrown away and made again. */
@Entity('product_search')
export class ProductSearch {
  @IdColumn({ primary: true }) productId!: ProductId;
  @Column('text') terms!: string;
  /** By the database's clock, which whoever follows changes goes by. */
  @InstantColumn({ default: () => 'CURRENT_TIMESTAMP(6)' }) indexedAt!: Date;
}

/** A character or pair of characters that product names hold, and how it is spoken: what spelling is corrected towards. */
@Entity('search_word')
export class SearchWord {
  @Column('varchar', { length: 8, primary: true }) word!: string;
  @Column('varchar', { length: 24 }) pinyin!: string;
}
