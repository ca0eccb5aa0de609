import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type FulfillmentRow,
  type ParcelEventRow,
  ParcelTrackReader,
  type TroubledParcelRow,
} from '#libs/fulfillment';
import { NotFound, type Page, pageRequest } from '#libs/kernel';
import { MerchantOrderReader, type MerchantOrderRow } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface ParcelsInTroubleArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('TroubledParcel')
export class TroubledParcelResolver {
  constructor(
    private readonly reader: ParcelTrackReader,
    private readonly merchantOrders: MerchantOrderReader,
  ) {}

  @Query()
  @Allow('FULFILL')
  async parcelsInTrouble(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: ParcelsInTroubleArgs,
  ): Promise<Page<TroubledParcelRow>> {
    if (!merchantsOf(actor, 'FULFILL').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.troubledOf(merchantId, orThrow(pageRequest(first, after, 1)));
  }

  @ResolveField()
  merchantOrder(
    @Parent() { merchantOrderId }: TroubledParcelRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<MerchantOrderRow | null> {
    const { merchantOrders } = this;
    const byId = loaders.byId(
      `${MerchantOrderReader.name}.byIds`,
      (ids) => merchantOrders.byIds(ids),
      (row: MerchantOrderRow) => row.id,
    );
    return byId.load(merchantOrderId);
  }
}

@Resolver('Fulfillment')
export class ParcelTrackResolver {
  constructor(private readonly reader: ParcelTrackReader) {}

  @ResolveField()
  tracking(
    @Parent() { id }: FulfillmentRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ParcelEventRow[]> {
    const { reader } = this;
    const ofParcel = loaders.listOf(
      ParcelTrackReader,
      (ids) => reader.eventsOf(ids),
      (event: ParcelEventRow) => event.fulfillmentId,
    );
    return ofParcel.load(id);
  }
}
