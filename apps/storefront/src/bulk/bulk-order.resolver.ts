import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  BULK_KEY_PARTS,
  type BulkOrderMode,
  BulkOrderReader,
  type BulkOrderRecord,
  BulkOrderService,
  type BulkParcelState,
  type BulkParcelView,
  type BulkRowView,
} from '#libs/bulk';
import { type Fen, NotFound, type Page, pageRequest, refused } from '#libs/kernel';
import type { PaymentTerm } from '#libs/ordering';
import { PurchaserReader } from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface ConfirmInput {
  readonly bulkOrderId: string;
  readonly totalFen: Fen;
  readonly mode: BulkOrderMode;
  readonly paymentTerm: PaymentTerm;
  readonly isForUnion?: boolean | null;
  readonly invoiceTitleId?: string | null;
  readonly campaignCode?: string | null;
}

@Resolver('BulkOrder')
export class BulkOrderResolver {
  constructor(
    private readonly service: BulkOrderService,
    private readonly reader: BulkOrderReader,
    private readonly purchasers: PurchaserReader,
  ) {}

  @Query()
  @Allow('BUY')
  bulkOrder(@CurrentActor() { userId }: Actor, @Args('id') id: string): Promise<BulkOrderRecord | null> {
    return this.reader.byIdFor(id, userId);
  }

  @Query()
  @Allow('BUY')
  async bulkOrders(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, first, after }: PageArgs & { readonly unitId: string },
  ): Promise<Page<BulkOrderRecord>> {
    const page = orThrow(pageRequest(first, after, BULK_KEY_PARTS));
    if (await this.purchasers.isOfUnit(unitId, userId))
      return this.reader.page({ unitId, contractorId: null }, page);
    const buyer = await this.purchasers.forBuyer(unitId, userId);
    if (!buyer) throw new NotFound('Unit', unitId);
    return this.reader.page({ unitId, contractorId: buyer.contractorId }, page);
  }

  @Query()
  @Allow('BUY')
  async bulkOrderRows(
    @CurrentActor() { userId }: Actor,
    @Args()
    {
      bulkOrderId,
      isFaultyOnly,
      first,
      after,
    }: PageArgs & {
      readonly bulkOrderId: string;
      readonly isFaultyOnly?: boolean | null;
    },
  ): Promise<Page<BulkRowView>> {
    const page = orThrow(pageRequest(first, after, BULK_KEY_PARTS));
    const { id } = await this.found(bulkOrderId, userId);
    return this.reader.rows(id, isFaultyOnly ?? false, page);
  }

  @Query()
  @Allow('BUY')
  async bulkOrderParcels(
    @CurrentActor() { userId }: Actor,
    @Args()
    {
      bulkOrderId,
      state,
      first,
      after,
    }: PageArgs & {
      readonly bulkOrderId: string;
      readonly state?: BulkParcelState | null;
    },
  ): Promise<Page<BulkParcelView>> {
    const page = orThrow(pageRequest(first, after, BULK_KEY_PARTS));
    const { id } = await this.found(bulkOrderId, userId);
    return this.reader.parcels(id, state ?? null, page);
  }

  @Mutation()
  @Allow('BUY')
  @Throttled('COSTLY')
  async bulkOrderCheck(@CurrentActor() { userId }: Actor, @Args('bulkOrderId') bulkOrderId: string) {
    const checked = await this.service.check(userId, bulkOrderId);
    return refused(checked) ? checked : { bulkOrder: await this.found(checked, userId) };
  }

  @Mutation()
  @Allow('BUY')
  @Throttled('COSTLY')
  async bulkOrderConfirm(
    @CurrentActor() { userId }: Actor,
    @Args('input') { isForUnion, invoiceTitleId, campaignCode, ...wish }: ConfirmInput,
  ) {
    const confirmed = await this.service.confirm(userId, {
      ...wish,
      isForUnion: isForUnion ?? false,
      invoiceTitleId: invoiceTitleId ?? '',
      campaignCode: campaignCode ?? '',
    });
    return refused(confirmed) ? confirmed : { bulkOrder: await this.found(confirmed, userId) };
  }

  @Mutation()
  @Allow('BUY')
  async bulkOrderDiscard(@CurrentActor() { userId }: Actor, @Args('bulkOrderId') bulkOrderId: string) {
    const discarded = await this.service.discard(userId, bulkOrderId);
    return refused(discarded) ? discarded : { bulkOrder: await this.found(discarded, userId) };
  }

  @Mutation()
  @Allow('BUY')
  async bulkOrderSign(@CurrentActor() { userId }: Actor, @Args('bulkOrderId') bulkOrderId: string) {
    const signed = await this.service.sign(userId, bulkOrderId);
    return refused(signed) ? signed : { bulkOrder: await this.found(signed, userId) };
  }

  @Mutation()
  @Allow('BUY')
  async bulkOrderCancel(@CurrentActor() { userId }: Actor, @Args('bulkOrderId') bulkOrderId: string) {
    const cancelled = await this.service.cancel(userId, bulkOrderId);
    return refused(cancelled) ? cancelled : { bulkOrder: await this.found(cancelled, userId) };
  }

  @ResolveField()
  async progress(@Parent() { id }: BulkOrderRecord, @Context() { loaders }: GraphqlContext) {
    const load = (ids: readonly string[]) => this.reader.progressOf(ids);
    const rows = await loaders.listOf('BulkOrder.progress', load, (row) => row.bulkOrderId).load(id);
    const of = (state: BulkParcelState) => rows.find((row) => row.state === state)?.parcels ?? 0;
    return {
      waiting: of('WAITING'),
      placed: of('PLACED'),
      signed: of('SIGNED'),
      refused: of('REFUSED'),
      undone: of('UNDONE'),
    };
  }

  private async found(id: string, userId: string): Promise<BulkOrderRecord> {
    const order = await this.reader.byIdFor(id, userId);
    if (!order) throw new NotFound('BulkOrder', id);
    return order;
  }
}
