import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import { VEND_KEY_PARTS, VendBreakService, type VendFilter, VendReader, type VendRow } from '#libs/vending';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Vend')
export class VendResolver {
  constructor(
    private readonly reader: VendReader,
    private readonly breaks: VendBreakService,
  ) {}

  @Query()
  @Allow('COUNTER_READ')
  vends(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: VendFilter & PageArgs) {
    const page = orThrow(pageRequest(first, after, VEND_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'COUNTER_READ') }, filter, page);
  }

  @Query()
  @Allow('COUNTER_READ')
  vendBreaks(
    @CurrentActor() actor: Actor,
    @Args() { isOpen, first, after }: PageArgs & { readonly isOpen?: boolean | null },
  ) {
    const page = orThrow(pageRequest(first, after, VEND_KEY_PARTS));
    return this.reader.breaks({ divisions: divisionsOf(actor, 'COUNTER_READ') }, isOpen ?? null, page);
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async vendBreakResolve(
    @CurrentActor() actor: Actor,
    @Args('breakId') breakId: string,
    @Args('note') note: string,
  ) {
    const scope = { divisions: divisionsOf(actor, 'COUNTER_MANAGE') };
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
