import { Injectable } from '@nestjs/common';
import { Clock, type Fen, type IdOf, NotFound, fen, newId, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { PriceHeldError } from './fair-price.errors.js';
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
    const reasons = await this.reasonsFor(
      tx,
      listed.map((variant) => ({ ...variant, kindCode: facts.kindCode, live: null })),
      pass,
    );
    if (reasons instanceof PriceHeldError) return reasons;
    const at = this.clock.now();
    // Held until the end, so that nobody suspends it meanwhile.
    const isSelling = (await this.merchants.lockState(tx, merchantId)) === 'ACTIVE';
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
    await this.products.insert(tx, product, variants, (place) => ({
      reason: reasons[place] ?? null,
      setBy: pass.userId,
    }));
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
    const changed = live.flatMap((variant) => {
      const change = variants.find((each) => each.id === variant.id);
      return change && !removedIds.includes(variant.id)
        ? [{ before: variant, after: merged(variant, change) }]
        : [];
    });
    const stays = live.filter(
      (variant) => !removedIds.includes(variant.id) && !variants.some((each) => each.id === variant.id),
    );
    // Another kind is another comparison, also of what costs the same.
    const recompared = kindCode === product.kindCode ? [] : stays;
    const asked: PriceAsked[] = [
      ...changed.map(({ before, after }) => askedOf(after, kindCode, before)),
      ...recompared.map((each) => askedOf(priced(each), kindCode, each)),
      ...added.map((variant) => ({ ...variant, kindCode, live: null })),
    ];
    const reasons = await this.reasonsFor(tx, asked, pass);
    if (reasons instanceof PriceHeldError) return reasons;
    const next = Math.max(-1, ...live.map(({ position }) => position)) + 1;
    const fresh = added.map((variant, place) => variantOf(id, variant, next + place));
    await this.products.updateFacts(tx, id, { ...facts, updatedAt: at });
    await this.products.changeVariants(
      tx,
      changed.map(({ after }) => after),
    );
    await this.products.takeOff(tx, removedIds, id);
    await this.products.addVariants(tx, fresh);
    const reasonAt = (place: number) => reasons[place] ?? null;
    const firstAdded = asked.length - added.length;
    // A reason stands beside its price, also where that is what it was and its kind is not.
    const told = [
      ...changed.flatMap(({ before, after }, place) =>
        isRepriced(before, after) || reasonAt(place) !== null
          ? [{ variant: after, reason: reasonAt(place) }]
          : [],
      ),
      ...recompared.flatMap((variant, place) => {
        const reason = reasonAt(changed.length + place);
        return reason === null ? [] : [{ variant: priced(variant), reason }];
      }),
      ...fresh.map((variant, place) => ({ variant, reason: reasonAt(firstAdded + place) })),
    ];
    await this.products.notePrices(
      tx,
      told.map(({ variant }) => variant),
      (place) => ({ reason: told[place]?.reason ?? null, setBy: pass.userId }),
      at,
    );
    if (photoIds) await this.products.showPhotos(tx, id, photoIds);
    const summary = priceSummaryOf(await this.products.pricedVariants(tx, id));
    if (summary) await this.products.summarise(tx, id, summary, at);
    const { name, categoryCode, originCountyCode } = { ...product, ...facts };
    await this.index.put(tx, [{ ...product, name, categoryCode, originCountyCode }], around);
    await emit(tx, productChanged(id, at));
    return id;
  }

  /** Of each price the reason that it needs, null where it needs none; the first that needs one where nobody has given any. */
  private async reasonsFor(
    tx: Tx,
    asked: readonly PriceAsked[],
    { priceReason }: ProductPass,
  ): Promise<readonly (string | null)[] | PriceHeldError> {
    const held = await this.references.heldOf(asked, tx);
    for (const [place, unheldMaxFen] of held.entries())
      if (unheldMaxFen !== null && priceReason === null)
        return new PriceHeldError(asked[place]?.name ?? '', unheldMaxFen);
    return held.map((unheldMaxFen) => (unheldMaxFen === null ? null : priceReason));
  }
}

type PlacedVariant = LiveVariant & { readonly position: number };
type PricedVariantRow = Omit<PlacedVariant, 'priceFen'> & { readonly priceFen: Fen };

const priced = (variant: PlacedVariant): PricedVariantRow => ({
  ...variant,
  priceFen: fen(variant.priceFen),
});

/** Of the same variant, as it will be. */
function merged(variant: PlacedVariant, change: VariantChange): PricedVariantRow {
  return { ...priced(variant), ...change };
}

function isRepriced(before: LiveVariant, after: PricedVariantRow): boolean {
  return (
    fen(before.priceFen) !== after.priceFen ||
    before.netWeightG !== after.netWeightG ||
    before.grade !== after.grade
  );
}

/** What is of another kind or grade than it was is compared anew, whatever it cost. */
function askedOf(after: PricedVariantRow, kindCode: string | null, before: LiveVariant): PriceAsked {
  const isComparable = before.kindCode === kindCode && before.grade === after.grade;
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
