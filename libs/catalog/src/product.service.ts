import { Injectable } from '@nestjs/common';
import {
  Clock,
  type Fen,
  type IdOf,
  InvalidInputError,
  NotFound,
  fen,
  listsBy,
  newId,
  present,
  refused,
} from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { PriceHeldError } from './fair-price.errors.js';
import { priceSummaryOf } from './price.rules.js';
import type { Product, ProductState, ProductVariant } from './product.entity.js';
import { productChanged } from './product.events.js';
import {
  type LiveVariant,
  ProductRepository,
  type ProductText,
  type SetPrice,
} from './product.repository.js';
import { type ListingFacts, isPrice, priceRefusal, refuseListing, refuseName } from './product.rules.js';
import { ReferencePriceReader } from './reference-price.reader.js';
import { SearchIndexService } from './search-index.service.js';

export interface ListingInput extends ListingFacts {
  readonly merchantId: IdOf<'mer'>;
  readonly categoryCode: string;
  /** What its prices are compared with; nothing unless said. */
  readonly kindCode?: string | null;
  readonly description: string;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  readonly state: ProductState;
}

export interface Listed {
  readonly product: Product;
  readonly variants: readonly ProductVariant[];
}

/** Who sets a price: of whose goods, and who it is; null where nobody in particular does. */
export interface PriceSetter {
  readonly merchantIds: readonly string[] | 'ALL';
  readonly userId: IdOf<'usr'> | null;
}

/** Rows and facts of one statement. */
const MOVED_AT_ONCE = 500;

/** Changes what is offered. What lists compare by and what products are found by change in the same transaction. */
@Injectable()
export class ProductService {
  constructor(
    private readonly database: Database,
    private readonly products: ProductRepository,
    private readonly index: SearchIndexService,
    private readonly merchants: MerchantReader,
    private readonly references: ReferencePriceReader,
    private readonly clock: Clock,
  ) {}

  async list({
    variants: listed,
    ...input
  }: ListingInput): Promise<Listed | InvalidInputError | PriceHeldError> {
    const refusal = refuseListing({ ...input, variants: listed });
    if (refusal) return refusal;

    const at = this.clock.now();
    const summary = present(priceSummaryOf(listed), 'a variant');
    const product: Product = {
      id: newId('prd'),
      ...input,
      kindCode: input.kindCode ?? null,
      ...summary,
      soldQuantity: 0,
      listedAt: at,
      updatedAt: at,
    };
    const variants = listed.map((variant, position): ProductVariant => ({
      id: newId('var'),
      productId: product.id,
      ...variant,
      grade: variant.grade ?? 'UNGRADED',
      position,
      state: 'ON_SALE',
    }));
    const around = await this.index.surroundingsOf([product]);
    return this.database.transaction(async (tx) => {
      const { kindCode } = product;
      const asked = variants.map(({ name, grade, netWeightG, priceFen }) => ({
        name,
        kindCode,
        grade,
        netWeightG,
        priceFen,
        live: null,
      }));
      const reasons = await this.references.reasonsFor(asked, null, tx);
      if (refused(reasons)) return reasons;
      product.state = await this.stateFor(tx, product, input.state);
      await this.products.insert(tx, product, variants, reasons, null);
      await this.index.put(tx, [product], around);
      await emit(tx, productChanged(product.id, at));
      return { product, variants };
    });
  }

  /** What a variant costs from now on. Far above what such goods cost it stays what it is; the same price again changes nothing. */
  async reprice(
    variantId: string,
    priceFen: Fen,
    by: PriceSetter = { merchantIds: 'ALL', userId: null },
  ): Promise<LiveVariant | InvalidInputError | PriceHeldError> {
    const repriced = await this.repriceAll([{ variantId, priceFen }], by);
    return refused(repriced) ? repriced : present(repriced[0], 'one for each');
  }

  /** The same of many at once, in their order: all of them, or none and why. */
  async repriceAll(
    wishes: readonly { readonly variantId: string; readonly priceFen: Fen }[],
    by: PriceSetter = { merchantIds: 'ALL', userId: null },
  ): Promise<LiveVariant[] | InvalidInputError | PriceHeldError> {
    if (!wishes.every(({ priceFen }) => isPrice(priceFen))) return new InvalidInputError([priceRefusal]);
    const ids = wishes.map(({ variantId }) => variantId);
    return this.database.transaction(async (tx) => {
      const seen = await this.products.variantsOf(tx, ids, by.merchantIds);
      const missing = ids.find((id) => !seen.some((variant) => variant.id === id));
      if (missing !== undefined) throw new NotFound('Variant', missing);
      await this.products.lockTexts(tx, [...new Set(seen.map(({ productId }) => productId))]);
      // As they stand now that nobody else changes them.
      const variants = await this.products.variantsOf(tx, ids, by.merchantIds);
      const variantOf = new Map(variants.map((variant) => [variant.id as string, variant]));
      const asked = wishes.map(({ variantId, priceFen }) => {
        const variant = present(variantOf.get(variantId), 'it was there');
        const live = { priceFen: fen(variant.priceFen), netWeightG: variant.netWeightG };
        return { ...variant, priceFen, live };
      });
      const changed = asked.filter(({ priceFen, live }) => live.priceFen !== priceFen);
      if (changed.length > 0) {
        const reasons = await this.references.reasonsFor(changed, null, tx);
        if (refused(reasons)) return reasons;
        await this.setPrices(tx, changed, by.userId);
      }
      return wishes.map(({ variantId, priceFen }) => ({
        ...present(variantOf.get(variantId), 'it was there'),
        priceFen: priceFen.toString(),
      }));
    });
  }

