import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Database, Tx } from '#platform/database';
import type { PriceSummary, PricedVariant } from './price.rules.js';
import { Product, type ProductId, type ProductState, ProductVariant } from './product.entity.js';

/** What a product is found by, as far as it says so itself. */
export interface ProductText {
  readonly id: ProductId;
  readonly name: string;
  readonly categoryCode: string;
  readonly originCountyCode: string;
  readonly merchantId: IdOf<'mer'>;
}

const TEXT = `SELECT id, name, category_code AS categoryCode, origin_county_code AS originCountyCode, merchant_id AS merchantId
  FROM product`;

@Injectable()
export class ProductRepository {
  async insert(tx: Tx, product: Product, variants: readonly ProductVariant[]): Promise<void> {
    await tx.manager.insert(Product, product);
    await tx.manager.insert(ProductVariant, [...variants]);
  }

  /** Whoever changes a product, its variants or its document holds this row first. */
  async lock(tx: Tx, id: string): Promise<ProductText | null> {
    const [product] = await this.lockTexts(tx, [id]);
    return product ?? null;
  }

  lockTexts(tx: Tx, ids: readonly string[]): Promise<ProductText[]> {
    return tx.query<ProductText>(`${TEXT} WHERE id IN (?) ORDER BY id FOR UPDATE`, [ids]);
  }

  textsOf(on: Pick<Database, 'query'>, ids: readonly string[]): Promise<ProductText[]> {
    return on.query<ProductText>(`${TEXT} WHERE id IN (?)`, [ids]);
  }

  /** In order of id, for whoever goes through all of them. */
  textsAfter(on: Pick<Database, 'query'>, id: string, limit: number): Promise<ProductText[]> {
    return on.query<ProductText>(`${TEXT} WHERE id > ? ORDER BY id LIMIT ?`, [id, limit]);
  }

  async productOfVariant(tx: Tx, variantId: string): Promise<string | null> {
    const [row] = await tx.query<{ productId: string }>(
      'SELECT product_id AS productId FROM product_variant WHERE id = ?',
      [variantId],
    );
    return row?.productId ?? null;
  }

  async reprice(tx: Tx, variantId: string, priceFen: bigint): Promise<void> {
    await tx.write('UPDATE product_variant SET price_fen = ? WHERE id = ?', [priceFen, variantId]);
  }

  async rename(tx: Tx, id: string, name: string, at: Date): Promise<void> {
    await tx.write('UPDATE product SET name = ?, updated_at = ? WHERE id = ?', [name, at, id]);
  }

  async moveState(tx: Tx, id: string, state: ProductState, at: Date): Promise<void> {
    await tx.write('UPDATE product SET state = ?, updated_at = ? WHERE id = ?', [state, at, id]);
  }

  /** In order of id; what is locked does not come again once it has been moved. */
  async lockOfMerchant(tx: Tx, merchantId: string, state: ProductState, limit: number): Promise<ProductId[]> {
    const rows = await tx.query<{ id: ProductId }>(
      'SELECT id FROM product WHERE merchant_id = ? AND state = ? ORDER BY id LIMIT ? FOR UPDATE',
      [merchantId, state, limit],
    );
    return rows.map(({ id }) => id);
  }

  async moveStates(tx: Tx, ids: readonly string[], state: ProductState, at: Date): Promise<void> {
    await tx.write('UPDATE product SET state = ?, updated_at = ? WHERE id IN (?)', [state, at, ids]);
  }

  async soldQuantities(on: Pick<Database, 'query'>): Promise<ReadonlyMap<string, number>> {
    const rows = await on.query<{ id: string; soldQuantity: number }>(
      'SELECT id, sold_quantity AS soldQuantity FROM product',
    );
    return new Map(rows.map(({ id, soldQuantity }) => [id, soldQuantity]));
  }

  async setSold(tx: Tx, id: string, quantity: number): Promise<void> {
    await tx.write('UPDATE product SET sold_quantity = ? WHERE id = ?', [quantity, id]);
  }

  pricedVariants(tx: Tx, productId: string): Promise<PricedVariant[]> {
    return tx.query<PricedVariant>(
      "SELECT price_fen AS priceFen, net_weight_g AS netWeightG FROM product_variant WHERE product_id = ? AND state = 'ON_SALE'",
      [productId],
    );
  }

  /** Of products whose price of 500 g nobody has worked out; half a fen counts up, as in the rules. */
  async summariseMissing(tx: Tx): Promise<void> {
    await tx.write(
      `UPDATE product p JOIN (
         SELECT product_id, MIN((price_fen * 1000 + net_weight_g) DIV (net_weight_g * 2)) AS jin_fen
         FROM product_variant WHERE state = 'ON_SALE' GROUP BY product_id
       ) v ON v.product_id = p.id SET p.jin_price_from_fen = v.jin_fen WHERE p.jin_price_from_fen = 0`,
      [],
    );
  }

  async summarise(
    tx: Tx,
    id: string,
    { priceFromFen, jinPriceFromFen }: PriceSummary,
    at: Date,
  ): Promise<void> {
    await tx.write(
      'UPDATE product SET price_from_fen = ?, jin_price_from_fen = ?, updated_at = ? WHERE id = ?',
      [priceFromFen, jinPriceFromFen, at, id],
    );
  }
}
