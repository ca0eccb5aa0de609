import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { GoodsGrade } from './goods-kind.entity.js';
import { pricePer500g } from './price.rules.js';
import type { ProductId, ProductState, VariantId } from './product.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const OWN_PRODUCT_KEY_PARTS = 1;

export interface OwnProductRow {
  readonly id: ProductId;
  readonly merchantId: IdOf<'mer'>;
  readonly name: string;
  readonly description: string;
  readonly categoryCode: string;
  readonly kindCode: string | null;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly state: ProductState;
}

export interface ProductOfKind {
  readonly id: ProductId;
  readonly kindCode: string;
  /** 0 or 1. */
  readonly isPerishable: number;
}

/** More than a merchant has on its shelves; the latest are those that it sells. */
const OF_KINDS_MAX = 500;

export interface OwnVariantRow {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly name: string;
  readonly grade: GoodsGrade;
  readonly netWeightG: number;
  readonly priceFen: FenText;
  readonly pricePer500gFen: Fen;
}

type Raw = Omit<OwnProductRow, 'isPerishable'> & { readonly isPerishable: number };

const SELECT = `SELECT id, merchant_id AS merchantId, name, description, category_code AS categoryCode, kind_code AS kindCode,
  origin_county_code AS originCountyCode, is_perishable AS isPerishable, season_from AS seasonFrom, season_to AS seasonTo, state FROM product`;

const rowOf = (row: Raw): OwnProductRow => ({ ...row, isPerishable: row.isPerishable === 1 });

/** What merchants offer, as they and nobody else see it: on sale or not. */
@Injectable()
export class OwnProductReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async page(merchantId: string, { first, after }: PageRequest): Promise<Page<OwnProductRow>> {
    const values: SqlValue[] = [merchantId, ...(after ? [after[0] ?? ''] : []), first + 1];
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE merchant_id = ?${after ? ' AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      values,
    );
    return pageOf(rows.map(rowOf), first, ({ id }) => [id]);
  }

  /** Null of another merchant's. A caller with an open transaction hands it on. */
  async byId(
    id: string,
    merchantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<OwnProductRow | null> {
    const [row] = await on.query<Raw>(`${SELECT} WHERE id = ? AND merchant_id IN (?)`, [
      id,
      ['', ...merchantIds],
    ]);
    return row ? rowOf(row) : null;
  }

  /** In any order; those of other merchants are left out. */
  async byIds(ids: readonly string[], merchantId: string): Promise<OwnProductRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<Raw>(`${SELECT} WHERE id IN (?) AND merchant_id = ?`, [
      ids,
      merchantId,
    ]);
    return rows.map(rowOf);
  }

  /** Those that are goods of some kind, drafts left out. */
  ofKinds(merchantId: string): Promise<ProductOfKind[]> {
    return this.database.query<ProductOfKind>(
      `SELECT id, kind_code AS kindCode, is_perishable = 1 AS isPerishable FROM product
       WHERE merchant_id = ? AND kind_code IS NOT NULL AND state <> 'DRAFT' ORDER BY id DESC LIMIT ?`,
      [merchantId, OF_KINDS_MAX],
    );
  }

  /** On sale, of each product in shelf order. A caller with an open transaction hands it on. */
  async variantsOf(
    productIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<OwnVariantRow[]> {
    if (productIds.length === 0) return [];
    const rows = await on.query<Omit<OwnVariantRow, 'pricePer500gFen'>>(
      `SELECT id, product_id AS productId, name, grade, net_weight_g AS netWeightG, price_fen AS priceFen
       FROM product_variant WHERE product_id IN (?) AND state = 'ON_SALE' ORDER BY product_id, position`,
      [productIds],
    );
    return rows.map((row) => ({ ...row, pricePer500gFen: pricePer500g(fen(row.priceFen), row.netWeightG) }));
  }

  /** Of all its products, on sale or not, in the order in which they were made. */
  async variantIds(merchantId: string, { first, after }: PageRequest): Promise<Page<VariantId>> {
    const rows = await this.database.query<{ id: VariantId }>(
      `SELECT v.id FROM product p JOIN product_variant v ON v.product_id = p.id WHERE p.merchant_id = ? AND v.id > ? ORDER BY v.id LIMIT ?`,
      [merchantId, after?.[0] ?? '', first + 1],
    );
    return pageOf(
      rows.map(({ id }) => id),
      first,
      (id) => [id],
    );
  }

  /** Of each product in the order in which they are shown. */
  async photosOf(
    productIds: readonly string[],
  ): Promise<{ readonly productId: ProductId; readonly photoId: string }[]> {
    if (productIds.length === 0) return [];
    return this.database.query(
      `SELECT product_id AS productId, file_id AS photoId FROM product_photo WHERE product_id IN (?)
       ORDER BY product_id, position`,
      [productIds],
    );
  }

  /** In the order in which they are shown. A caller with an open transaction hands it on. */
  async photoIdsOf(productId: string, on: Pick<Tx, 'query'> = this.database): Promise<string[]> {
    const rows = await on.query<{ id: string }>(
      'SELECT file_id AS id FROM product_photo WHERE product_id = ? ORDER BY position',
      [productId],
    );
    return rows.map(({ id }) => id);
  }
}