  private async setPrices(tx: Tx, prices: readonly SetPrice[], userId: IdOf<'usr'> | null): Promise<void> {
    const at = this.clock.now();
    await this.products.reprice(tx, prices, userId, at);
    const ids = [...new Set(prices.map(({ productId }) => productId))];
    const priced = listsBy(await this.products.pricedVariants(tx, ids), ({ productId }) => productId);
    // Nothing of it on sale has no price from which it is sold; the one it had stays.
    const summaries = ids.flatMap((id) => {
      const summary = priceSummaryOf(priced.get(id) ?? []);
      return summary ? [{ id, ...summary }] : [];
    });
    await this.products.summarise(tx, summaries, at);
    await emit(tx, ...ids.map((id) => productChanged(id, at)));
  }

  async rename(id: string, name: string): Promise<void | InvalidInputError> {
    const fault = refuseName(name);
    if (fault) return new InvalidInputError([fault]);

    const [seen] = await this.products.textsOf(this.database, [id]);
    if (!seen) throw new NotFound('Product', id);
    const around = await this.index.surroundingsOf([seen]);
    await this.database.transaction(async (tx) => {
      const [product, at] = [await this.lock(tx, id), this.clock.now()];
      await this.products.rename(tx, id, name, at);
      await this.index.put(tx, [{ ...product, name }], around);
      await emit(tx, productChanged(product.id, at));
    });
  }

  /** Puts it on the shelf or takes it off; what it is found by stays, and only what is on sale is found. */
  moveState(id: string, state: ProductState): Promise<void> {
    return this.database.transaction(async (tx) => {
      const [product, at] = [await this.lock(tx, id), this.clock.now()];
      await this.products.moveState(tx, id, await this.stateFor(tx, product, state), at);
      await this.index.touch(tx, [id]);
      await emit(tx, productChanged(product.id, at));
    });
  }

  /** Joins: what a seller has on sale while it may not sell is withheld, and on sale again when it may. As the seller stands now, whatever has woken the caller. */
  async followSeller(tx: Tx, merchantId: string): Promise<void> {
    const isSelling = await this.isSelling(tx, merchantId);
    const [from, to] = isSelling ? (['WITHHELD', 'ON_SALE'] as const) : (['ON_SALE', 'WITHHELD'] as const);
    const at = this.clock.now();
    for (;;) {
      const ids = await this.products.lockOfMerchant(tx, merchantId, from, MOVED_AT_ONCE);
      if (ids.length === 0) return;
      await this.products.moveStates(tx, ids, to, at);
      await this.index.touch(tx, ids);
      await emit(tx, ...ids.map((id) => productChanged(id, at)));
    }
  }

  /** What buyers have received of each product, as the register counts it. Returns how many had another number. */
  async countSold(quantities: ReadonlyMap<string, number>): Promise<number> {
    const known = await this.products.soldQuantities(this.database);
    const changed = [...quantities]
      .filter(([id, quantity]) => known.has(id) && known.get(id) !== quantity)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [id, quantity] of changed)
      await this.database.transaction((tx) => this.products.setSold(tx, id, quantity));
    return changed.length;
  }

  /** What a seller who may not sell puts on sale waits until it may. */
  private async stateFor(
    tx: Tx,
    { merchantId }: { readonly merchantId: string },
    wanted: ProductState,
  ): Promise<ProductState> {
    return wanted === 'ON_SALE' && !(await this.isSelling(tx, merchantId)) ? 'WITHHELD' : wanted;
  }

  private async isSelling(tx: Tx, merchantId: string): Promise<boolean> {
    return (await this.merchants.lockSelling(tx, merchantId)) === true;
  }

  private async lock(tx: Tx, id: string): Promise<ProductText> {
    const product = await this.products.lock(tx, id);
    if (!product) throw new NotFound('Product', id);
    return product;
  }
}
