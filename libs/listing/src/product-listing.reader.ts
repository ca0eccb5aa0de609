import { Injectable } from '@nestjs/common';
import {
  CategoryReader,
  GoodsKindReader,
  OwnProductReader,
  type OwnProductRow,
  type OwnVariantRow,
} from '#libs/catalog';
import { withinScope } from '#libs/division';
import type { Page, PageRequest, ReturnedField } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import { Database, type SqlValue, type Tx, formPage, jsonOf } from '#platform/database';
import type { ListingAct, ListingContent, ListingId, ListingState } from './product-listing.entity.js';
import {
  EDITABLE,
  type ListingDifference,
  type ListingFinds,
  UNDECIDED,
  copyOf,
  differencesOf,
  firstFault,
} from './product-listing.rules.js';

/** Columns in a page's sort key, for `pageRequest`: of a merchant's own, and of the queue. */
export const LISTING_KEY_PARTS = 1;
export const LISTING_QUEUE_KEY_PARTS = 2;

/** A listing goes back and forth a few times. */
const STEPS_MAX = 200;

export interface ListingRow {
  readonly id: ListingId;
  readonly merchantId: MerchantId;
  readonly productId: string | null;
  readonly state: ListingState;
  readonly content: ListingContent;
  readonly base: ListingContent | null;
  readonly revision: number;
  readonly countyCode: string;
  readonly isPriceHeld: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
}

export interface ListingStepRow {
  readonly act: ListingAct;
  readonly reason: string;
  readonly fields: readonly ReturnedField[];
  readonly at: Date;
}

/** Whose listings somebody sees: those of merchants they work for, or those that were handed in within their divisions. */
export type ListingScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not one's own is not there. */
function withinListingScope(scope: ListingScope): { sql: string; values: SqlValue[] } {
  if ('merchantIds' in scope) return { sql: 'merchant_id IN (?)', values: [['', ...scope.merchantIds]] };
  const { sql, values } = withinScope('county_code', scope.divisions);
  return { sql: `(${sql} AND submitted_at IS NOT NULL)`, values };
}

type Raw = Omit<ListingRow, 'isPriceHeld'> & { readonly isPriceHeld: number };

const COLUMNS = `id, merchant_id AS merchantId, product_id AS productId, state, content, base, revision, county_code AS countyCode,
  is_price_held AS isPriceHeld, created_at AS createdAt, updated_at AS updatedAt, submitted_at AS submittedAt`;

function rowOf(row: Raw): ListingRow {
  return {
    ...row,
    content: jsonOf(row.content),
    base: row.base === null ? null : jsonOf(row.base),
    isPriceHeld: row.isPriceHeld === 1,
  };
}

@Injectable()
export class ProductListingReader {
  constructor(
    private readonly database: Database,
    private readonly products: OwnProductReader,
    private readonly kinds: GoodsKindReader,
    private readonly categories: CategoryReader,
  ) {}

