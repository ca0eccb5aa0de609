import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchReader } from '#libs/catalog';
import { UserReader } from '#libs/identity';
import { STOCK_MOVEMENT_KEY_PARTS, type StockMovementRow, StockPlaceReader } from '#libs/inventory';
import { NotFound, pageRequest } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import {
  type StockCause,
  StockCountReader,
  StockGoodsReader,
  StockTransferReader,
  StockWriteOffReader,
  stockCauseOf,
} from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface MovementsArgs {
  readonly merchantId: string;
  readonly variantId: string;
  readonly channelPointId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type Documented = Extract<StockCause, 'WRITE_OFF' | 'COUNT' | 'TRANSFER'>;

function isDocument(cause: StockCause): cause is Documented {
  return cause === 'WRITE_OFF' || cause === 'COUNT' || cause === 'TRANSFER';
}

@Resolver('StockMovement')
export class StockMovementResolver {
  constructor(
    private readonly places: StockPlaceReader,
    private readonly goods: StockGoodsReader,
    private readonly batches: BatchReader,
    private readonly writeOffs: StockWriteOffReader,
    private readonly counts: StockCountReader,
    private readonly transfers: StockTransferReader,
    private readonly orders: OrderReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('STOCK')
  async stockMovements(@CurrentActor() actor: Actor, @Args() args: MovementsArgs) {
    const { merchantId, variantId, channelPointId = null, first, after } = args;
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const request = orThrow(pageRequest(first, after, STOCK_MOVEMENT_KEY_PARTS));
    const own = await this.goods.ownOf(merchantId, [variantId]);
    if (!own.has(variantId)) throw new NotFound('Variant', variantId);
    return this.places.movements(variantId, { merchantId, channelPointId }, request);
  }

  @ResolveField()
  batch(@Parent() { batchId }: StockMovementRow, @Context() { loaders }: GraphqlContext) {
    const { batches } = this;
    const byId = loaders.byId(
      BatchReader,
      (ids) => batches.byIds(ids),
      (batch) => batch.id,
    );
    return byId.load(batchId);
  }

  @ResolveField()
  cause(@Parent() { kind, causeKey }: StockMovementRow) {
    return stockCauseOf(kind, causeKey).cause;
  }

  @ResolveField()
  documentId(@Parent() { kind, causeKey }: StockMovementRow) {
    const { cause, documentId } = stockCauseOf(kind, causeKey);
    // Whose order it is stands beside it; its line tells nobody anything.
    return cause === 'ORDER' ? null : documentId;
  }

  @ResolveField()
  async note(
    @Parent() { kind, causeKey }: StockMovementRow,
    @CurrentActor() actor: Actor,
    @Context() { loaders }: GraphqlContext,
  ) {
    const { cause, documentId } = stockCauseOf(kind, causeKey);
    const documents = { WRITE_OFF: this.writeOffs, COUNT: this.counts, TRANSFER: this.transfers };
    if (documentId === null || !isDocument(cause)) return null;
    const byId = loaders.byId<{ readonly id: string; readonly note: string }>(
      `stock.${cause}`,
      (ids) => documents[cause].byIds(ids, merchantsOf(actor, 'STOCK')),
      ({ id }) => id,
    );
    return (await byId.load(documentId))?.note || null;
  }

  @ResolveField()
  async merchantOrderId(
    @Parent() { kind, causeKey }: StockMovementRow,
    @CurrentActor() actor: Actor,
    @Context() { loaders }: GraphqlContext,
  ) {
    const { cause, documentId } = stockCauseOf(kind, causeKey);
    if (cause !== 'ORDER' || documentId === null) return null;
    const { orders } = this;
    const byId = loaders.byId(
      OrderReader,
      (ids) => orders.linesByIds(ids),
      ({ id }) => id,
    );
    const line = await byId.load(documentId);
    // Its own orders only: what an operator's cabinet has sold is that operator's order.
    return line && merchantsOf(actor, 'STOCK').includes(line.merchantId) ? line.merchantOrderId : null;
  }

  @ResolveField()
  async movedBy(@Parent() { movedBy }: StockMovementRow, @Context() { loaders }: GraphqlContext) {
    if (movedBy === null) return null;
    const { users } = this;
    const byId = loaders.byId(
      UserReader,
      (ids) => users.namesOf(ids),
      ({ id }) => id,
    );
    return (await byId.load(movedBy))?.displayName ?? null;
  }
}
