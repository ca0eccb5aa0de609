import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn } from '#platform/database';
import type { ProductId } from './product.entity.js';

/** A photo of goods, in the order in which they are shown; brought by their seller and looked at by a reviewer. */
@Entity('product_photo')
export class ProductPhoto {
  @IdColumn({ primary: true }) productId!: ProductId;
  @Column('int', { primary: true }) position!: number;
  @IdColumn() fileId!: IdOf<'fil'>;
}
