import { Injectable } from '@nestjs/common';
import { type DivisionRow, DivisionReader } from '#libs/division';
import {
  type Fen,
  type FenText,
  type IdOf,
  type Page,
  type PageRequest,
  fen,
  pageOf,
  present,
} from '#libs/kernel';
import { type MerchantRow, MerchantReader } from '#libs/merchant';
import { Database, type SqlValue } from '#platform/database';
import { pricePer500g } from './price.rules.js';
import type { ProductId, VariantId } from './product.entity.js';

export interface VariantRow {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: FenText;
  readonly pricePer500gFen: Fen;
}

export interface ProductRow {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly categoryCode: string;
  readonly isPerishable: boolean;
  /** First and last month of the season, 1 to 12; null when sold all year. */
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly priceFromFen: FenText;
  readonly listedAt: Date;
  readonly merchant: MerchantRow;
  readonly originCounty: DivisionRow;
  /** On sale, in shelf order. */
  readonly variants: readonly VariantRow[];
}

export interface ProductFilter {
  readonly originCountyCode?: string | null;
  readonly categoryCode?: string | null;
  readonly merchantId?: string | null;
  /** Only these; an empty list finds nothing. */
  readonly productIds?: readonly string[] | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const PRODUCT_KEY_PARTS = 2;

interface Raw {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly categoryCode: string;
  readonly isPerishable: number;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly priceFromFen: FenText;
  readonly listedAt: Date;
  readonly cursorAt: string;
  readonly merchantId: IdOf<'mer'>;
  readonly originCountyCode: string;
}

// The cursor keeps microseconds, which a Date would lose.
const SELECT = `SELECT id, name, description, category_code AS categoryCode, is_perishable AS isPerishable,
  season_from AS seasonFrom, season_to AS seasonTo, price_from_fen AS priceFromFen, listed_at AS listedAt,
  CAST(listed_at AS CHAR) AS cursorAt, merchant_id AS merchantId, origin_county_code AS originCountyCode
  FROM product`;

/** What the shop shows: products on sale of merchants, with their variants. Three statements a page, whatever its size. */
@Injectable()
export class ProductReader {
  /** A county keeps its code and name for ever (a renamed one gets a new row), so each is read once per process. */
  private readonly counties = new Map<string, DivisionRow>();

  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
  ) {}

  /** Newest first. */
  async page(filter: ProductFilter, { first, after }: PageRequest): Promise<Page<ProductRow>> {
    if (filter.productIds?.length === 0) return pageOf<ProductRow>([], first, () => []);
    const where = ["state = 'ON_SALE'"];
    const values: SqlValue[] = [];
    const narrow = (condition: string, ...given: readonly SqlValue[]) => {
      where.push(condition);
      values.push(...given);
    };
    if (filter.originCountyCode) narrow('origin_county_code = ?', filter.originCountyCode);
    if (filter.categoryCode) narrow('category_code = ?', filter.categoryCode);
    if (filter.merchantId) narrow('merchant_id = ?', filter.merchantId);
    if (filter.productIds) narrow('id IN (?)', filter.productIds);
    if (after) {
      const [listedAt, id] = [present(after[0], 'an instant'), present(after[1], 'an id')];
      narrow('(listed_at < ? OR (listed_at = ? AND id < ?))', listedAt, listedAt, id);
    }
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY listed_at DESC, id DESC LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, (row) => [row.cursorAt, row.id]);
    return { nodes: await this.complete(nodes), pageInfo };
  }

  /** Null unless on sale. */
  async byId(id: string): Promise<ProductRow | null> {
    const rows = await this.database.query<Raw>(`${SELECT} WHERE id = ? AND state = 'ON_SALE'`, [id]);
    const [product] = await this.complete(rows);
    return product ?? null;
  }

  /** On sale, in the order asked for; what is not on sale is missing. */
  async byIds(ids: readonly string[]): Promise<ProductRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<Raw>(`${SELECT} WHERE id IN (?) AND state = 'ON_SALE'`, [ids]);
    const products = new Map((await this.complete(rows)).map((product) => [product.id as string, product]));
    return ids.flatMap((id) => products.get(id) ?? []);
  }

  /** What buyers have received most of. */
  async mostSoldIds(count: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      "SELECT id FROM product WHERE state = 'ON_SALE' ORDER BY sold_quantity DESC, id DESC LIMIT ?",
      [count],
    );
    return rows.map(({ id }) => id);
  }

  private async complete(rows: readonly Raw[]): Promise<ProductRow[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const [variants, merchants] = await Promise.all([
      this.variantsOf(ids),
      this.merchants.byIds([...new Set(rows.map((row) => row.merchantId))]),
      this.learnCounties(rows),
    ]);
    const merchantById = new Map(merchants.map((merchant) => [merchant.id, merchant]));
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      categoryCode: row.categoryCode,
      isPerishable: row.isPerishable === 1,
      seasonFrom: row.seasonFrom,
      seasonTo: row.seasonTo,
      priceFromFen: row.priceFromFen,
      listedAt: row.listedAt,
      merchant: present(merchantById.get(row.merchantId), `merchant ${row.merchantId}`),
      originCounty: present(this.counties.get(row.originCountyCode), `county ${row.originCountyCode}`),
      variants: variants.get(row.id) ?? [],
    }));
  }

  private async variantsOf(productIds: readonly ProductId[]): Promise<ReadonlyMap<ProductId, VariantRow[]>> {
    const rows = await this.database.query<Omit<VariantRow, 'pricePer500gFen'>>(
      `SELECT id, product_id AS productId, name, net_weight_g AS netWeightG, price_fen AS priceFen
       FROM product_variant WHERE product_id IN (?) AND state = 'ON_SALE' ORDER BY product_id, position`,
      [productIds],
    );
    const byProduct = new Map<ProductId, VariantRow[]>(productIds.map((id) => [id, []]));
    for (const { id, productId, name, netWeightG, priceFen } of rows) {
      const pricePer500gFen = pricePer500g(fen(priceFen), netWeightG);
      const variant = { id, productId, name, netWeightG, priceFen, pricePer500gFen };
      present(byProduct.get(productId), 'a list per product').push(variant);
    }
    return byProduct;
  }

  private async learnCounties(rows: readonly Raw[]): Promise<void> {
    const unknown = rows.map((row) => row.originCountyCode).filter((code) => !this.counties.has(code));
    for (const county of await this.divisions.byCodes([...new Set(unknown)]))
      this.counties.set(county.code, county);
  }
}
