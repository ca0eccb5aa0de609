import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { GuestService, UserReader } from '#libs/identity';
import { NotFound } from '#libs/kernel';
import { CLAIMS_MAX, CartViewReader, GuestMergeService, type MergedLine, OrderReader } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, MaybeActor, Public } from '#platform/auth';
import { GUEST_COOKIE, type GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';
import { GuestCookie } from './guest-cookie.js';

@Resolver()
export class GuestResolver {
  constructor(
    private readonly guests: GuestService,
    private readonly merges: GuestMergeService,
    private readonly carts: CartViewReader,
    private readonly orders: OrderReader,
    private readonly users: UserReader,
    private readonly cookie: GuestCookie,
  ) {}

  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  guestStart(@MaybeActor() actor: Actor | null, @Context() context: GraphqlContext) {
    const { token, expiresAt } = this.guests.start(actor);
    this.cookie.write(context, token, expiresAt);
    return { guestToken: token, expiresAt };
  }

  @Mutation()
  @Allow('BUY')
  async guestMerge(
    @CurrentActor() { userId }: Actor,
    @Args('guestToken') guestToken: string | null | undefined,
    @Context() context: GraphqlContext,
  ) {
    const guestId = this.guests.guestOf(guestToken ?? context.request.cookies?.[GUEST_COOKIE] ?? '');
    const { lines, orderIds } = guestId
      ? await this.merges.merge(userId, guestId)
      : { lines: [], orderIds: [] };
    // Whoever has more asks again, and needs the cookie for it.
    const isAll = orderIds.length < CLAIMS_MAX && lines.every(({ outcome }) => outcome !== 'LEFT_OUT');
    if (isAll) this.cookie.clear(context);
    return {
      cart: await this.carts.ofBuyer(userId),
      lines,
      orders: await this.orders.byIds(orderIds),
    };
  }

  @Mutation()
  @Allow('BUY')
  async guestOrderClaim(@CurrentActor() { userId }: Actor, @Args('orderId') orderId: string) {
    const user = await this.users.byId(userId);
    if (!user) throw new NotFound('Order', orderId);
    const claimed = await this.merges.claimByPhone({ userId, phone: user.phone }, orderId);
    return { order: await this.orders.byIdForBuyer(claimed, userId) };
  }
}

@Resolver('MergedLine')
export class MergedLineResolver {
  @ResolveField()
  channelPointId(@Parent() { channelPointId }: MergedLine): string | null {
    return channelPointId || null;
  }
}
