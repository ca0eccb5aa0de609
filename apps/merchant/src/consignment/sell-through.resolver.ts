import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { VariantReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import {
  CONSIGNMENT_SALE_KEY_PARTS,
  type ConsignmentSaleRow,
  SELL_THROUGH_KEY_PARTS,
  SELL_THROUGH_ROW_KEY_PARTS,
  type SellThroughFileRow,
  SellThroughReader,
  type SellThroughRowRow,
  SellThroughService,
  faultMessage,
} from '#libs/consignment';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { MonthCloseReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { variantOf } from '../stock/stock-line.loader.js';
import { isAfterClose } from './sell-through-close.rules.js';
import { placeNameOf } from './place-name.loader.js';

interface Paged {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('SellThrough')
export class SellThroughResolver {
  constructor(
    private readonly service: SellThroughService,
    private readonly reader: SellThroughReader,
    private readonly closes: MonthCloseReader,
  ) {}

  @Query()
  @Allow('PLACE')
  sellThroughs(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: Paged & { readonly merchantId: string },
  ) {
    if (!merchantsOf(actor, 'PLACE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.page(merchantId, orThrow(pageRequest(first, after, SELL_THROUGH_KEY_PARTS)));
  }

  @Query()
  @Allow('PLACE')
  sellThrough(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, merchantsOf(actor, 'PLACE'));
  }

  @Query()
  @Allow('PLACE')
  async sellThroughRows(
    @CurrentActor() actor: Actor,
    @Args()
    {
      sellThroughId,
      isFaulty,
      first,
      after,
    }: Paged & { readonly sellThroughId: string; readonly isFaulty?: boolean | null },
  ) {
    const page = orThrow(pageRequest(first, after, SELL_THROUGH_ROW_KEY_PARTS));
    const file = await this.reader.byId(sellThroughId, merchantsOf(actor, 'PLACE'));
    if (!file) throw new NotFound('SellThrough', sellThroughId);
    return this.reader.rows(file.id, isFaulty === true, page);
  }

  @Mutation()
  @Allow('PLACE')
  async sellThroughConfirm(
    @CurrentActor() actor: Actor,
    @Args()
    { sellThroughId, reason }: { readonly sellThroughId: string; readonly reason?: string | null },
  ) {
    const merchantIds = merchantsOf(actor, 'PLACE');
    const file = await this.reader.byId(sellThroughId, merchantIds);
    if (!file) throw new NotFound('SellThrough', sellThroughId);
    const by = { userId: actor.userId, merchantIds };
    const isClosed = isAfterClose(await this.closes.byMonth(file.month));
    const confirmed = await this.service.confirm(file.id, reason ?? '', isClosed, by);
    if (refused(confirmed)) return confirmed;
    return {
      sellThrough: present(await this.reader.byId(confirmed, merchantIds), 'the file just confirmed'),
    };
  }

  @ResolveField()
  async isAfterClose(
    @Parent() { month }: SellThroughFileRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<boolean> {
    const { closes } = this;
    const loader = loaders.byId(
      MonthCloseReader,
      (months) => closes.byMonths(months),
      (close) => close.month,
    );
    return isAfterClose((await loader.load(month)) ?? null);
  }

  @ResolveField()
  isCounted(@Parent() { state, uncountedChunks }: SellThroughFileRow): boolean {
    return state === 'DONE' && uncountedChunks === 0;
  }
}

@Resolver('SellThroughRow')
export class SellThroughRowResolver {
  @ResolveField()
  key(@Parent() { cells }: SellThroughRowRow): string {
    return cells.KEY;
  }

  @ResolveField()
  place(@Parent() { cells }: SellThroughRowRow): string {
    return cells.PLACE;
  }

  @ResolveField()
  goods(@Parent() { cells }: SellThroughRowRow): string {
    return cells.GOODS;
  }

  @ResolveField()
  day(@Parent() { cells }: SellThroughRowRow): string {
    return cells.DAY;
  }

  @ResolveField()
  quantity(@Parent() { cells }: SellThroughRowRow): string {
    return cells.QUANTITY;
  }

  @ResolveField()
  amount(@Parent() { cells }: SellThroughRowRow): string {
    return cells.AMOUNT;
  }

  @ResolveField()
  faults(@Parent() { faults }: SellThroughRowRow, @Context() { locale }: GraphqlContext) {
    return faults.map((fault) => ({
      column: fault.column,
      message: faultMessage(fault)[locale === 'en' ? 'en' : 'zh'],
    }));
  }
}

@Resolver('ConsignmentSale')
export class ConsignmentSaleResolver {
  constructor(
    private readonly reader: SellThroughReader,
    private readonly points: ChannelPointReader,
    private readonly variants: VariantReader,
  ) {}

  @Query()
  @Allow('STOCK')
  consignmentSales(
    @CurrentActor() actor: Actor,
    @Args()
    { merchantId, month, first, after }: Paged & { readonly merchantId: string; readonly month: string },
  ) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, CONSIGNMENT_SALE_KEY_PARTS));
    return this.reader.salesOf(merchantId, month, page);
  }

  @ResolveField()
  placeId(@Parent() { channelPointId }: ConsignmentSaleRow): string {
    return channelPointId;
  }

  @ResolveField()
  placeName(
    @Parent() { channelPointId }: ConsignmentSaleRow,
    @Context() context: GraphqlContext,
  ): Promise<string> {
    return placeNameOf(channelPointId, this.points, context);
  }

  @ResolveField()
  async productName(@Parent() sale: ConsignmentSaleRow, @Context() context: GraphqlContext) {
    return (await variantOf(sale, this.variants, context))?.productName ?? '';
  }

  @ResolveField()
  async variantName(@Parent() sale: ConsignmentSaleRow, @Context() context: GraphqlContext) {
    return (await variantOf(sale, this.variants, context))?.name ?? '';
  }
}
