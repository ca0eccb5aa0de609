import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { VEND_KEY_PARTS, VendBreakService, type VendFilter, VendReader, type VendRow } from '#libs/vending';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One of the merchants that one runs cabinets for. */
function ownOf(actor: Actor, merchantId: string) {
  if (!merchantsOf(actor, 'COUNTER').includes(merchantId)) throw new NotFound('Merchant', merchantId);
  return { merchantIds: [merchantId] };
}

@Resolver('Vend')
export class VendResolver {
  constructor(
    private readonly reader: VendReader,
    private readonly breaks: VendBreakService,
  ) {}

  @Query()
  @Allow('COUNTER')
  vends(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after, ...filter }: VendFilter & PageArgs,
  ) {
    const scope = ownOf(actor, merchantId);
    const page = orThrow(pageRequest(first, after, VEND_KEY_PARTS));
    return this.reader.page(scope, filter, page);
  }

  @Query()
  @Allow('COUNTER')
  vendBreaks(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, isOpen, first, after }: PageArgs & { readonly isOpen?: boolean | null },
  ) {
    const scope = ownOf(actor, merchantId);
    const page = orThrow(pageRequest(first, after, VEND_KEY_PARTS));
    return this.reader.breaks(scope, isOpen ?? null, page);
  }

  @Mutation()
  @Allow('COUNTER')
  async vendBreakResolve(
    @CurrentActor() actor: Actor,
    @Args('breakId') breakId: string,
    @Args('note') note: string,
  ) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const resolved = await this.breaks.resolve(breakId, note, { userId: actor.userId, scope });
    return refused(resolved) ? resolved : { vendBreak: await this.reader.breakById(resolved, scope) };
  }

  @ResolveField()
  items(@Parent() { id }: VendRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${VendReader.name}.items`,
        (ids) => reader.itemsOf(ids),
        (item) => item.vendId,
      )
      .load(id);
  }
}
