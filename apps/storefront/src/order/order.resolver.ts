import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Fen, pageRequest, refused } from '#libs/kernel';
import {
  type Handover,
  MerchantOrderReader,
  type MerchantOrderRow,
  ORDER_KEY_PARTS,
  OrderPlacementService,
  OrderReader,
  type OrderRow,
  OrderService,
  type PaymentTerm,
  type Recipient,
} from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

interface OrderPlaceInput {
  readonly idempotencyKey: string;
  readonly lines?:
    | readonly {
        readonly variantId: string;
        readonly quantity: number;
        readonly channelPointId?: string | null;
      }[]
    | null;
  readonly recipient?:
    | (Pick<Recipient, 'name' | 'phone'> & {
        readonly countyCode?: string | null;
        readonly address?: string | null;
      })
    | null;
  readonly addressId?: string | null;
  readonly totalFen?: Fen | null;
  readonly unitId?: string | null;
  readonly invoiceTitleId?: string | null;
  readonly isForUnion?: boolean | null;
  readonly campaignCode?: string | null;
  readonly paymentTerm?: PaymentTerm | null;
  readonly handover?: Handover | null;
  readonly couponIds?: readonly string[] | null;
  readonly adoptionObjectIds?: readonly string[] | null;
  readonly promisedDispatchOn?: string | null;
  readonly dispatchNotBefore?: string | null;
}

@Resolver('Order')
export class OrderResolver {
  constructor(
    private readonly placements: OrderPlacementService,
    private readonly service: OrderService,
    private readonly reader: OrderReader,
    private readonly merchantOrderReader: MerchantOrderReader,
  ) {}

  @Query()
  @Allow('SHOP')
  order(@CurrentActor() { userId }: Actor, @Args('id') id: string): Promise<OrderRow | null> {
    return this.reader.byIdForBuyer(id, userId);
  }

  @Query()
  @Allow('SHOP')
  orders(
    @CurrentActor() { userId }: Actor,
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, ORDER_KEY_PARTS));
    return this.reader.pageForBuyer(userId, page);
  }

  @Mutation()
  @Allow('SHOP')
  @Throttled('COSTLY')
  async orderPlace(@CurrentActor() { userId }: Actor, @Args('input') input: OrderPlaceInput) {
    const {
      lines: wanted,
      totalFen = null,
      paymentTerm,
      handover,
      recipient: to,
      couponIds,
      isForUnion,
      adoptionObjectIds,
      ...rest
    } = input;
    const lines = wanted?.map((line) => ({ ...line, channelPointId: line.channelPointId ?? '' })) ?? null;
    const recipient = to ? { ...to, countyCode: to.countyCode ?? '', address: to.address ?? '' } : null;
    const wish = {
      ...rest,
      lines,
      recipient,
      totalFen,
      paymentTerm: paymentTerm ?? 'PREPAID',
      handover: handover ?? 'PARCEL',
      couponIds: couponIds ?? [],
      isForUnion: isForUnion ?? false,
      adoptionObjectIds: adoptionObjectIds ?? [],
    };
    const placed = await this.placements.placeAndShow(userId, wish);
    if (refused(placed)) return placed;
    return { order: placed.order ?? (await this.reader.byIdForBuyer(placed.orderId, userId)) };
  }

  @Mutation()
  @Allow('SHOP')
  async orderCancel(@CurrentActor() { userId }: Actor, @Args('orderId') orderId: string) {
    const cancelled = await this.service.cancel(userId, orderId);
    return refused(cancelled) ? cancelled : { order: await this.reader.byIdForBuyer(cancelled, userId) };
  }

  @ResolveField()
  unitId(@Parent() { unitId }: OrderRow): string | null {
    return unitId || null;
  }

  @ResolveField()
  campaignCode(@Parent() { campaignCode }: OrderRow): string | null {
    return campaignCode || null;
  }

  @ResolveField()
  merchantOrders(
    @Parent() order: OrderRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<MerchantOrderRow[]> {
    const { merchantOrderReader } = this;
    const partsOfOrder = loaders.listOf(
      MerchantOrderReader,
      (orderIds) => merchantOrderReader.ofOrders(orderIds),
      (part: MerchantOrderRow) => part.orderId,
    );
    return partsOfOrder.load(order.id);
  }
}
