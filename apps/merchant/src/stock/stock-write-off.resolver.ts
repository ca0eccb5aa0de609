import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UserReader } from '#libs/identity';
import { NotFound, pageRequest } from '#libs/kernel';
import {
  STOCK_WRITE_OFF_KEY_PARTS,
  type StockWriteOffDecision,
  StockWriteOffReader,
  StockWriteOffService,
  type StockWriteOffState,
  type StockWriteOffView,
  type StockWriteOffWish,
} from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly state?: StockWriteOffState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type Input = Omit<StockWriteOffWish, 'channelPointId' | 'transferId' | 'note'> & {
  readonly note?: string | null;
  readonly channelPointId?: string | null;
  readonly transferId?: string | null;
};
type DecideArgs = Omit<StockWriteOffDecision, 'reason'> & { readonly reason?: string | null };

const keeperOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'STOCK') });

@Resolver('StockWriteOff')
export class StockWriteOffResolver {
  constructor(
    private readonly service: StockWriteOffService,
    private readonly reader: StockWriteOffReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('STOCK')
  stockWriteOffs(@CurrentActor() actor: Actor, @Args() { merchantId, state, first, after }: PageArgs) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const request = orThrow(pageRequest(first, after, STOCK_WRITE_OFF_KEY_PARTS));
    return this.reader.page(merchantId, state ?? null, request);
  }

  @Mutation()
  @Allow('STOCK')
  async stockWriteOffRequest(
    @CurrentActor() actor: Actor,
    @Args('input') { channelPointId = null, transferId = null, note, ...input }: Input,
  ) {
    const wish = { ...input, channelPointId, transferId, note: note ?? '' };
    return this.answer(actor, await this.service.request(wish, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockWriteOffDecide(
    @CurrentActor() actor: Actor,
    @Args() { reason = null, ...decision }: DecideArgs,
  ) {
    return this.answer(actor, await this.service.decide({ ...decision, reason }, keeperOf(actor)));
  }

  @Mutation()
  @Allow('STOCK')
  async stockWriteOffWithdraw(@CurrentActor() actor: Actor, @Args('writeOffId') writeOffId: string) {
    return this.answer(actor, await this.service.withdraw(writeOffId, keeperOf(actor)));
  }

  @ResolveField()
  isOwn(@Parent() { requestedBy }: StockWriteOffView, @CurrentActor() { userId }: Actor): boolean {
    return requestedBy === userId;
  }

  @ResolveField()
  async requestedBy(@Parent() { requestedBy }: StockWriteOffView, @Context() { loaders }: GraphqlContext) {
    const { users } = this;
    const byId = loaders.byId(
      UserReader,
      (ids) => users.namesOf(ids),
      ({ id }) => id,
    );
    return (await byId.load(requestedBy))?.displayName ?? null;
  }

  @ResolveField()
  lines(@Parent() { id }: StockWriteOffView, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const byWriteOff = loaders.listOf(
      'StockWriteOffReader.linesOf',
      (ids) => reader.linesOf(ids),
      ({ writeOffId }) => writeOffId,
    );
    return byWriteOff.load(id);
  }

  private async answer<Refusal>(actor: Actor, id: string | Refusal) {
    if (typeof id !== 'string') return id;
    const [writeOff] = await this.reader.byIds([id], merchantsOf(actor, 'STOCK'));
    return { writeOff };
  }
}
