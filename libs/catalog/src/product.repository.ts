import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, newId } from '#libs/kernel';
import type { Database, Tx } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';
import type { PriceSummary, PricedVariant } from './price.rules.js';
import {
  Product,
  type ProductId,
  type ProductState,
  ProductVariant,
  type VariantId,
} from './product.entity.js';

/** A variant as its price is judged. */
export interface LiveVariant {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly kindCode: string | null;
  readonly name: string;
  readonly grade: GoodsGrade;
  readonly netWeightG: number;
  readonly priceFen: FenText;
}

/** What a variant costs from now on. */
export type SetPrice = Pick<LiveVariant, 'id' | 'productId' | 'grade' | 'netWeightG'> & {
  readonly priceFen: Fen;
};

/** What a product is found by, as far as it says so itself. */
export interface ProductText {
  readonly id: ProductId;
  readonly name: string;
  readonly categoryCode: string;
  readonly originCountyCode: string;
  readonly merchantId: IdOf<'mer'>;
}

/** Held by whoever changes it, with what its prices are compared with. */
export type LockedProduct = ProductText & { readonly kindCode: string | null; readonly state: ProductState };

const TEXT = `SELECT id, name, category_code AS categoryCode, origin_county_code AS originCountyCode, merchant_id AS merchantId,
  kind_code AS kindCode, state FROM product`;

@Injectable()
export class ProductRepository {
  async insert(
    tx: Tx,
    product: Product,
    variants: readonly ProductVariant[],
    reasons: readonly (string | null)[],
    setBy: IdOf<'usr'> | null,
  ): Promise<void> {
    await tx.manager.insert(Product, product);
    await tx.manager.insert(ProductVariant, [...variants]);
    const prices = variants.map((variant, place) => ({ variant, reason: reasons[place] ?? null }));
    await this.notePrices(tx, prices, setBy, product.listedAt);
  }

  /** Whoever changes a product, its variants or its document holds this row first. */
  async lock(tx: Tx, id: string): Promise<LockedProduct | null> {
    const [product] = await this.lockTexts(tx, [id]);
    return product ?? null;
  }

  /** Null of another seller's. */
  async lockOwn(tx: Tx, id: string, merchantIds: readonly string[]): Promise<LockedProduct | null> {
    const [product] = await tx.query<LockedProduct>(
      `${TEXT} WHERE id = ? AND merchant_id IN (?) FOR UPDATE`,
      [id, ['', ...merchantIds]],
    );
    return product ?? null;
  }

  lockTexts(tx: Tx, ids: readonly string[]): Promise<LockedProduct[]> {
    return tx.query<LockedProduct>(`${TEXT} WHERE id IN (?) ORDER BY id FOR UPDATE`, [ids]);
  }

  textsOf(on: Pick<Database, 'query'>, ids: readonly string[]): Promise<ProductText[]> {
    return on.query<ProductText>(`${TEXT} WHERE id IN (?)`, [ids]);
  }

  /** In order of id, for whoever goes through all of them. */
  textsAfter(on: Pick<Database, 'query'>, id: string, limit: number): Promise<ProductText[]> {
    return on.query<ProductText>(`${TEXT} WHERE id > ? ORDER BY id LIMIT ?`, [id, limit]);
  }

  /** In any order; those of other sellers are left out. */
  variantsOf(
    tx: Tx,
    variantIds: readonly string[],
    merchantIds: readonly string[] | 'ALL',
  ): Promise<LiveVariant[]> {
    const own = merchantIds === 'ALL' ? 'TRUE' : 'p.merchant_id IN (?)';
    return tx.query<LiveVariant>(
      `SELECT v.id, v.product_id AS productId, p.kind_code AS kindCode, v.name, v.grade, v.net_weight_g AS netWeightG, v.price_fen AS priceFen
       FROM product_variant v JOIN product p ON p.id = v.product_id WHERE v.id IN (?) AND ${own}`,
      [['', ...variantIds], ...(merchantIds === 'ALL' ? [] : [['', ...merchantIds]])],
    );
  }

