import { Injectable } from '@nestjs/common';
import { Clock, type Fen, type IdOf, NotFound, fen, newId, present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { PriceHeldError } from './fair-price.errors.js';
import type { GoodsGrade } from './goods-kind.entity.js';
import { priceSummaryOf } from './price.rules.js';
import type { Product, ProductId, ProductVariant, VariantId } from './product.entity.js';
import { productChanged } from './product.events.js';
import { type LiveVariant, ProductRepository } from './product.repository.js';
import type { ListedVariant } from './product.rules.js';
import { type PriceAsked, ReferencePriceReader } from './reference-price.reader.js';
import { SearchIndexService, type Surroundings } from './search-index.service.js';

/** What is said of goods besides how they are packed. */
export interface ProductFacts {
  readonly categoryCode: string;
  readonly kindCode: string | null;
  readonly name: string;
  readonly description: string;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
}

export type NewVariant = Required<Omit<ListedVariant, 'sku'>>;
export type VariantChange = { readonly id: VariantId } & Partial<NewVariant>;

/** What of a product becomes otherwise; what is not named stays as it is. */
export interface ProductChange extends Partial<ProductFacts> {
  readonly photoIds?: readonly string[];
  readonly variants: readonly VariantChange[];
  readonly added: readonly NewVariant[];
  readonly removedIds: readonly VariantId[];
}

/** Who lets it happen, and why prices far above what such goods cost may be: null where nobody has said. */
export interface ProductPass {
  readonly userId: IdOf<'usr'>;
  readonly priceReason: string | null;
}

/** What somebody has looked at becomes what is offered. Joins the transaction in which they decide. */
@Injectable()
export class ProductChangeService {
  constructor(
    private readonly products: ProductRepository,
    private readonly index: SearchIndexService,
    private readonly merchants: MerchantReader,
    private readonly references: ReferencePriceReader,
    private readonly clock: Clock,
  ) {}

  /** New goods, on sale at once where their seller may sell. */
  async offer(
    tx: Tx,
    merchantId: IdOf<'mer'>,
    facts: ProductFacts,
    { variants: listed, photoIds }: { variants: readonly NewVariant[]; photoIds: readonly string[] },
    pass: ProductPass,
    around: Surroundings,
  ): Promise<ProductId | PriceHeldError> {
    const { kindCode } = facts;
    const asked = listed.map((variant) => ({ ...variant, kindCode, live: null }));
    const reasons = await this.references.reasonsFor(asked, pass.priceReason, tx);
    if (refused(reasons)) return reasons;
    const at = this.clock.now();
    // Held until the end, so that nobody suspends it meanwhile.
    const isSelling = (await this.merchants.lockSelling(tx, merchantId)) === true;
    const product: Product = {
      id: newId('prd'),
      merchantId,
      ...facts,
      ...present(priceSummaryOf(listed), 'a variant'),
      soldQuantity: 0,
      state: isSelling ? 'ON_SALE' : 'WITHHELD',
      listedAt: at,
      updatedAt: at,
    };
    const variants = listed.map((variant, place) => variantOf(product.id, variant, place));
    await this.products.insert(tx, product, variants, reasons, pass.userId);
    await this.products.showPhotos(tx, product.id, photoIds);
    await this.index.put(tx, [product], around);
    await emit(tx, productChanged(product.id, at));
    return product.id;
  }

  /** Of goods that are offered already. */
  async change(
    tx: Tx,
    productId: string,
    { variants, added, removedIds, photoIds, ...facts }: ProductChange,
    pass: ProductPass,
    around: Surroundings,
  ): Promise<ProductId | PriceHeldError> {
    const product = await this.products.lock(tx, productId);
    if (!product) throw new NotFound('Product', productId);
    const { id } = product;
    const at = this.clock.now();
    const live = await this.products.liveVariants(tx, id);
    const kindCode = facts.kindCode === undefined ? product.kindCode : facts.kindCode;
    const kept = live.flatMap((before) => {
      if (removedIds.includes(before.id)) return [];
      const change = variants.find((each) => each.id === before.id);
      const after = { ...before, priceFen: fen(before.priceFen), ...change };
      return [{ before, after, isChanged: change !== undefined }];
    });
    const next = Math.max(-1, ...live.map(({ position }) => position)) + 1;
    const fresh = added.map((variant, place) => variantOf(id, variant, next + place));
    const judged = [
      // Also what stays: another kind is another comparison, of what costs the same as well.
      ...kept.map(({ before, after }) => ({
        variant: after,
        asked: askedOf(after, kindCode, before),
        isRepriced: isRepriced(before, after),
      })),
      ...fresh.map((variant) => ({
        variant,
        asked: askedOf(variant, kindCode, null),
        isRepriced: true,
      })),
    ];
    const asked = judged.map((each) => each.asked);
    const reasons = await this.references.reasonsFor(asked, pass.priceReason, tx);
    if (refused(reasons)) return reasons;
    // Nothing of it on sale has no price from which it is sold; the one it had stays.
    const summary = priceSummaryOf(judged.map(({ variant }) => variant));
    await this.products.updateFacts(tx, id, { ...facts, ...summary, updatedAt: at });
    await this.products.changeVariants(
      tx,
      kept.flatMap(({ after, isChanged }) => (isChanged ? [after] : [])),
    );
    await this.products.takeOff(tx, removedIds, id);
    await this.products.addVariants(tx, fresh);
    // A reason stands beside its price, also where that is what it was and its kind is not.
    const prices = judged.flatMap(({ variant, isRepriced: isSet }, place) => {
      const reason = reasons[place] ?? null;
      return isSet || reason !== null ? [{ variant, reason }] : [];
    });
    await this.products.notePrices(tx, prices, pass.userId, at);
    if (photoIds) await this.products.showPhotos(tx, id, photoIds);
    const { name, categoryCode, originCountyCode } = { ...product, ...facts };
    await this.index.put(tx, [{ ...product, name, categoryCode, originCountyCode }], around);
    await emit(tx, productChanged(id, at));
    return id;
  }
}

type PlacedVariant = LiveVariant & { readonly position: number };
type PricedVariantRow = Omit<PlacedVariant, 'priceFen'> & { readonly priceFen: Fen };

function isRepriced(before: LiveVariant, after: PricedVariantRow): boolean {
  return (
    fen(before.priceFen) !== after.priceFen ||
    before.netWeightG !== after.netWeightG ||
    before.grade !== after.grade
  );
}

/** What is of another kind or grade than it was is compared anew, whatever it cost. */
function askedOf(
  after: Omit<PriceAsked, 'kindCode' | 'live'>,
  kindCode: string | null,
  before: LiveVariant | null,
): PriceAsked {
  const isComparable = before?.kindCode === kindCode && before.grade === after.grade;
  const live = isComparable ? { priceFen: fen(before.priceFen), netWeightG: before.netWeightG } : null;
  const { name, grade, netWeightG, priceFen } = after;
  return { name, kindCode, grade, netWeightG, priceFen, live };
}

function variantOf(
  productId: ProductId,
  { name, grade, netWeightG, priceFen }: NewVariant & { readonly grade: GoodsGrade },
  position: number,
): ProductVariant {
  const id = newId('var');
  // Nobody types a code that the house can give: its own id, until somebody needs another.
  return { id, productId, sku: id, name, grade, netWeightG, priceFen, position, state: 'ON_SALE' };
}
