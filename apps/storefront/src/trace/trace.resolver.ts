import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CertificationReader, type CertificationRow } from '#libs/catalog';
import {
  BatchRecallReader,
  type BatchRecallRow,
  HarvestBatchReader,
  type HarvestBatchRow,
} from '#libs/harvest';
import { HOUSEHOLDS_TOLD_MIN, LinkageReader } from '#libs/household';
import { BatchStockReader } from '#libs/inventory';
import { Clock, dayStart } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { SplitPreviewService } from '#libs/settlement';
import { Public } from '#platform/auth';
import { Throttled } from '#platform/throttle';

@Resolver('Trace')
export class TraceResolver {
  constructor(
    private readonly harvests: HarvestBatchReader,
    private readonly certifications: CertificationReader,
    private readonly linkages: LinkageReader,
    private readonly splits: SplitPreviewService,
    private readonly stock: BatchStockReader,
    private readonly recalls: BatchRecallReader,
    private readonly merchants: MerchantReader,
    private readonly clock: Clock,
  ) {}

  /** Whoever tries codes is held to what signing in is held to. */
  @Query()
  @Public()
  @Throttled('SIGN_IN')
  trace(@Args('code') code: string): Promise<HarvestBatchRow | null> {
    return this.harvests.byTraceCode(code);
  }

  @ResolveField()
  async merchantName(@Parent() { merchantId }: HarvestBatchRow): Promise<string> {
    return (await this.merchants.byId(merchantId))?.name ?? '';
  }

  @ResolveField()
  async certification(@Parent() batch: HarvestBatchRow): Promise<CertificationRow | null> {
    const valid = await this.certifications.validAt([batch.productId], this.dayOf(batch));
    return valid.get(batch.productId) ?? null;
  }

  @ResolveField()
  async linkedHouseholdCount(@Parent() batch: HarvestBatchRow): Promise<number | null> {
    const count = await this.householdsOf(batch);
    return count >= HOUSEHOLDS_TOLD_MIN ? count : null;
  }

  @ResolveField()
  async householdShareBps(@Parent() batch: HarvestBatchRow): Promise<number | null> {
    if ((await this.householdsOf(batch)) === 0) return null;
    const { productId, merchantId } = batch;
    const [share] = await this.splits.householdBpsOf([{ productId, merchantId, channelKind: 'ONLINE' }]);
    return share ?? null;
  }

  @ResolveField()
  async testReport(@Parent() { id, traceCode }: HarvestBatchRow) {
    const [report] = await this.harvests.reportsOf([id]);
    if (!report) return null;
    const fileUrl = `/trace/${encodeURIComponent(traceCode)}/test-report`;
    return { ...report, hasPassed: report.result === 'PASSED', fileUrl };
  }

  @ResolveField()
  async isStopped(@Parent() { id }: HarvestBatchRow): Promise<boolean> {
    return (await this.stock.stopsOf([id])).length > 0;
  }

  @ResolveField()
  async recall(@Parent() { id }: HarvestBatchRow): Promise<BatchRecallRow | null> {
    const [recall] = await this.recalls.lastOf([id]);
    return recall?.state === 'ACTIVE' ? recall : null;
  }

  private async householdsOf({ linkageAgreementId, ...batch }: HarvestBatchRow): Promise<number> {
    if (linkageAgreementId === null) return 0;
    const households = await this.linkages.householdsOf([linkageAgreementId], this.dayOf(batch));
    return (households.get(linkageAgreementId) ?? []).filter(({ weight }) => weight > 0).length;
  }

  /** The first day of harvest, or now while that is to come. */
  private dayOf({ harvestedFrom }: Pick<HarvestBatchRow, 'harvestedFrom'>): Date {
    const [first, now] = [dayStart(harvestedFrom), this.clock.now()];
    return first < now ? first : now;
  }
}
