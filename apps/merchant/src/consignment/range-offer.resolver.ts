import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ProductOrigin, ProductOriginReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import {
  RANGE_KEY_PARTS,
  type RangeAct,
  type RangeFilter,
  RangeOfferReader,
  type RangeOfferRow,
  RangeOfferService,
} from '#libs/consignment';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { merchantNameOf } from './merchant-name.loader.js';
import { placeNameOf } from './place-name.loader.js';

interface Asked extends Pick<RangeFilter, 'side' | 'state'> {
  readonly merchantId: string;
  readonly placeId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Decision {
  readonly offerId: string;
  readonly act: RangeAct;
  readonly reason?: string | null;
}

@Resolver('RangeOffer')
export class RangeOfferResolver {
  constructor(
    private readonly service: RangeOfferService,
    private readonly reader: RangeOfferReader,
    private readonly points: ChannelPointReader,
    private readonly products: ProductOriginReader,
    private readonly merchants: MerchantReader,
  ) {}

  @Query()
  @Allow('PLACE')
  rangeOffers(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, side, placeId, state, first, after }: Asked,
  ) {
    if (!merchantsOf(actor, 'PLACE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, RANGE_KEY_PARTS));
    return this.reader.page(
      merchantId,
      { side, channelPointId: placeId ?? null, state: state ?? null },
      page,
    );
  }

  @Mutation()
  @Allow('PLACE')
  async rangePropose(
    @CurrentActor() actor: Actor,
    @Args()
    { placeId, productIds }: { readonly placeId: string; readonly productIds: readonly string[] },
  ) {
    const merchantIds = merchantsOf(actor, 'PLACE');
    const proposed = await this.service.propose(placeId, productIds, { userId: actor.userId, merchantIds });
    return refused(proposed) ? proposed : { offers: await this.reader.byIds(proposed, merchantIds) };
  }

  @Mutation()
  @Allow('PLACE')
  async rangeDecide(@CurrentActor() actor: Actor, @Args() { offerId, act, reason }: Decision) {
    const merchantIds = merchantsOf(actor, 'PLACE');
    const by = { userId: actor.userId, merchantIds };
    const decided = await this.service.decide(offerId, act, reason ?? '', by);
    if (refused(decided)) return decided;
    const [offer] = await this.reader.byIds([decided], merchantIds);
    return { offer: present(offer, 'the offer just decided') };
  }

  @ResolveField()
  placeId(@Parent() { channelPointId }: RangeOfferRow): string {
    return channelPointId;
  }

  @ResolveField()
  placeName(
    @Parent() { channelPointId }: RangeOfferRow,
    @Context() context: GraphqlContext,
  ): Promise<string> {
    return placeNameOf(channelPointId, this.points, context);
  }

  @ResolveField()
  merchantName(@Parent() { merchantId }: RangeOfferRow, @Context() context: GraphqlContext): Promise<string> {
    return merchantNameOf(merchantId, this.merchants, context);
  }

  @ResolveField()
  operatorName(@Parent() { operatorId }: RangeOfferRow, @Context() context: GraphqlContext): Promise<string> {
    return merchantNameOf(operatorId, this.merchants, context);
  }

  @ResolveField()
  async productName(
    @Parent() { productId }: RangeOfferRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const { products } = this;
    const loader = loaders.byId(
      ProductOriginReader,
      (ids) => products.byIds(ids),
      ({ id }: ProductOrigin) => id,
    );
    return (await loader.load(productId))?.name ?? '';
  }
}
