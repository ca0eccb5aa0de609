import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchReader, VariantReader } from '#libs/catalog';
import { STOCK_KEY_PARTS, StockReader, type StockReceipt, StockService } from '#libs/inventory';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { StockGoodsReader } from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface StockLevelsArgs {
  readonly merchantId: string;
  readonly channelPointId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** The product side is loaded by its id. */
interface StockLevelNode {
  readonly variantId: string;
  readonly batchId: string;
}

@Resolver('StockLevel')
export class StockLevelResolver {
  constructor(
    private readonly stock: StockService,
    private readonly levels: StockReader,
    private readonly goods: StockGoodsReader,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
  ) {}

  @Query()
  @Allow('STOCK')
  stockLevels(@CurrentActor() actor: Actor, @Args() args: StockLevelsArgs) {
    const { merchantId, channelPointId, first, after } = args;
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const request = orThrow(pageRequest(first, after, STOCK_KEY_PARTS));
    if (!channelPointId) return this.levels.pageForMerchants([merchantId], request);
    return this.levels.pageAtPoint(channelPointId, request, (variantIds) =>
      this.goods.ownOf(merchantId, variantIds),
    );
  }

  @Mutation()
  @Allow('STOCK')
  async stockReceive(@CurrentActor() actor: Actor, @Args('input') input: StockReceipt) {
    const level = await this.stock.receive(merchantsOf(actor, 'STOCK'), input, actor.userId);
    return refused(level)
      ? level
      : { stockLevel: { ...level, variantId: input.variantId, batchId: input.batchId } };
  }

  @ResolveField()
  variant(@Parent() level: StockLevelNode, @Context() { loaders }: GraphqlContext) {
    const { variants } = this;
    const byId = loaders.byId(
      VariantReader,
      (ids) => variants.byIds(ids),
      (variant) => variant.id,
    );
    return byId.load(level.variantId);
  }

  @ResolveField()
  batch(@Parent() level: StockLevelNode, @Context() { loaders }: GraphqlContext) {
    const { batches } = this;
    const byId = loaders.byId(
      BatchReader,
      (ids) => batches.byIds(ids),
      (batch) => batch.id,
    );
    return byId.load(level.batchId);
  }
}
