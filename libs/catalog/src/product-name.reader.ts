import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { ProductId } from './product.entity.js';

export interface ProductName {
  readonly id: ProductId;
  readonly name: string;
}

/** For reports: what products are called, on sale or not. */
@Injectable()
export class ProductNameReader {
  constructor(private readonly database: Database) {}

  /** In any order. */
  async byIds(ids: readonly string[]): Promise<ProductName[]> {
    if (ids.length === 0) return [];
    return this.database.query<ProductName>('SELECT id, name FROM product WHERE id IN (?)', [ids]);
  }
}
