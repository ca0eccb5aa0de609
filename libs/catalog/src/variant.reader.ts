import { Injectable } from '@nestjs/common';
import type { FenText, IdOf } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';
import type { ProductId, VariantId } from './product.entity.js';

/** A variant with what cart and checkout need to know of its product. */
export interface VariantForSale {
  readonly id: VariantId;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: FenText;
  readonly productId: ProductId;
  readonly productName: string;
  readonly merchantId: IdOf<'mer'>;
  readonly categoryCode: string;
  /** What its price is compared with, and how it is graded. */
  readonly kindCode: string | null;
  readonly grade: GoodsGrade;
  /** Of the product; a batch says for itself where it grew. */
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  /** Variant and product are both on sale; whether the merchant may sell is the merchant context's business. */
  readonly isOnSale: boolean;
}

type Raw = Omit<VariantForSale, 'isPerishable' | 'isOnSale'> & {
  readonly isPerishable: number;
  readonly isOnSale: number;
};

@Injectable()
export class VariantReader {
  /** Every page of cart and checkout asks for some. */
  private readonly gathered = new Gathered(
    this.database,
    (ids) => this.read(ids, this.database),
    ({ id }) => id,
  );

  constructor(private readonly database: Database) {}

  /** Of these codes, by the seller's code (货号) or by id, those that are known. */
  async byCodes(
    codes: readonly string[],
  ): Promise<{ readonly code: string; readonly variantId: VariantId }[]> {
    if (codes.length === 0) return [];
    return this.database.query<{ code: string; variantId: VariantId }>(
      `SELECT sku AS code, id AS variantId FROM product_variant WHERE sku IN (?)
       UNION ALL SELECT id, id FROM product_variant WHERE id IN (?)`,
      [codes, codes],
    );
  }

  /** Everything a merchant has ever packed, whatever became of it. */
  async idsOfMerchant(merchantId: string): Promise<VariantId[]> {
    const rows = await this.database.query<{ id: VariantId }>(
      'SELECT v.id FROM product_variant v JOIN product p ON p.id = v.product_id WHERE p.merchant_id = ?',
      [merchantId],
    );
    return rows.map(({ id }) => id);
  }

  /** In any order and in any state. A caller with an open transaction hands it on. */
  byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<VariantForSale[]> {
    if (on === this.database) return this.gathered.of(ids);
    return ids.length === 0 ? Promise.resolve([]) : this.read(ids, on);
  }

  private async read(ids: readonly string[], on: Pick<Tx, 'query'>): Promise<VariantForSale[]> {
    const rows = await on.query<Raw>(
      `SELECT v.id, v.name, v.net_weight_g AS netWeightG, v.price_fen AS priceFen, p.id AS productId,
         p.name AS productName, p.merchant_id AS merchantId, p.category_code AS categoryCode, p.kind_code AS kindCode, v.grade,
         p.origin_county_code AS originCountyCode, p.is_perishable AS isPerishable,
         (v.state = 'ON_SALE' AND p.state = 'ON_SALE') AS isOnSale
       FROM product_variant v JOIN product p ON p.id = v.product_id WHERE v.id IN (?)`,
      [ids],
    );
    return rows.map((row) => ({
      ...row,
      isPerishable: row.isPerishable === 1,
      isOnSale: row.isOnSale === 1,
    }));
  }
}
