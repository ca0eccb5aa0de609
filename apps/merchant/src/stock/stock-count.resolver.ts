import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserReader } from '#libs/identity';
import { NotFound, pageRequest } from '#libs/kernel';
import {
  STOCK_COUNT_KEY_PARTS,
  type StockCountDecision,
  type StockCountEntry,
  StockCountReader,
  StockCountService,
  type StockCountState,
  type StockCountView,
} from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly state?: StockCountState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface OpenArgs {
  readonly merchantId: string;
  readonly channelPointId?: string | null;
}

type EntryInput = Omit<StockCountEntry, 'secondsAgo'> & { readonly secondsAgo?: number | null };
type DecideArgs = Omit<StockCountDecision, 'reason'> & { readonly reason?: string | null };

const keeperOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'STOCK') });

@Resolver('StockCount')
export class StockCountResolver {
  constructor(
    private readonly service: StockCountService,
    private readonly reader: StockCountReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('STOCK')
  stockCounts(@CurrentActor() actor: Actor, @Args() { merchantId, state, first, after }: PageArgs) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const request = orThrow(pageRequest(first, after, STOCK_COUNT_KEY_PARTS));
    return this.reader.page(merchantId, state ?? null, request);
  }

  @Query()
  @Allow('STOCK')
  async stockCount(@CurrentActor() actor: Actor, @Args('countId') id: string) {
    return (await this.reader.byIds([id], merchantsOf(actor, 'STOCK')))[0] ?? null;
  }

  @Mutation()
  @Allow('STOCK')
  async stockCountOpen(@CurrentActor() actor: Actor, @Args() { merchantId, channelPointId }: OpenArgs) {
    return this.answer(actor, await this.service.open(merchantId, channelPointId ?? null, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockCountEnter(
    @CurrentActor() actor: Actor,
    @Args('countId') id: string,
    @Args('entries') entries: readonly EntryInput[],
  ) {
    const told = entries.map(({ secondsAgo, ...entry }) => ({ ...entry, secondsAgo: secondsAgo ?? 0 }));
    return this.answer(actor, await this.service.enter(id, told, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockCountPost(
    @CurrentActor() actor: Actor,
    @Args('countId') id: string,
    @Args('note') note: string,
  ) {
    return this.answer(actor, await this.service.post(id, note, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockCountDecide(@CurrentActor() actor: Actor, @Args() { reason = null, ...decision }: DecideArgs) {
    return this.answer(actor, await this.service.decide({ ...decision, reason }, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockCountWithdraw(@CurrentActor() actor: Actor, @Args('countId') id: string) {
    return this.answer(actor, await this.service.withdraw(id, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockCountDiscard(@CurrentActor() actor: Actor, @Args('countId') id: string) {
    return this.answer(actor, await this.service.discard(id, keeperOf(actor)));
  }

  @ResolveField()
  isOwn(@Parent() { postedBy }: StockCountView, @CurrentActor() { userId }: Actor): boolean {
    return postedBy === userId;
  }

  @ResolveField()
  async postedBy(@Parent() { postedBy }: StockCountView, @Context() { loaders }: GraphqlContext) {
    if (postedBy === null) return null;
    const { users } = this;
    const byId = loaders.byId(
      UserReader,
      (ids) => users.namesOf(ids),
      ({ id }) => id,
    );
    return (await byId.load(postedBy))?.displayName ?? null;
  }

  @ResolveField()
  async lines(@Parent() count: StockCountView, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const byCount = loaders.listOf(
      StockCountReader,
      (ids) => reader.linesOf(ids),
      ({ countId }) => countId,
    );
    return byCount.load(count.id);
  }

  private async answer<Refusal>(actor: Actor, id: string | Refusal) {
    if (typeof id !== 'string') return id;
    const [count] = await this.reader.byIds([id], merchantsOf(actor, 'STOCK'));
    return { count };
  }
}
