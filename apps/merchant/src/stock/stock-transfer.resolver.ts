import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CHANNEL_POINT_KEY_PARTS, ChannelPointReader } from '#libs/channel';
import { UserReader } from '#libs/identity';
import { NotFound, pageRequest } from '#libs/kernel';
import {
  STOCK_TRANSFER_KEY_PARTS,
  type StockArrival,
  StockTransferReader,
  StockTransferService,
  type StockTransferState,
  type StockTransferView,
  type StockTransferWish,
} from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly state?: StockTransferState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface DestinationArgs {
  readonly kind: 'PAVILION' | 'ZONE';
  readonly countyCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type Input = Omit<StockTransferWish, 'fromPointId' | 'toPointId' | 'note'> & {
  readonly note?: string | null;
  readonly fromPointId?: string | null;
  readonly toPointId?: string | null;
};

const keeperOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'STOCK') });

@Resolver('StockTransfer')
export class StockTransferResolver {
  constructor(
    private readonly service: StockTransferService,
    private readonly reader: StockTransferReader,
    private readonly points: ChannelPointReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('STOCK')
  stockTransfers(@CurrentActor() actor: Actor, @Args() { merchantId, state, first, after }: PageArgs) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const request = orThrow(pageRequest(first, after, STOCK_TRANSFER_KEY_PARTS));
    return this.reader.page(merchantId, state ?? null, request);
  }

  @Query()
  @Allow('STOCK')
  async stockTransfer(@CurrentActor() actor: Actor, @Args('transferId') id: string) {
    return (await this.reader.byIds([id], merchantsOf(actor, 'STOCK')))[0] ?? null;
  }

  @Query()
  @Allow('STOCK')
  async stockDestinations(@Args() { kind, countyCode = null, first, after }: DestinationArgs) {
    const request = orThrow(pageRequest(first, after, CHANNEL_POINT_KEY_PARTS));
    const { nodes, pageInfo } = await this.points.pageOpen({ kind, countyCode }, request);
    return {
      nodes: nodes.map(({ id, name, address }) => ({ channelPointId: id, name, address })),
      pageInfo,
    };
  }

  @Mutation()
  @Allow('STOCK')
  async stockTransferDraft(@CurrentActor() actor: Actor, @Args('input') input: Input) {
    const { fromPointId = null, toPointId = null, note } = input;
    const wish = { ...input, fromPointId, toPointId, note: note ?? '' };
    return this.answer(actor, await this.service.draft(wish, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockTransferSend(@CurrentActor() actor: Actor, @Args('transferId') id: string) {
    return this.answer(actor, await this.service.send(id, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockTransferReceive(@CurrentActor() actor: Actor, @Args() arrival: StockArrival) {
    return this.answer(actor, await this.service.receive(arrival, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockTransferCancel(@CurrentActor() actor: Actor, @Args('transferId') id: string) {
    return this.answer(actor, await this.service.cancel(id, keeperOf(actor)));
  }

  @ResolveField('from')
  from(@Parent() { fromPointId }: StockTransferView, @Context() context: GraphqlContext) {
    return this.place(fromPointId, context);
  }

  @ResolveField('to')
  to(@Parent() { toPointId }: StockTransferView, @Context() context: GraphqlContext) {
    return this.place(toPointId, context);
  }

  @ResolveField()
  async sentBy(@Parent() { sentBy }: StockTransferView, @Context() { loaders }: GraphqlContext) {
    if (sentBy === null) return null;
    const { users } = this;
    const byId = loaders.byId(
      UserReader,
      (ids) => users.namesOf(ids),
      ({ id }) => id,
    );
    return (await byId.load(sentBy))?.displayName ?? null;
  }

  @ResolveField()
  lines(@Parent() { id }: StockTransferView, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const byTransfer = loaders.listOf(
      'StockTransferReader.linesOf',
      (ids) => reader.linesOf(ids),
      ({ transferId }) => transferId,
    );
    return byTransfer.load(id);
  }

  private async place(channelPointId: string | null, { loaders }: GraphqlContext) {
    if (channelPointId === null) return { channelPointId, name: null };
    const { points } = this;
    const byId = loaders.byId(
      ChannelPointReader,
      (ids) => points.byIds(ids),
      ({ id }) => id,
    );
    return { channelPointId, name: (await byId.load(channelPointId))?.name ?? null };
  }

  private async answer<Refusal>(actor: Actor, id: string | Refusal) {
    if (typeof id !== 'string') return id;
    const [transfer] = await this.reader.byIds([id], merchantsOf(actor, 'STOCK'));
    return { transfer };
  }
}
