import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  BatchTestReportService,
  type BroughtTestReport,
  HARVEST_BATCH_KEY_PARTS,
  HarvestBatchReader,
  HarvestBatchService,
  type HarvestChange,
  type RegisteredHarvest,
} from '#libs/harvest';
import { type DomainError, type Loose, NotFound, pageRequest, present, refused } from '#libs/kernel';
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

  private async shown(result: string | DomainError, actor: Actor) {
    if (refused(result)) return result;
    const batch = await this.reader.byId(result, { merchantIds: merchantsOf(actor, 'BATCH') });
    return { batch: present(batch, 'the batch just written') };
  }
}
