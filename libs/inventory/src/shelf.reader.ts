import { Injectable } from '@nestjs/common';
import {
  CertificationReader,
  type CertificationRow,
  type Hit,
  type ProductFilter,
  ProductReader,
  type ProductRow,
  type ProductSort,
  type VariantRow,
  foreignCursor,
  isNarrowing,
} from '#libs/catalog';
import { type ChannelKind, ChannelPointReader, listedPart } from '#libs/channel';
import {
  Clock,
  InvalidInputError,
  PAGE_SIZE_MAX,
  type Page,
  type PageRequest,
  businessDay,
  encodeCursor,
} from '#libs/kernel';
import { availablePart } from './available-part.rules.js';
import { PresaleReader } from './presale.reader.js';
import { StockReader } from './stock.reader.js';

export interface ShelfFilter extends Omit<ProductFilter, 'productIds' | 'parts'> {
  /** What a place of sale shows. */
  readonly channelPointId?: string | null;
  /** What some open place of that kind shows. */
  readonly channelKind?: ChannelKind | null;
  /** What some open place within that division shows, of that kind if one is named. */
  readonly channelDivisionCode?: string | null;
  /** Only what can be bought for delivery now. */
  readonly isAvailable?: boolean | null;
  /** Only what a presale takes orders for now. */
  readonly isPresold?: boolean | null;
}

/** A page of what can be bought looks at five hundred products at most; where more than that is sold out it is short, and goes on. */
const ROUNDS_MAX = 5;

/** Each costs a statement, so a door says what was asked for. */
export interface ShelfExtras {
  readonly stock: boolean;
  readonly certification: boolean;
}

export interface ShelfVariant extends VariantRow {
  /** What can be bought for delivery now; 0 unless asked for. */
  readonly available: number;
}

export interface ShelfProduct extends Omit<ProductRow, 'variants'> {
  readonly variants: readonly ShelfVariant[];
  readonly isCertified: boolean;
  /** The certificate that counts now, if there is one and it was asked for. */
  readonly certification: CertificationRow | null;
}

/** What the shop and its places of sale show: products, and what is left of them. */
@Injectable()
export class ShelfReader {
  constructor(
    private readonly products: ProductReader,
    private readonly stock: StockReader,
    private readonly certifications: CertificationReader,
    private readonly channelPoints: ChannelPointReader,
    private readonly presales: PresaleReader,
    private readonly clock: Clock,
  ) {}

  /** Three statements a page, one more for each extra and for a place of sale. `among`: what a search has found; null for the whole shop. */
  async page(
    filter: ShelfFilter,
    sort: ProductSort,
    request: PageRequest,
    extras: ShelfExtras,
    among: readonly string[] | null = null,
  ): Promise<Page<ShelfProduct> | InvalidInputError> {
    const narrowed = await this.narrow(filter, among);
    if (filter.isAvailable === true) return this.availablePage(narrowed, sort, request, extras);
    const page = await this.products.list(narrowed, sort, request);
    if (page instanceof InvalidInputError) return page;
    const { listed, hasMore } = page;
    const products = listed.map(({ product }) => product);
    return pageIn(await this.fill(products, extras), hasMore, listed.at(-1)?.key ?? null);
  }

  /** What a search has found, best first, as far as the filter lets it through. */
  async ranked(
    hits: readonly Hit[],
    filter: ShelfFilter,
    { first, after }: PageRequest,
    extras: ShelfExtras,
  ): Promise<Page<ShelfProduct> | InvalidInputError> {
    if (after && !isHitKey(after)) return foreignCursor();
    const narrowed = await this.narrow(
      filter,
      hits.map(({ id }) => id),
    );
    const found = narrowed.productIds ?? [];
    // What was found a moment ago was on sale; what no longer is, is missing of what is shown.
    const through = isNarrowing(narrowed) ? await this.products.idsAmong(found, narrowed) : new Set(found);
    const left = hits.filter((hit) => through.has(hit.id) && (!after || isBehind(hit, after)));
    if (filter.isAvailable !== true) {
      const shown = left.slice(0, first);
      const products = await this.byIds(
        shown.map(({ id }) => id),
        extras,
      );
      return pageIn(products, left.length > first, keyOfHit(shown.at(-1)));
    }
    // As many hits as there may be are few enough to look at all of them.
    const products = await this.byIds(
      left.map(({ id }) => id),
      { ...extras, stock: true },
    );
    const available = products.filter(({ variants }) => variants.some((variant) => variant.available > 0));
    const shown = available.slice(0, first);
    const last = shown.at(-1);
    return pageIn(shown, available.length > first, keyOfHit(left.find(({ id }) => id === last?.id)));
  }

  /** The filter as the catalogue knows it: what a place shows and what was found are ids. */
  async narrow(filter: ShelfFilter, among: readonly string[] | null): Promise<ProductFilter> {
    const { channelPointId, isPresold } = filter;
    const shown = channelPointId ? await this.channelPoints.productIdsOf(channelPointId) : null;
    const presold = isPresold === true ? await this.presales.openProductIds() : null;
    const productIds = [shown, presold, among].reduce(narrower, null);
    const places = { kind: filter.channelKind ?? null, divisionCode: filter.channelDivisionCode ?? null };
    const isPlaced = places.kind !== null || places.divisionCode !== null;
    return {
      ...filter,
      productIds,
      ...(isPlaced
        ? { parts: [{ key: 'channel', ...listedPart(places, businessDay(this.clock.now())) }] }
        : {}),
    };
  }

