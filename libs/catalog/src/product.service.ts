import { Injectable } from '@nestjs/common';
import { Clock, type Fen, type IdOf, InvalidInputError, NotFound, newId, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { priceSummaryOf } from './price.rules.js';
import type { Product, ProductState, ProductVariant } from './product.entity.js';
import { productChanged } from './product.events.js';
import { ProductRepository, type ProductText } from './product.repository.js';
import { type ListingFacts, isPrice, priceRefusal, refuseListing, refuseName } from './product.rules.js';
import { SearchIndexService } from './search-index.service.js';

export interface ListingInput extends ListingFacts {
  readonly merchantId: IdOf<'mer'>;
  readonly categoryCode: string;
  readonly description: string;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  readonly state: ProductState;
}

export interface Listed {
  readonly product: Product;
  readonly variants: readonly ProductVariant[];
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
    private readonly clock: Clock,
  ) {}

  async list({ variants: listed, ...input }: ListingInput): Promise<Listed | InvalidInputError> {
    const refusal = refuseListing({ ...input, variants: listed });
    if (refusal) return refusal;

    const at = this.clock.now();
    const summary = present(priceSummaryOf(listed), 'a variant');
    const product: Product = {
      id: newId('prd'),
      ...input,
      ...summary,
      soldQuantity: 0,
      listedAt: at,
      updatedAt: at,
    };
    const variants = listed.map((variant, position): ProductVariant => ({
      id: newId('var'),
      productId: product.id,
      ...variant,
      position,
      state: 'ON_SALE',
    }));
    const around = await this.index.surroundingsOf([product]);
    await this.database.transaction(async (tx) => {
      product.state = await this.stateFor(tx, product, input.state);
      await this.products.insert(tx, product, variants);
      await this.index.put(tx, [product], around);
      await emit(tx, productChanged(product.id, at));
    });
    return { product, variants };
  }

  async reprice(variantId: string, priceFen: Fen): Promise<void | InvalidInputError> {
    if (!isPrice(priceFen)) return new InvalidInputError([priceRefusal]);

    await this.database.transaction(async (tx) => {
      const productId = await this.products.productOfVariant(tx, variantId);
      if (productId === null) throw new NotFound('Variant', variantId);
      const { id } = await this.lock(tx, productId);
      await this.products.reprice(tx, variantId, priceFen);
      // Nothing of it on sale has no price from which it is sold; the one it had stays.
      const summary = priceSummaryOf(await this.products.pricedVariants(tx, id));
      const at = this.clock.now();
      if (summary) await this.products.summarise(tx, id, summary, at);
      await emit(tx, productChanged(id, at));
    });
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
    return (await this.merchants.lockState(tx, merchantId)) === 'ACTIVE';
  }

  private async lock(tx: Tx, id: string): Promise<ProductText> {
    const product = await this.products.lock(tx, id);
    if (!product) throw new NotFound('Product', id);
    return product;
  }
}