  /** Null outside the scope. */
  async byId(id: string, scope: ListingScope): Promise<ListingRow | null> {
    const { sql, values } = withinListingScope(scope);
    const [row] = await this.database.query<Raw>(
      `SELECT ${COLUMNS} FROM product_listing WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    return row ? rowOf(row) : null;
  }

  /** Merchants see their latest first, reviewers what has waited longest since it was last handed in, whenever it was begun. */
  async page(
    scope: ListingScope,
    states: readonly ListingState[] | null,
    request: PageRequest,
  ): Promise<Page<ListingRow>> {
    const wanted = {
      table: 'product_listing',
      columns: COLUMNS,
      scope: withinListingScope(scope),
      states,
      isQueue: 'divisions' in scope,
    };
    const { nodes, pageInfo } = await formPage<Raw>(this.database, wanted, request);
    return { nodes: nodes.map(rowOf), pageInfo };
  }

  /** What happened to it, in order. */
  async stepsOf(listingId: string): Promise<ListingStepRow[]> {
    const rows = await this.database.query<ListingStepRow>(
      'SELECT act, reason, fields, at FROM product_listing_step WHERE listing_id = ? ORDER BY id LIMIT ?',
      [listingId, STEPS_MAX],
    );
    return rows.map((row) => ({ ...row, fields: jsonOf(row.fields) }));
  }

  /** What was to be mended first when it was last sent back; '' where it never was. */
  async firstFaultOf(listingId: string): Promise<string> {
    const last = (await this.stepsOf(listingId)).findLast(({ act }) => act === 'RETURNED');
    return last ? firstFault(last) : '';
  }

  /** What would be otherwise than it is or, once it was handed in, than it was then. */
  async differencesOf(listing: ListingRow): Promise<ListingDifference[]> {
    const { state, productId, merchantId, content } = listing;
    const isTyping = EDITABLE.includes(state);
    const base =
      isTyping && productId !== null ? await this.liveContent(productId, [merchantId]) : listing.base;
    return differencesOf(base, content);
  }

  /** What is offered now, as one would type it; null of another merchant's. A caller with an open transaction hands it on. */
  async liveContent(
    productId: string,
    merchantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ListingContent | null> {
    const product = await this.products.byId(productId, merchantIds, on);
    if (!product) return null;
    // In turn: a transaction has one connection.
    const variants = await this.products.variantsOf([productId], on);
    return contentOfProduct(product, variants, await this.products.photoIdsOf(productId, on));
  }

  /** The same of many products at once, in three statements; those of other merchants are missing. */
  async liveContents(
    productIds: readonly string[],
    merchantId: string,
  ): Promise<ReadonlyMap<string, ListingContent>> {
    const products = await this.products.byIds(productIds, merchantId);
    const ids = products.map(({ id }) => id);
    const [variants, photos] = await Promise.all([
      this.products.variantsOf(ids),
      this.products.photosOf(ids),
    ]);
    const found = new Map(
      products.map((product) => [
        product.id as string,
        { product, own: [] as OwnVariantRow[], photoIds: [] as string[] },
      ]),
    );
    for (const variant of variants) found.get(variant.productId)?.own.push(variant);
    for (const { productId, photoId } of photos) found.get(productId)?.photoIds.push(photoId);
    return new Map(
      [...found].map(([id, { product, own, photoIds }]) => [id, contentOfProduct(product, own, photoIds)]),
    );
  }

  /** What a merchant has saved first under these keys, by key. */
  async ofKeys(merchantId: string, keys: readonly string[]): Promise<ReadonlyMap<string, ListingRow>> {
    if (keys.length === 0) return new Map();
    const rows = await this.database.query<Raw & { readonly idempotencyKey: string }>(
      `SELECT ${COLUMNS}, idempotency_key AS idempotencyKey FROM product_listing WHERE merchant_id = ? AND idempotency_key IN (?)`,
      [merchantId, keys],
    );
    return new Map(rows.map(({ idempotencyKey, ...row }) => [idempotencyKey, rowOf(row)]));
  }

  /** The one change that is open of each of these products, by product. */
  async openOf(merchantId: string, productIds: readonly string[]): Promise<ReadonlyMap<string, ListingRow>> {
    if (productIds.length === 0) return new Map();
    const rows = await this.database.query<Raw>(
      `SELECT ${COLUMNS} FROM product_listing WHERE merchant_id = ? AND open_product_id IN (?)`,
      [merchantId, productIds],
    );
    return new Map(rows.map((row) => [row.productId ?? '', rowOf(row)]));
  }

  /** How many of a merchant wait for somebody, or are being typed. */
  async undecidedOf(merchantId: string): Promise<number> {
    const [row] = await this.database.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM product_listing WHERE merchant_id = ? AND state IN (?)',
      [merchantId, UNDECIDED],
    );
    return Number(row?.n);
  }

  /** Of the kind that the content names, or else of its category, what there is. */
  async goodsFinds({
    kindCode,
    categoryCode,
  }: Pick<ListingContent, 'kindCode' | 'categoryCode'>): Promise<Pick<ListingFinds, 'kinds' | 'categories'>> {
    const kind = kindCode === null ? null : await this.kinds.byCode(kindCode);
    const categories =
      kindCode === null && categoryCode !== null ? await this.categories.byCodes([categoryCode]) : [];
    return {
      kinds: new Map(kind ? [[kind.code, kind.categoryCode]] : []),
      categories: new Set(categories.map(({ code }) => code)),
    };
  }

  /** What this merchant listed last, for another offer like it; null where it has listed nothing. */
  async lastContent(merchantId: string): Promise<ListingContent | null> {
    const [row] = await this.database.query<Pick<Raw, 'content'>>(
      'SELECT content FROM product_listing WHERE merchant_id = ? ORDER BY id DESC LIMIT 1',
      [merchantId],
    );
    return row ? copyOf(jsonOf(row.content)) : null;
  }

  /** Whether the photo is one of the listing, or of what it would change. */
  async showsPhoto(listing: ListingRow, photoId: string): Promise<boolean> {
    if ([...listing.content.photoIds, ...(listing.base?.photoIds ?? [])].includes(photoId)) return true;
    return (
      listing.productId !== null && (await this.products.photoIdsOf(listing.productId)).includes(photoId)
    );
  }
}

function contentOfProduct(
  product: OwnProductRow,
  variants: readonly OwnVariantRow[],
  photoIds: readonly string[],
): ListingContent {
  const { kindCode, categoryCode, name, description, originCountyCode, isPerishable, seasonFrom, seasonTo } =
    product;
  return {
    kindCode,
    categoryCode,
    name,
    description,
    originCountyCode,
    isPerishable,
    seasonFrom,
    seasonTo,
    variants: variants.map(({ id, name: called, grade, netWeightG, priceFen }) => ({
      variantId: id,
      name: called,
      grade,
      netWeightG,
      priceFen,
    })),
    photoIds,
    note: null,
  };
}
