import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { Database, Gathered } from '#platform/database';
import type { ProductId } from './product.entity.js';

export interface ProductPhotoRow {
  readonly productId: ProductId;
  readonly id: IdOf<'fil'>;
}

@Injectable()
export class ProductPhotoReader {
  /** Of each product in the order in which they are shown. */
  private readonly shown = new Gathered<ProductPhotoRow>(
    this.database,
    (productIds) =>
      this.database.query(
        'SELECT product_id AS productId, file_id AS id FROM product_photo WHERE product_id IN (?) ORDER BY product_id, position',
        [productIds],
      ),
    ({ productId }) => productId,
  );

  constructor(private readonly database: Database) {}

  ofProducts(productIds: readonly string[]): Promise<ProductPhotoRow[]> {
    return this.shown.of(productIds);
  }

  /** Whether it is a photo of a product that is on sale: then anybody may see it. */
  async isShown(productId: string, photoId: string): Promise<boolean> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT p.id FROM product_photo f JOIN product p ON p.id = f.product_id
       WHERE f.product_id = ? AND f.file_id = ? AND p.state = 'ON_SALE'`,
      [productId, photoId],
    );
    return rows.length > 0;
  }
}
