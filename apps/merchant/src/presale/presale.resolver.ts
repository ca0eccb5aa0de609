import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchReader, type BatchRow, VariantReader, type VariantForSale } from '#libs/catalog';
import { HarvestBatchReader, type HarvestBatchRow, PresaleHarvestService } from '#libs/harvest';
import {
  PRESALE_KEY_PARTS,
  type PresaleCapacity,
  type PresaleDayRow,
  PresaleReader,
  type PresaleRow,
  PresaleService,
  type PresaleWish,
} from '#libs/inventory';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import type { Delay } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

type PresaleOpenInput = Omit<PresaleWish, 'depositBps' | 'balanceDueOn'> & {
  readonly depositBps?: number | null;
  readonly balanceDueOn?: string | null;
};

interface PresalesArgs {
  readonly merchantId: string;
  readonly state?: PresaleRow['state'] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Presale')
export class PresaleResolver {
  constructor(
    private readonly harvests: PresaleHarvestService,
    private readonly service: PresaleService,
    private readonly reader: PresaleReader,
  ) {}

  @Query()
  @Allow('STOCK')
  presales(@CurrentActor() actor: Actor, @Args() { merchantId, state, first, after }: PresalesArgs) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, PRESALE_KEY_PARTS));
    return this.reader.pageForMerchants([merchantId], page, state ?? null);
  }

  @Query()
  @Allow('STOCK')
  presale(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<PresaleRow | null> {
    return this.reader.byIdForMerchants(id, merchantsOf(actor, 'STOCK'));
  }

  @Mutation()
  @Allow('OFFER_SET')
  async presaleOpen(
    @CurrentActor() actor: Actor,
    @Args('input') { depositBps = null, balanceDueOn = null, ...input }: PresaleOpenInput,
  ) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const wish = { ...input, depositBps, balanceDueOn };
    const id = await this.harvests.open(wish, { userId: actor.userId, merchantIds });
    return refused(id) ? id : { presale: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async presaleCapacitySet(@CurrentActor() actor: Actor, @Args() capacity: PresaleCapacity) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.harvests.setCapacity(merchantIds, capacity);
    return refused(id) ? id : { presale: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async presaleOrdersCloseSet(
    @CurrentActor() actor: Actor,
    @Args() { presaleId, ordersCloseAt }: { readonly presaleId: string; readonly ordersCloseAt: Date },
  ) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.service.setOrdersCloseAt(merchantIds, presaleId, ordersCloseAt);
    return refused(id) ? id : { presale: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async presaleClose(@CurrentActor() actor: Actor, @Args('presaleId') presaleId: string) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.harvests.close(merchantIds, presaleId);
    return { presale: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('FULFILL')
  async presaleDelayAnnounce(@CurrentActor() actor: Actor, @Args('input') input: Delay) {
    const merchantIds = merchantsOf(actor, 'FULFILL');
    const askedCount = await this.harvests.announceDelay(merchantIds, input, actor.userId);
    if (refused(askedCount)) return askedCount;
    return { askedCount, presale: await this.reader.byIdForMerchants(input.presaleId, merchantIds) };
  }
}

@Resolver('Presale')
export class PresaleFieldResolver {
  constructor(
    private readonly reader: PresaleReader,
    private readonly variantReader: VariantReader,
    private readonly batches: BatchReader,
    private readonly harvests: HarvestBatchReader,
  ) {}

  @ResolveField()
  async variants(
    @Parent() { id }: PresaleRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<VariantForSale[]> {
    const { reader, variantReader } = this;
    const ofPresale = loaders.listOf(
      PresaleFieldResolver,
      async (presaleIds) => {
        const idsOf = await reader.variantsOf(presaleIds);
        const variants = await variantReader.byIds([...new Set([...idsOf.values()].flat())]);
        return [...idsOf].flatMap(([presaleId, ids]) =>
          variants.filter((variant) => ids.includes(variant.id)).map((variant) => ({ presaleId, variant })),
        );
      },
      (row: { readonly presaleId: string; readonly variant: VariantForSale }) => row.presaleId,
    );
    return (await ofPresale.load(id)).map(({ variant }) => variant);
  }

  @ResolveField()
  batch(@Parent() { batchId }: PresaleRow, @Context() { loaders }: GraphqlContext): Promise<BatchRow | null> {
    const { batches } = this;
    const byId = loaders.byId(
      BatchReader,
      (ids) => batches.byIds(ids),
      (batch: BatchRow) => batch.id,
    );
    return byId.load(batchId);
  }

  @ResolveField()
  harvest(
    @Parent() { batchId }: PresaleRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<HarvestBatchRow | null> {
    return this.harvestOf(batchId, loaders);
  }

  @ResolveField()
  async waitingG(@Parent() { batchId }: PresaleRow, @Context() { loaders }: GraphqlContext): Promise<number> {
    const harvest = await this.harvestOf(batchId, loaders);
    return harvest?.reviewState === 'WAITING' ? (harvest.weightG ?? 0) - (harvest.grantedG ?? 0) : 0;
  }

  @ResolveField()
  days(@Parent() { id }: PresaleRow, @Context() { loaders }: GraphqlContext): Promise<PresaleDayRow[]> {
    const { reader } = this;
    const ofPresale = loaders.listOf(
      PresaleReader,
      (presaleIds) => reader.daysOf(presaleIds),
      (day: PresaleDayRow) => day.presaleId,
    );
    return ofPresale.load(id);
  }

  /** Whoever is shown a presale may see its batch. Null of one that has no registration: it grew nobody knows where. */
  private async harvestOf(
    batchId: string,
    loaders: GraphqlContext['loaders'],
  ): Promise<HarvestBatchRow | null> {
    const { harvests } = this;
    const byId = loaders.byId(
      PresaleHarvestService,
      (ids) => harvests.byIds(ids),
      (row: HarvestBatchRow) => row.id,
    );
    const row = await byId.load(batchId);
    return row && row.presaleId !== null ? row : null;
  }
}
