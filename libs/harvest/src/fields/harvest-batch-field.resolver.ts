import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchStockReader, type BatchStockRow, type StopCause } from '#libs/inventory';
import type { GraphqlContext } from '#platform/graphql';
import {
  type BatchTestReportRow,
  HarvestBatchReader,
  type HarvestBatchRow,
} from '../harvest-batch.reader.js';

/** What other rooms know of a batch, of a whole page at once. */
@Resolver('HarvestBatch')
export class HarvestBatchFieldResolver {
  constructor(
    private readonly harvests: HarvestBatchReader,
    private readonly stock: BatchStockReader,
  ) {}

  @ResolveField()
  async receivedG(@Parent() { id }: HarvestBatchRow, @Context() context: GraphqlContext): Promise<number> {
    return (await this.stockOf(id, context))?.receivedG ?? 0;
  }

  @ResolveField()
  async onHandG(@Parent() { id }: HarvestBatchRow, @Context() context: GraphqlContext): Promise<number> {
    return (await this.stockOf(id, context))?.onHandG ?? 0;
  }

  @ResolveField()
  async stops(
    @Parent() { id }: HarvestBatchRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<StopCause[]> {
    const { stock } = this;
    const stopsOfBatch = loaders.listOf(
      HarvestBatchFieldResolver,
      (ids) => stock.stopsOf(ids),
      ({ batchId }) => batchId,
    );
    return (await stopsOfBatch.load(id)).map(({ cause }) => cause);
  }

  @ResolveField()
  testReport(
    @Parent() { id }: HarvestBatchRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<BatchTestReportRow | null> {
    const { harvests } = this;
    const reportOfBatch = loaders.byId(
      HarvestBatchReader,
      (ids) => harvests.reportsOf(ids),
      (report: BatchTestReportRow) => report.batchId,
    );
    return reportOfBatch.load(id);
  }

  private stockOf(id: string, { loaders }: GraphqlContext): Promise<BatchStockRow | null> {
    const { stock } = this;
    const stockOfBatch = loaders.byId(
      BatchStockReader,
      (ids) => stock.of(ids),
      (row: BatchStockRow) => row.batchId,
    );
    return stockOfBatch.load(id);
  }
}
