import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelPointReader, type ChannelPointRow } from '#libs/channel';
import { refused } from '#libs/kernel';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import {
  type BuyAgainLine,
  BuyAgainService,
  type CartGroup,
  type CartLineView,
  CartService,
  type CartView,
  CartViewReader,
} from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface CartLineSetInput {
  readonly variantId: string;
  readonly channelPointId?: string | null;
  readonly quantity: number;
}

@Resolver('Cart')
export class CartResolver {
  constructor(
    private readonly carts: CartService,
    private readonly again: BuyAgainService,
    private readonly reader: CartViewReader,
  ) {}

  @Query()
  @Allow('SHOP')
  async cart(
    @CurrentActor() { userId }: Actor,
    @Args('countyCode') countyCode: string | null = null,
  ): Promise<CartView> {
    return orThrow<CartView>(await this.reader.sentTo(userId, countyCode ?? ''));
  }

  @Mutation()
  @Allow('SHOP')
  async cartLineSet(@CurrentActor() { userId }: Actor, @Args('input') input: CartLineSetInput) {
    const { variantId, channelPointId, quantity } = input;
    const line = { variantId, channelPointId: channelPointId ?? '', quantity };
    const cart = await this.carts.setLine(userId, line);
    return refused(cart) ? cart : { cart };
  }

  @Mutation()
  @Allow('SHOP')
  async orderBuyAgain(@CurrentActor() { userId }: Actor, @Args('orderId') orderId: string) {
    const lines = await this.again.fill(userId, orderId);
    return { cart: await this.reader.ofBuyer(userId), lines };
  }
}

@Resolver('CartGroup')
export class CartGroupResolver {
  constructor(private readonly merchants: MerchantReader) {}

  @ResolveField()
  merchant(
    @Parent() { merchantId, merchant }: CartGroup,
    @Context() { loaders }: GraphqlContext,
  ): Promise<MerchantRow | null> {
    // Found with what it sells.
    if (merchant) return Promise.resolve(merchant);
    const { merchants } = this;
    const byId = loaders.byId(
      MerchantReader,
      (ids) => merchants.byIds(ids),
      (merchant: MerchantRow) => merchant.id,
    );
    return byId.load(merchantId);
  }
}

abstract class PlacedLineResolver {
  constructor(protected readonly points: ChannelPointReader) {}

  @ResolveField()
  channelPoint(
    @Parent() line: Pick<CartLineView, 'channelPointId'>,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ChannelPointRow | null> | null {
    if (line.channelPointId === '') return null;
    const { points } = this;
    const pointById = loaders.byId(
      ChannelPointReader,
      (ids) => points.byIds(ids),
      (point: ChannelPointRow) => point.id,
    );
    return pointById.load(line.channelPointId);
  }
}

@Resolver('CartLine')
export class CartLineResolver extends PlacedLineResolver {
  constructor(points: ChannelPointReader) {
    super(points);
  }

  @ResolveField()
  promisedDispatchOn(@Parent() { promisedOn }: CartLineView): string | null {
    return promisedOn;
  }
}

@Resolver('BuyAgainLine')
export class BuyAgainLineResolver extends PlacedLineResolver {
  constructor(points: ChannelPointReader) {
    super(points);
  }

  @ResolveField()
  orderedQuantity(@Parent() { quantity }: BuyAgainLine): number {
    return quantity;
  }
}
