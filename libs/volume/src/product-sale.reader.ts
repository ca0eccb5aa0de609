import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';

/** How many units of products buyers have received, ever. */
@Injectable()
export class ProductSaleReader {
  constructor(private readonly database: Database) {}

  /** Of all products, from the rollup by product and month: some rows per product and month, however much was sold. */
  async quantities(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ productId: string; quantity: string }>(
      "SELECT product_id AS productId, SUM(quantity) AS quantity FROM volume_product_month WHERE product_id <> '' GROUP BY product_id",
    );
    return new Map(rows.map(({ productId, quantity }) => [productId, Number(quantity)]));
  }
}
