import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ADOPTION_UPDATE_KEY_PARTS, AdoptionReader, type AdoptionUpdateRow } from '#libs/adoption';
import {
  ADOPTION_OBJECT_KEY_PARTS,
  ADOPTION_OFFER_KEY_PARTS,
  AdoptionOfferReader,
  type AdoptionObjectRow,
  type AdoptionOfferRow,
  type AdoptionScheduleRow,
  type ShelfProduct,
} from '#libs/inventory';
import { VariantReader, type VariantForSale } from '#libs/catalog';
import { Clock, type Fen, fen, pageRequest, present } from '#libs/kernel';
import { AdoptionOrderReader, type AdoptionRow, type OrderRow } from '#libs/ordering';
import { Public } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Order')
export class OrderAdoptionResolver {
  constructor(private readonly adoptionReader: AdoptionOrderReader) {}

  @ResolveField()
  adoptions(@Parent() order: OrderRow, @Context() { loaders }: GraphqlContext): Promise<AdoptionRow[]> {
    const { adoptionReader } = this;
    const ofOrder = loaders.listOf(
      AdoptionOrderReader,
      (orderIds) => adoptionReader.ofOrders(orderIds),
      (adoption: AdoptionRow) => adoption.orderId,
    );
    return ofOrder.load(order.id);
  }
}

@Resolver('Product')
export class ProductAdoptionResolver {
  constructor(private readonly offers: AdoptionOfferReader) {}

  @ResolveField()
  adoptionOffers(
    @Parent() product: ShelfProduct,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionOfferRow[]> {
    const { offers } = this;
    const ofProduct = loaders.listOf(
      ProductAdoptionResolver,
      (productIds) => offers.aheadOf(productIds),
      (offer: AdoptionOfferRow) => offer.productId,
    );
    return ofProduct.load(product.id);
  }
}

@Resolver('AdoptionOffer')
export class AdoptionOfferResolver {
  constructor(
    private readonly offers: AdoptionOfferReader,
    private readonly reader: AdoptionReader,
    private readonly variants: VariantReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Public()
  adoptionOffers(@Args() { first, after }: PageArgs) {
    return this.offers.pageOpen(orThrow(pageRequest(first, after, ADOPTION_OFFER_KEY_PARTS)));
  }

  @Query()
  @Public()
  async adoptionOffer(@Args('id') id: string): Promise<AdoptionOfferRow | null> {
    return (await this.offers.byIds([id]))[0] ?? null;
  }

  @ResolveField()
  guaranteedG(@Parent() { portions, portionG }: AdoptionOfferRow): number {
    return portions * portionG;
  }

  @ResolveField()
  async productName(@Parent() offer: AdoptionOfferRow, @Context() context: GraphqlContext): Promise<string> {
    return (await this.variantOf(offer, context)).productName;
  }

  @ResolveField()
  async priceFen(@Parent() offer: AdoptionOfferRow, @Context() context: GraphqlContext): Promise<Fen> {
    return fen((await this.variantOf(offer, context)).priceFen) * BigInt(offer.portions);
  }

  @ResolveField()
  takesOrders(@Parent() { state, ordersOpenAt, ordersCloseAt }: AdoptionOfferRow): boolean {
    const now = this.clock.now();
    return state === 'OPEN' && ordersOpenAt <= now && now < ordersCloseAt;
  }

  @ResolveField()
  instalments(
    @Parent() { id }: AdoptionOfferRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionScheduleRow[]> {
    const { offers } = this;
    const ofOffer = loaders.listOf(
      `${AdoptionOfferReader.name}.schedule`,
      (ids) => offers.scheduleOf(ids),
      (window: AdoptionScheduleRow) => window.offerId,
    );
    return ofOffer.load(id);
  }

  @ResolveField()
  async freeCount(@Parent() { id }: AdoptionOfferRow, @Context() context: GraphqlContext): Promise<number> {
    return (await this.countsOf(id, context))?.free ?? 0;
  }

  @ResolveField()
  async objectCount(@Parent() { id }: AdoptionOfferRow, @Context() context: GraphqlContext): Promise<number> {
    return (await this.countsOf(id, context))?.all ?? 0;
  }

  @ResolveField()
  objects(
    @Parent() { id }: AdoptionOfferRow,
    @Args() { first, after, onlyFree }: PageArgs & { readonly onlyFree?: boolean | null },
  ) {
    const page = orThrow(pageRequest(first, after, ADOPTION_OBJECT_KEY_PARTS));
    return this.offers.objectsOf(id, page, { isFree: onlyFree ?? false });
  }

  @ResolveField()
  updates(@Parent() { id }: AdoptionOfferRow, @Args() { first, after }: PageArgs) {
    return this.reader.updatesOf(id, null, orThrow(pageRequest(first, after, ADOPTION_UPDATE_KEY_PARTS)));
  }

  private async variantOf(
    { variantId }: AdoptionOfferRow,
    { loaders }: GraphqlContext,
  ): Promise<VariantForSale> {
    const { variants } = this;
    const byId = loaders.byId(
      VariantReader,
      (ids) => variants.byIds(ids),
      (variant: VariantForSale) => variant.id,
    );
    return present(await byId.load(variantId), 'the variant of an offer');
  }

  private countsOf(id: string, { loaders }: GraphqlContext) {
    const { offers } = this;
    const byOffer = loaders.byId(
      `${AdoptionOfferReader.name}.counts`,
      (ids) => offers.countsOf(ids),
      (counts: { readonly offerId: string; readonly free: number; readonly all: number }) => counts.offerId,
    );
    return byOffer.load(id);
  }
}

function pathOf(offerId: string, photoId: string | null): string | null {
  return photoId && `/adoption-offers/${offerId}/photos/${photoId}`;
}

@Resolver('AdoptionObject')
export class AdoptionObjectResolver {
  @ResolveField()
  place(@Parent() { place }: AdoptionObjectRow): string | null {
    return place || null;
  }

  @ResolveField()
  photoPath(@Parent() { offerId, photoId }: AdoptionObjectRow): string | null {
    return pathOf(offerId, photoId);
  }

  @ResolveField()
  isFree(@Parent() { state, reserved, shipped }: AdoptionObjectRow): boolean {
    return state === 'STANDING' && reserved === 0 && shipped === 0;
  }
}

@Resolver('AdoptionUpdate')
export class AdoptionUpdateResolver {
  @ResolveField()
  photoPath(@Parent() { offerId, photoId }: AdoptionUpdateRow): string | null {
    return pathOf(offerId, photoId);
  }
}
