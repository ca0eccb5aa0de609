import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DelayAnswerService } from '#libs/fulfillment';
import { type Fen, fen, refused } from '#libs/kernel';
import {
  type AdoptionInstalmentRow,
  AdoptionOrderReader,
  type DelayChoice,
  type DelayNoticeRow,
  OrderReader,
  type OrderLineRow,
  type OrderRow,
  PresaleOrderReader,
  type PresaleOrderRow,
} from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

function presaleOf(
  orderId: string,
  reader: PresaleOrderReader,
  { loaders }: GraphqlContext,
): Promise<PresaleOrderRow | null> {
  const byOrder = loaders.byId(
    PresaleOrderReader,
    (orderIds) => reader.ofOrders(orderIds),
    (row: PresaleOrderRow) => row.orderId,
  );
  return byOrder.load(orderId);
}

function noticesOf(
  orderId: string,
  reader: PresaleOrderReader,
  { loaders }: GraphqlContext,
): Promise<DelayNoticeRow[]> {
  const ofOrder = loaders.listOf(
    `${PresaleOrderReader.name}.notices`,
    (orderIds) => reader.noticesOf(orderIds),
    (notice: DelayNoticeRow) => notice.orderId,
  );
  return ofOrder.load(orderId);
}

@Resolver('Order')
export class PresaleOrderResolver {
  constructor(
    private readonly delays: DelayAnswerService,
    private readonly orders: OrderReader,
    private readonly presales: PresaleOrderReader,
  ) {}

  @Mutation()
  @Allow('SHOP')
  async delayNoticeAnswer(
    @CurrentActor() { userId }: Actor,
    @Args() { noticeId, choice }: { readonly noticeId: string; readonly choice: DelayChoice },
  ) {
    const answered = await this.delays.answer(userId, noticeId, choice);
    return refused(answered) ? answered : { order: await this.orders.byIdForBuyer(answered, userId) };
  }

  @ResolveField()
  balanceFen(@Parent() { totalFen, depositFen }: OrderRow): Fen {
    return depositFen === '0' ? 0n : fen(totalFen) - fen(depositFen);
  }

  @ResolveField()
  async presale(@Parent() order: OrderRow, @Context() context: GraphqlContext) {
    const presale = await presaleOf(order.id, this.presales, context);
    return presale && { presaleId: presale.presaleId, promisedDispatchOn: presale.promisedOn };
  }

  @ResolveField()
  async delayNotices(@Parent() order: OrderRow, @Context() context: GraphqlContext) {
    return (await noticesOf(order.id, this.presales, context)).map((notice) => ({
      ...notice,
      reason: notice.reason || null,
    }));
  }
}

@Resolver('OrderLine')
export class OrderLinePromiseResolver {
  constructor(
    private readonly presales: PresaleOrderReader,
    private readonly adoptions: AdoptionOrderReader,
  ) {}

  @ResolveField()
  async promisedDispatchOn(
    @Parent() { id, orderId, merchantOrderId, promisedOn }: OrderLineRow,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    const { adoptions } = this;
    const byLine = context.loaders.byId(
      `${AdoptionOrderReader.name}.lines`,
      (ids) => adoptions.instalmentsByLine(ids),
      (instalment: AdoptionInstalmentRow) => instalment.orderLineId,
    );
    const [presale, instalment, notices] = await Promise.all([
      presaleOf(orderId, this.presales, context),
      byLine.load(id),
      noticesOf(orderId, this.presales, context),
    ]);
    // Of what is in stock the last day that was announced of its part.
    const moved = notices.filter((notice) => notice.merchantOrderId === merchantOrderId).at(-1)?.proposedOn;
    return presale?.promisedOn ?? instalment?.promisedOn ?? moved ?? promisedOn;
  }
}
