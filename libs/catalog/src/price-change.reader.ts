import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';
import type { PriceChangeId } from './price-change.entity.js';
import { pricePer500g } from './price.rules.js';
import type { VariantId } from './product.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const PRICE_CHANGE_KEY_PARTS = 1;

export interface PriceChangeRow {
  readonly id: PriceChangeId;
  readonly variantId: VariantId;
  readonly variantName: string;
  readonly priceFen: FenText;
  readonly netWeightG: number;
  readonly grade: GoodsGrade;
  readonly pricePer500gFen: Fen;
  readonly reason: string | null;
  readonly changedAt: Date;
}

@Injectable()
export class PriceChangeReader {
  constructor(private readonly database: Database) {}

  /** Of variants on sale of a product on sale, the latest first; of others there are none. */
  async page(productId: string, { first, after }: PageRequest): Promise<Page<PriceChangeRow>> {
    const values: SqlValue[] = [productId, ...(after ? [after[0] ?? ''] : []), first + 1];
    const rows = await this.database.query<Omit<PriceChangeRow, 'pricePer500gFen'>>(
      `SELECT c.id, c.variant_id AS variantId, v.name AS variantName, c.price_fen AS priceFen, c.net_weight_g AS netWeightG,
         c.grade, c.reason, c.changed_at AS changedAt
       FROM price_change c JOIN product_variant v ON v.id = c.variant_id JOIN product p ON p.id = c.product_id
       WHERE c.product_id = ? AND v.state = 'ON_SALE' AND p.state = 'ON_SALE'${after ? ' AND c.id < ?' : ''} ORDER BY c.id DESC LIMIT ?`,
      values,
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ id }) => [id]);
    return {
      nodes: nodes.map((row) => ({
        ...row,
        pricePer500gFen: pricePer500g(fen(row.priceFen), row.netWeightG),
      })),
      pageInfo,
    };
  }
}
