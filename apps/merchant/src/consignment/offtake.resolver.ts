import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { VariantReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import {
  OFFTAKE_KEY_PARTS,
  type OfftakeAct,
  type OfftakeFilter,
  type OfftakeInput,
  OfftakeReader,
  type OfftakeRow,
  OfftakeService,
} from '#libs/consignment';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { variantOf } from '../stock/stock-line.loader.js';
import { merchantNameOf } from './merchant-name.loader.js';
import { placeNameOf } from './place-name.loader.js';

interface Asked extends OfftakeFilter {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Decision {
  readonly offtakeId: string;
  readonly act: OfftakeAct;
  readonly reason?: string | null;
}

@Resolver('Offtake')
export class OfftakeResolver {
  constructor(
    private readonly service: OfftakeService,
    private readonly reader: OfftakeReader,
    private readonly points: ChannelPointReader,
    private readonly merchants: MerchantReader,
    private readonly variants: VariantReader,
  ) {}

  @Query()
  @Allow('PLACE')
  offtakes(@CurrentActor() actor: Actor, @Args() { merchantId, side, state, first, after }: Asked) {
    if (!merchantsOf(actor, 'PLACE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, OFFTAKE_KEY_PARTS));
    return this.reader.page(merchantId, { side, state: state ?? null }, page);
  }

  @Mutation()
  @Allow('PLACE')
  async offtakeTell(@CurrentActor() actor: Actor, @Args('input') input: OfftakeInput) {
    const by = { userId: actor.userId, merchantIds: merchantsOf(actor, 'PLACE') };
    const told = await this.service.tell(input, by);
    if (refused(told)) return told;
    return { offtake: present(await this.reader.byId(told, by.merchantIds), 'the purchase just told') };
  }

  @Mutation()
  @Allow('PLACE')
  async offtakeDecide(@CurrentActor() actor: Actor, @Args() { offtakeId, act, reason }: Decision) {
    const by = { userId: actor.userId, merchantIds: merchantsOf(actor, 'PLACE') };
    const decided = await this.service.decide(offtakeId, act, reason ?? '', by);
    if (refused(decided)) return decided;
    return { offtake: present(await this.reader.byId(decided, by.merchantIds), 'the purchase just decided') };
  }

  @ResolveField()
  placeId(@Parent() { channelPointId }: OfftakeRow): string {
    return channelPointId;
  }

  @ResolveField()
  placeName(@Parent() { channelPointId }: OfftakeRow, @Context() context: GraphqlContext): Promise<string> {
    return placeNameOf(channelPointId, this.points, context);
  }

  @ResolveField()
  operatorName(@Parent() { operatorId }: OfftakeRow, @Context() context: GraphqlContext): Promise<string> {
    return merchantNameOf(operatorId, this.merchants, context);
  }

  @ResolveField()
  merchantName(@Parent() { merchantId }: OfftakeRow, @Context() context: GraphqlContext): Promise<string> {
    return merchantNameOf(merchantId, this.merchants, context);
  }

  @ResolveField()
  async productName(@Parent() offtake: OfftakeRow, @Context() context: GraphqlContext) {
    return (await variantOf(offtake, this.variants, context))?.productName ?? '';
  }

  @ResolveField()
  async variantName(@Parent() offtake: OfftakeRow, @Context() context: GraphqlContext) {
    return (await variantOf(offtake, this.variants, context))?.name ?? '';
  }
}
