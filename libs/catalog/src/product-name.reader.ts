import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { ProductId } from './product.entity.js';

export interface ProductName {
  readonly id: ProductId;
  readonly name: string;
  readonly categoryCode: string;
  readonly merchantId: IdOf<'mer'>;
}

/** For reports: what products are called and where they belong, on sale or not. */
@Injectable()
export class ProductNameReader {
  constructor(private readonly database: Database) {}

  /** In any order. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<ProductName[]> {
    if (ids.length === 0) return [];
    return on.query<ProductName>(
      'SELECT id, name, category_code AS categoryCode, merchant_id AS merchantId FROM product WHERE id IN (?)',
      [ids],
    );
  }
}
