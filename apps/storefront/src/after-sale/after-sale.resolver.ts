import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  AFTER_SALE_KEY_PARTS,
  type AfterSalePlan,
  AfterSaleOpeningService,
  AfterSalePlanService,
  AfterSaleReader,
  type AfterSaleRow,
  AfterSaleService,
  type AfterSaleState,
  type Ask,
  type Evidence,
} from '#libs/aftersale';
import { type FulfillmentLineRow, FulfillmentReader } from '#libs/fulfillment';
import { type Fen, pageRequest, refused } from '#libs/kernel';
import { MerchantOrderReader, type MerchantOrderRow, type OrderLineRow } from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

type AskInput = Omit<Ask, 'amountFen' | 'badWeightG'> & {
  readonly amountFen?: Fen | null;
  readonly badWeightG?: number | null;
};

interface OpenInput {
  readonly idempotencyKey: string;
  readonly ask: AskInput;
  readonly text: string;
  readonly photos: readonly Evidence[];
}

interface PageArgs {
  readonly states?: readonly AfterSaleState[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function askOf({ amountFen = null, badWeightG = null, ...ask }: AskInput): Ask {
  return { ...ask, amountFen, badWeightG };
}

@Resolver('AfterSale')
export class AfterSaleResolver {
  constructor(
    private readonly openings: AfterSaleOpeningService,
    private readonly plans: AfterSalePlanService,
    private readonly service: AfterSaleService,
    private readonly reader: AfterSaleReader,
  ) {}

  @Query()
  @Allow('SHOP')
  async afterSalePreview(
    @CurrentActor() { userId }: Actor,
    @Args('input') input: AskInput,
  ): Promise<AfterSalePlan> {
    const concerned = await this.plans.concerned(userId, input.orderLineId);
    return orThrow<AfterSalePlan>(await this.plans.plan(concerned, askOf(input)));
  }

  @Query()
  @Allow('SHOP')
  afterSales(@CurrentActor() { userId }: Actor, @Args() { states, first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, AFTER_SALE_KEY_PARTS));
    return this.reader.page({ buyerId: userId }, { states: states ?? null, kinds: null }, page);
  }

  @Query()
  @Allow('SHOP')
  afterSale(@CurrentActor() { userId }: Actor, @Args('id') id: string): Promise<AfterSaleRow | null> {
    return this.reader.byId(id, { buyerId: userId });
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleOpen(@CurrentActor() { userId }: Actor, @Args('input') { ask, ...input }: OpenInput) {
    const opened = await this.openings.open(userId, { ...askOf(ask), ...input });
    return refused(opened) ? opened : this.own(userId, opened);
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleEvidenceAdd(
    @CurrentActor() { userId }: Actor,
    @Args()
    {
      id,
      photos,
      text,
    }: { readonly id: string; readonly photos: readonly Evidence[]; readonly text?: string | null },
  ) {
    const added = await this.service.addEvidence(id, photos, text ?? '', { buyerId: userId });
    return refused(added) ? added : this.own(userId, added);
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleWithdraw(@CurrentActor() { userId }: Actor, @Args('id') id: string) {
    const done = await this.service.withdraw(id, { buyerId: userId });
    return refused(done) ? done : this.own(userId, done);
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleSendBack(
    @CurrentActor() { userId }: Actor,
    @Args()
    {
      id,
      carrier,
      trackingNo,
    }: { readonly id: string; readonly carrier: string; readonly trackingNo: string },
  ) {
    const sent = await this.service.sendBack(id, { carrier, trackingNo }, { buyerId: userId });
    return refused(sent) ? sent : this.own(userId, sent);
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleAccept(@CurrentActor() { userId }: Actor, @Args('id') id: string) {
    const done = await this.service.accept(id, { buyerId: userId });
    return refused(done) ? done : this.own(userId, done);
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleContest(
    @CurrentActor() { userId }: Actor,
    @Args() { id, text }: { readonly id: string; readonly text: string },
  ) {
    const done = await this.service.contest(id, text, { buyerId: userId });
    return refused(done) ? done : this.own(userId, done);
  }

  @Mutation()
  @Allow('SHOP')
  async afterSaleReplacementReceive(@CurrentActor() { userId }: Actor, @Args('id') id: string) {
    const done = await this.service.receiveReplacement(id, { buyerId: userId });
    return refused(done) ? done : this.own(userId, done);
  }

  private async own(buyerId: string, id: string): Promise<{ afterSale: AfterSaleRow | null }> {
    return { afterSale: await this.reader.byId(id, { buyerId }) };
  }
}

/** What the order page needs to offer help where something is wrong. */
@Resolver('OrderLine')
export class AfterSaleLineResolver {
  constructor(
    private readonly plans: AfterSalePlanService,
    private readonly reader: AfterSaleReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly fulfillments: FulfillmentReader,
  ) {}

  @ResolveField()
  async afterSaleOptions(@Parent() line: OrderLineRow, @Context() { loaders }: GraphqlContext) {
    const concerned = await this.concerned(line, loaders);
    if (!concerned) return [];
    return [...this.plans.possible(concerned)].map(([kind, reasons]) => ({ kind, reasons }));
  }

  @ResolveField()
  async afterSaleUntil(@Parent() line: OrderLineRow, @Context() { loaders }: GraphqlContext) {
    const concerned = await this.concerned(line, loaders);
    return concerned ? this.plans.standing(concerned).until : null;
  }

  private async concerned(line: OrderLineRow, loaders: GraphqlContext['loaders']) {
    const { merchantOrders, fulfillments } = this;
    const byId = loaders.byId(
      `${MerchantOrderReader.name}.byIds`,
      (ids) => merchantOrders.byIds(ids),
      (part: MerchantOrderRow) => part.id,
    );
    const carriedIn = loaders.listOf(
      `${FulfillmentReader.name}.lines`,
      (ids) => fulfillments.linesOf(ids),
      (row: FulfillmentLineRow) => row.merchantOrderId,
    );
    const [part, carried] = await Promise.all([
      byId.load(line.merchantOrderId),
      carriedIn.load(line.merchantOrderId),
    ]);
    return part && { line, part, carried };
  }

  @ResolveField()
  afterSales(@Parent() line: OrderLineRow, @Context() { loaders }: GraphqlContext): Promise<AfterSaleRow[]> {
    const { reader } = this;
    const ofLine = loaders.listOf(
      `${AfterSaleReader.name}.ofLines`,
      (ids) => reader.ofLines(ids),
      (row) => row.orderLineId,
    );
    return ofLine.load(line.id);
  }
}