  /** The same with what can be bought, where that is asked for: for counting, since a list looks at what it shows. */
  async narrowAll(filter: ShelfFilter, among: readonly string[] | null): Promise<ProductFilter> {
    const narrowed = await this.narrow(filter, among);
    if (filter.isAvailable !== true) return narrowed;
    const now = this.clock.now();
    const part = availablePart({ now, day: businessDay(now) }, narrowed.productIds ?? null);
    return { ...narrowed, parts: [...(narrowed.parts ?? []), { key: 'available', ...part }] };
  }

  /** Nobody knows beforehand how much is sold out, so the last page may turn out empty. */
  private async availablePage(
    filter: ProductFilter,
    sort: ProductSort,
    { first, after }: PageRequest,
    extras: ShelfExtras,
  ): Promise<Page<ShelfProduct> | InvalidInputError> {
    const kept: ShelfProduct[] = [];
    let key = after;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const page = await this.products.list(filter, sort, { first: PAGE_SIZE_MAX, after: key });
      if (page instanceof InvalidInputError) return page;
      const { listed, hasMore } = page;
      const products = listed.map(({ product }) => product);
      for (const [index, product] of (await this.fill(products, { ...extras, stock: true })).entries()) {
        key = listed[index]?.key ?? key;
        if (!product.variants.some(({ available }) => available > 0)) continue;
        kept.push(product);
        if (kept.length === first) return pageIn(kept, hasMore || index + 1 < listed.length, key);
      }
      if (!hasMore) return pageIn(kept, false, key);
    }
    return pageIn(kept, true, key);
  }

  /** Null unless on sale. */
  async byId(id: string, extras: ShelfExtras): Promise<ShelfProduct | null> {
    const product = await this.products.byId(id);
    const [filled] = await this.fill(product ? [product] : [], extras);
    return filled ?? null;
  }

  /** In the order asked for; what is not on sale is missing. */
  async byIds(ids: readonly string[], extras: ShelfExtras): Promise<ShelfProduct[]> {
    return this.fill(await this.products.byIds(ids), extras);
  }

  /** What buyers have received most of. */
  async mostSold(count: number, extras: ShelfExtras): Promise<ShelfProduct[]> {
    return this.byIds(await this.products.mostSoldIds(count), extras);
  }

  private async fill(products: readonly ProductRow[], extras: ShelfExtras): Promise<ShelfProduct[]> {
    const variantIds = products.flatMap((product) => product.variants.map((variant) => variant.id));
    const productIds = products.map((product) => product.id);
    const [available, certificates] = await Promise.all([
      this.stock.availableOf(extras.stock ? variantIds : []),
      this.certifications.validNow(extras.certification ? productIds : []),
    ]);
    return products.map((product) => {
      const certification = certificates.get(product.id) ?? null;
      const variants = product.variants.map((variant) => onShelf(variant, available.get(variant.id) ?? 0));
      return productOnShelf(product, variants, certification);
    });
  }
}

function pageIn(
  nodes: readonly ShelfProduct[],
  hasNextPage: boolean,
  key: readonly string[] | null,
): Page<ShelfProduct> {
  return { nodes, pageInfo: { hasNextPage, endCursor: key === null ? null : encodeCursor(key) } };
}

const BEST = 'BEST';

function keyOfHit(hit: Hit | undefined): readonly string[] | null {
  return hit ? [BEST, String(hit.score), hit.id] : null;
}

function isHitKey([sort, score = '']: readonly string[]): boolean {
  return sort === BEST && /^-?\d{1,9}$/.test(score);
}

/** By the key and not by the place, so that what has come or gone in between moves nobody's page. */
function isBehind(hit: Hit, [, score = '', id = '']: readonly string[]): boolean {
  return hit.score < Number(score) || (hit.score === Number(score) && hit.id > id);
}

/** Null is everything. */
function narrower(
  some: readonly string[] | null,
  others: readonly string[] | null,
): readonly string[] | null {
  return some && others ? intersection(some, others) : (some ?? others);
}

function intersection(some: readonly string[], others: readonly string[]): string[] {
  const wanted = new Set(others);
  return some.filter((id) => wanted.has(id));
}

// Both are written out, because copying a row by spreading costs several times as much, and a page has dozens of them.

function productOnShelf(
  product: ProductRow,
  variants: readonly ShelfVariant[],
  certification: CertificationRow | null,
): ShelfProduct {
  const { id, name, description, categoryCode, isPerishable, seasonFrom, seasonTo } = product;
  const { priceFromFen, jinPriceFromFen, soldQuantity, listedAt, merchant, originCounty } = product;
  return {
    id,
    name,
    description,
    categoryCode,
    isPerishable,
    seasonFrom,
    seasonTo,
    priceFromFen,
    jinPriceFromFen,
    soldQuantity,
    listedAt,
    merchant,
    originCounty,
    variants,
    certification,
    isCertified: certification !== null,
  };
}

function onShelf(variant: VariantRow, available: number): ShelfVariant {
  const { id, productId, name, netWeightG, priceFen, pricePer500gFen } = variant;
  return { id, productId, name, netWeightG, priceFen, pricePer500gFen, available };
}
