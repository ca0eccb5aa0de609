import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AdoptionReader } from '#libs/adoption';
import {
  type Carrier,
  PrintBatchReader,
  WaybillScanService,
  type WaybillRow,
  WaybillService,
} from '#libs/fulfillment';
import { NotFound, refused } from '#libs/kernel';
import { MerchantOrderReader, type MerchantOrderRow } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

interface WaybillNumbersAddInput {
  readonly merchantId: string;
  readonly carrier: Carrier;
  readonly trackingNos: readonly string[];
}

@Resolver('MerchantOrder')
export class WaybillResolver {
  constructor(
    private readonly service: WaybillService,
    private readonly scans: WaybillScanService,
    private readonly reader: PrintBatchReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly adoptions: AdoptionReader,
  ) {}

  @Query()
  @Allow('FULFILL')
  waybillNumbersLeft(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    if (!merchantsOf(actor, 'FULFILL').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.numbersLeft(merchantId);
  }

  @Mutation()
  @Allow('FULFILL')
  async waybillVoid(@CurrentActor() actor: Actor, @Args('waybillId') waybillId: string) {
    const id = await this.service.void(merchantsOf(actor, 'FULFILL'), waybillId);
    return refused(id) ? id : { waybill: await this.reader.waybillById(id) };
  }

  @Mutation()
  @Allow('FULFILL')
  async waybillShip(@CurrentActor() actor: Actor, @Args('trackingNo') trackingNo: string) {
    const scanned = await this.scans.ship(merchantsOf(actor, 'FULFILL'), trackingNo, (tx, ids, isNamed) =>
      this.adoptions.refuseParcel(tx, ids, isNamed),
    );
    if (refused(scanned)) return scanned;
    const { merchantOrderId, wasShipped } = scanned;
    return { merchantOrder: await this.merchantOrders.byId(merchantOrderId), wasShipped };
  }

  @Mutation()
  @Allow('FULFILL')
  async waybillNumbersAdd(
    @CurrentActor() actor: Actor,
    @Args('input') { merchantId, carrier, trackingNos }: WaybillNumbersAddInput,
  ) {
    const merchantIds = merchantsOf(actor, 'FULFILL');
    const done = await this.service.addNumbers(merchantIds, merchantId, carrier, trackingNos, actor.userId);
    return refused(done) ? done : { addedCount: done.added, knownCount: done.known };
  }

  @ResolveField()
  async waybill(
    @Parent() { id }: MerchantOrderRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<WaybillRow | null> {
    const { reader } = this;
    const ofPart = loaders.byId(
      `${PrintBatchReader.name}.live`,
      (ids) => reader.liveOf(ids),
      (waybill: WaybillRow) => waybill.merchantOrderId,
    );
    return ofPart.load(id);
  }
}