  /** What variants cost from now on; their history is told with it. Whoever calls holds their products. */
  async reprice(tx: Tx, prices: readonly SetPrice[], setBy: IdOf<'usr'> | null, at: Date): Promise<void> {
    const ids = prices.map(({ id }) => id);
    await tx.write(
      `UPDATE product_variant SET price_fen = CASE id ${prices.map(() => 'WHEN ? THEN ?').join(' ')} ELSE price_fen END WHERE id IN (?)`,
      [...prices.flatMap(({ id, priceFen }) => [id, priceFen]), ids],
    );
    await this.notePrices(
      tx,
      prices.map((variant) => ({ variant, reason: null })),
      setBy,
      at,
    );
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

  pricedVariants(
    tx: Tx,
    productIds: readonly ProductId[],
  ): Promise<(PricedVariant & { readonly productId: ProductId })[]> {
    return tx.query(
      `SELECT product_id AS productId, price_fen AS priceFen, net_weight_g AS netWeightG FROM product_variant
       WHERE product_id IN (?) AND state = 'ON_SALE'`,
      [productIds],
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
    summaries: readonly (PriceSummary & { readonly id: ProductId })[],
    at: Date,
  ): Promise<void> {
    if (summaries.length === 0) return;
    const cases = summaries.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.write(
      `UPDATE product SET price_from_fen = CASE id ${cases} ELSE price_from_fen END, jin_price_from_fen = CASE id ${cases} ELSE jin_price_from_fen END,
         updated_at = ? WHERE id IN (?)`,
      [
        ...summaries.flatMap(({ id, priceFromFen }) => [id, priceFromFen]),
        ...summaries.flatMap(({ id, jinPriceFromFen }) => [id, jinPriceFromFen]),
        at,
        summaries.map(({ id }) => id),
      ],
    );
  }

  /** On sale, as their prices are judged. Whoever asks holds the product. */
  liveVariants(tx: Tx, productId: string): Promise<(LiveVariant & { readonly position: number })[]> {
    return tx.query(
      `SELECT v.id, v.product_id AS productId, p.kind_code AS kindCode, v.name, v.grade, v.net_weight_g AS netWeightG, v.price_fen AS priceFen, v.position
       FROM product_variant v JOIN product p ON p.id = v.product_id WHERE v.product_id = ? AND v.state = 'ON_SALE' ORDER BY v.position, v.id`,
      [productId],
    );
  }

  async updateFacts(tx: Tx, id: ProductId, facts: Partial<Product>): Promise<void> {
    await tx.manager.update(Product, { id }, facts);
  }

  /** Of variants that are there, by one statement; what they cost is noted by whoever calls. */
  async changeVariants(
    tx: Tx,
    variants: readonly (Omit<LiveVariant, 'priceFen' | 'kindCode'> & {
      readonly priceFen: Fen;
      readonly position: number;
    })[],
  ): Promise<void> {
    if (variants.length === 0) return;
    // Each of them exists and is held with its product, so that nothing is ever inserted, and nobody else's code is met.
    await tx.write(
      `INSERT INTO product_variant (id, product_id, sku, name, grade, net_weight_g, price_fen, position, state) VALUES ?
       ON DUPLICATE KEY UPDATE name = VALUES(name), grade = VALUES(grade), net_weight_g = VALUES(net_weight_g), price_fen = VALUES(price_fen)`,
      [
        variants.map(({ id, productId, name, grade, netWeightG, priceFen, position }) => [
          id,
          productId,
          id,
          name,
          grade,
          netWeightG,
          priceFen,
          position,
          'ON_SALE',
        ]),
      ],
    );
  }

  async addVariants(tx: Tx, variants: readonly ProductVariant[]): Promise<void> {
    if (variants.length > 0) await tx.manager.insert(ProductVariant, [...variants]);
  }

  async takeOff(tx: Tx, variantIds: readonly string[], productId: string): Promise<void> {
    if (variantIds.length > 0)
      await tx.write("UPDATE product_variant SET state = 'OFF_SALE' WHERE id IN (?) AND product_id = ?", [
        variantIds,
        productId,
      ]);
  }

  /** These and no others, in this order. */
  async showPhotos(tx: Tx, productId: string, fileIds: readonly string[]): Promise<void> {
    await tx.write('DELETE FROM product_photo WHERE product_id = ?', [productId]);
    if (fileIds.length > 0)
      await tx.insert(
        'product_photo',
        fileIds.map((fileId, position) => ({ productId, position, fileId })),
      );
  }

  /** What these cost from now on, each with its reason: null where none is needed. Nobody in particular has set what came with the house. */
  async notePrices(
    tx: Tx,
    prices: readonly { readonly variant: SetPrice; readonly reason: string | null }[],
    setBy: IdOf<'usr'> | null,
    changedAt: Date,
  ): Promise<void> {
    if (prices.length === 0) return;
    await tx.insert(
      'price_change',
      prices.map(({ variant: { id: variantId, productId, grade, netWeightG, priceFen }, reason }) => ({
        id: newId('pch'),
        productId,
        variantId,
        priceFen,
        netWeightG,
        grade,
        reason,
        setBy,
        changedAt,
      })),
    );
  }
}
