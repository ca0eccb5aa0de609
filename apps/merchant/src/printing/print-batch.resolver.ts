import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  PRINT_BATCH_KEY_PARTS,
  PrintBatchReader,
  type PrintBatchRow,
  PrintBatchService,
  type PrintWish,
  type PrintedWaybillRow,
} from '#libs/fulfillment';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PrintBatchesArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('PrintBatch')
export class PrintBatchResolver {
  constructor(
    private readonly service: PrintBatchService,
    private readonly reader: PrintBatchReader,
  ) {}

  @Query()
  @Allow('FULFILL')
  printBatches(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: PrintBatchesArgs) {
    if (!merchantsOf(actor, 'FULFILL').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.page(merchantId, orThrow(pageRequest(first, after, PRINT_BATCH_KEY_PARTS)));
  }

  @Query()
  @Allow('FULFILL')
  printBatch(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<PrintBatchRow | null> {
    return this.reader.byId(id, merchantsOf(actor, 'FULFILL'));
  }

  @Mutation()
  @Allow('FULFILL')
  async printBatchOpen(@CurrentActor() actor: Actor, @Args('input') input: PrintWish) {
    const merchantIds = merchantsOf(actor, 'FULFILL');
    const id = await this.service.open(merchantIds, input, actor.userId);
    return refused(id) ? id : { printBatch: await this.reader.byId(id, merchantIds) };
  }

  @ResolveField()
  waybills(
    @Parent() { id }: PrintBatchRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<PrintedWaybillRow[]> {
    const { reader } = this;
    const ofBatch = loaders.listOf(
      PrintBatchReader,
      (ids) => reader.waybillsOf(ids),
      (waybill: PrintedWaybillRow) => waybill.printBatchId,
    );
    return ofBatch.load(id);
  }

  @ResolveField()
  packingPath(@Parent() { id }: PrintBatchRow): string {
    return `/print-batches/${id}/packing`;
  }

  @ResolveField()
  labelsPath(@Parent() { id }: PrintBatchRow): string {
    return `/print-batches/${id}/labels`;
  }

  @ResolveField()
  manifestPath(@Parent() { id }: PrintBatchRow): string {
    return `/print-batches/${id}/manifest`;
  }
}
