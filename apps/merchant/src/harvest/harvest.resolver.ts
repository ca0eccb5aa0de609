import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { OWN_PRODUCT_KEY_PARTS, OwnProductReader } from '#libs/catalog';
import {
  BatchRecallReader,
  BatchRecallService,
  BatchTestReportService,
  type BroughtTestReport,
  HARVEST_BATCH_KEY_PARTS,
  HarvestBatchReader,
  HarvestBatchService,
  type HarvestChange,
  type RecallWish,
  type RegisteredHarvest,
} from '#libs/harvest';
import { type DomainError, type Loose, NotFound, pageRequest, present, refused } from '#libs/kernel';
import { BATCH_ORDER_KEY_PARTS, BatchOrderReader } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface BatchesArgs {
  readonly merchantId: string;
  readonly productId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type MayBeMissing = 'dailyG' | 'weightG' | 'bestBeforeOn' | 'linkageAgreementId';
type RegisterInput = Omit<RegisteredHarvest, MayBeMissing> & Loose<Pick<RegisteredHarvest, MayBeMissing>>;
type ChangeInput = { readonly batchId: string } & Pick<HarvestChange, 'harvestedUntil'> &
  Loose<Pick<HarvestChange, 'dailyG' | 'weightG'>>;

const keeperOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'BATCH') });

@Resolver()
export class HarvestResolver {
  constructor(
    private readonly harvests: HarvestBatchService,
    private readonly reports: BatchTestReportService,
    private readonly reader: HarvestBatchReader,
    private readonly recalls: BatchRecallService,
    private readonly recallReader: BatchRecallReader,
    private readonly orders: BatchOrderReader,
    private readonly products: OwnProductReader,
  ) {}

  @Query()
  @Allow('BATCH')
  harvestBatches(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, productId = null, first, after }: BatchesArgs,
  ) {
    if (!merchantsOf(actor, 'BATCH').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, HARVEST_BATCH_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, { productId }, page);
  }

  @Query()
  @Allow('BATCH')
  harvestBatch(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { merchantIds: merchantsOf(actor, 'BATCH') });
  }

  @Query()
  @Allow('BATCH')
  harvestProducts(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: BatchesArgs) {
    if (!merchantsOf(actor, 'BATCH').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.products.page(merchantId, orThrow(pageRequest(first, after, OWN_PRODUCT_KEY_PARTS)));
  }

  @Mutation()
  @Allow('BATCH')
  async harvestBatchRegister(@CurrentActor() actor: Actor, @Args('input') input: RegisterInput) {
    const { dailyG = null, weightG = null, bestBeforeOn = null, linkageAgreementId = null } = input;
    const harvest = { ...input, dailyG, weightG, bestBeforeOn, linkageAgreementId };
    return this.shown(await this.harvests.register(harvest, keeperOf(actor)), actor);
  }

  @Mutation()
  @Allow('BATCH')
  async harvestBatchChange(
    @CurrentActor() actor: Actor,
    @Args('input') { batchId, harvestedUntil, dailyG = null, weightG = null }: ChangeInput,
  ) {
    const change = { harvestedUntil, dailyG, weightG };
    return this.shown(await this.harvests.change(batchId, change, keeperOf(actor)), actor);
  }

  @Mutation()
  @Allow('BATCH')
  async harvestBatchClose(@CurrentActor() actor: Actor, @Args('batchId') batchId: string) {
    return this.shown(await this.harvests.close(batchId, keeperOf(actor)), actor);
  }

  @Mutation()
  @Allow('BATCH')
  async batchTestReportAdd(@CurrentActor() actor: Actor, @Args('input') input: BroughtTestReport) {
    return this.shown(await this.reports.add(input, keeperOf(actor)), actor);
  }

  @Query()
  @Allow('BATCH')
  async batchOrders(
    @CurrentActor() actor: Actor,
    @Args() { batchId, first, after }: { batchId: string; first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, BATCH_ORDER_KEY_PARTS));
    const batch = await this.reader.byId(batchId, { merchantIds: merchantsOf(actor, 'BATCH') });
    if (!batch) throw new NotFound('HarvestBatch', batchId);
    return this.orders.page(batch.id, page);
  }

  @Mutation()
  @Allow('BATCH')
  async batchRecall(@CurrentActor() actor: Actor, @Args() wish: RecallWish) {
    const recalled = await this.recalls.recallOwn(wish, keeperOf(actor));
    if (refused(recalled)) return recalled;
    return { recall: present(await this.recallReader.byId(recalled), 'the recall just made') };
  }

  private async shown(result: string | DomainError, actor: Actor) {
    if (refused(result)) return result;
    const batch = await this.reader.byId(result, { merchantIds: merchantsOf(actor, 'BATCH') });
    return { batch: present(batch, 'the batch just written') };
  }
}
