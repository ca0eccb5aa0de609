import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { ProductId } from './product.entity.js';

export interface ProductOrigin {
  readonly id: ProductId;
  readonly name: string;
  readonly merchantId: IdOf<'mer'>;
  readonly originCountyCode: string;
}

/** Whose a product is and where it comes from, on sale or not. */
@Injectable()
export class ProductOriginReader {
  constructor(private readonly database: Database) {}

  /** In any order. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<ProductOrigin[]> {
    if (ids.length === 0) return [];
    return on.query<ProductOrigin>(
      'SELECT id, name, merchant_id AS merchantId, origin_county_code AS originCountyCode FROM product WHERE id IN (?)',
      [ids],
    );
  }
}
