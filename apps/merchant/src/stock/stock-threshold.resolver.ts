import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { VariantReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { NotFound, pageRequest } from '#libs/kernel';
import {
  STOCK_THRESHOLD_KEY_PARTS,
  StockItemReader,
  StockThresholdReader,
  StockThresholdService,
  type StockThresholdView,
  type StockThresholdWish,
} from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { placeNameOf } from '../consignment/place-name.loader.js';
import { variantOf } from './stock-line.loader.js';

interface PageArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

type SetArgs = Omit<StockThresholdWish, 'channelPointId' | 'units'> & {
  readonly channelPointId?: string | null;
  readonly units?: number | null;
};

@Resolver('StockAlert')
export class StockThresholdResolver {
  constructor(
    private readonly service: StockThresholdService,
    private readonly reader: StockThresholdReader,
    private readonly items: StockItemReader,
    private readonly variants: VariantReader,
    private readonly points: ChannelPointReader,
  ) {}

  @Query()
  @Allow('STOCK')
  stockAlerts(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: PageArgs) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.lowOf(merchantId, orThrow(pageRequest(first, after, STOCK_THRESHOLD_KEY_PARTS)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockThresholdSet(@CurrentActor() actor: Actor, @Args() args: SetArgs) {
    const { merchantId, variantId } = args;
    const wish = { ...args, channelPointId: args.channelPointId ?? null, units: args.units ?? null };
    const keeper = { userId: actor.userId, merchantIds: merchantsOf(actor, 'STOCK') };
    const refusal = await this.service.set(wish, keeper);
    return refusal ?? { item: await this.items.one(merchantId, variantId) };
  }

  @ResolveField()
  variant(@Parent() alert: StockThresholdView, @Context() context: GraphqlContext) {
    return variantOf(alert, this.variants, context);
  }

  @ResolveField()
  channelPointId(@Parent() { channelPointId }: StockThresholdView): string | null {
    return channelPointId || null;
  }

  @ResolveField()
  placeName(@Parent() { channelPointId }: StockThresholdView, @Context() context: GraphqlContext) {
    return channelPointId ? placeNameOf(channelPointId, this.points, context) : null;
  }
}
