import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchStockReader, type BatchStockRow, type StopCause } from '#libs/inventory';
import { BatchOrderReader, type BatchSaleRow } from '#libs/ordering';
import { Config } from '#platform/config';
import type { GraphqlContext } from '#platform/graphql';
import { BatchRecallReader, type BatchRecallRow } from '../batch-recall.reader.js';
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
    private readonly orders: BatchOrderReader,
    private readonly recalls: BatchRecallReader,
    private readonly config: Config,
  ) {}

  @ResolveField()
  traceUrl(@Parent() { traceCode }: HarvestBatchRow): string {
    return `${this.config.publicUrl}/trace/${encodeURIComponent(traceCode)}`;
  }

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

  @ResolveField()
  async orderCount(@Parent() { id }: HarvestBatchRow, @Context() context: GraphqlContext): Promise<number> {
    return (await this.saleOf(id, context))?.orderCount ?? 0;
  }

  @ResolveField()
  async soldG(@Parent() { id }: HarvestBatchRow, @Context() context: GraphqlContext): Promise<number> {
    return (await this.saleOf(id, context))?.soldG ?? 0;
  }

  @ResolveField()
  recall(
    @Parent() { id }: HarvestBatchRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<BatchRecallRow | null> {
    const { recalls } = this;
    const recallOfBatch = loaders.byId(
      BatchRecallReader,
      (ids) => recalls.lastOf(ids),
      (row: BatchRecallRow) => row.batchId,
    );
    return recallOfBatch.load(id);
  }

  private saleOf(id: string, { loaders }: GraphqlContext): Promise<BatchSaleRow | null> {
    const { orders } = this;
    const saleOfBatch = loaders.byId(
      BatchOrderReader,
      (ids) => orders.sumsOf(ids),
      (row: BatchSaleRow) => row.batchId,
    );
    return saleOfBatch.load(id);
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

@Resolver('BatchRecall')
export class BatchRecallFieldResolver {
  constructor(private readonly harvests: HarvestBatchReader) {}

  /** Whoever is shown a recall may see its batch: the reader of recalls has asked whose it is. */
  @ResolveField()
  batch(
    @Parent() { batchId }: BatchRecallRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<HarvestBatchRow | null> {
    const { harvests } = this;
    const batchById = loaders.byId(
      BatchRecallFieldResolver,
      (ids) => harvests.byIds(ids),
      (row: HarvestBatchRow) => row.id,
    );
    return batchById.load(batchId);
  }
}
