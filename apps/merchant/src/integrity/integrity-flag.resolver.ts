import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type Appeal,
  FLAG_KEY_PARTS,
  IntegrityFlagReader,
  type IntegrityFlagRow,
  IntegrityFlagService,
} from '#libs/integrity';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { type SaleFact, SaleFactReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface FlagsArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('IntegrityFlag')
export class IntegrityFlagResolver {
  constructor(
    private readonly service: IntegrityFlagService,
    private readonly reader: IntegrityFlagReader,
    private readonly sales: SaleFactReader,
  ) {}

  @Query()
  @Allow('CLAIM')
  integrityFlags(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: FlagsArgs) {
    if (!merchantsOf(actor, 'CLAIM').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, FLAG_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, null, page);
  }

  @Mutation()
  @Allow('CLAIM')
  async integrityFlagAppeal(@CurrentActor() actor: Actor, @Args('input') input: Appeal) {
    const merchantIds = merchantsOf(actor, 'CLAIM');
    const appealed = await this.service.appeal(input, { userId: actor.userId, merchantIds });
    if (refused(appealed)) return appealed;
    return { flag: present(await this.reader.byId(appealed, { merchantIds }), 'the flag just appealed') };
  }

  @ResolveField()
  numbers(@Parent() { numbers }: IntegrityFlagRow) {
    return Object.entries(numbers).map(([name, value]) => ({ name, value }));
  }

  @ResolveField()
  async facts(@Parent() { id }: IntegrityFlagRow, @Context() { loaders }: GraphqlContext) {
    const { sales } = this;
    const byId = loaders.byId<SaleFact>(
      SaleFactReader,
      (ids) => sales.byIds(ids),
      (fact) => fact.id,
    );
    const facts = await Promise.all((await this.reader.factIdsOf(id)).map((factId) => byId.load(factId)));
    return facts.flatMap((fact) => (fact ? [shownOf(fact)] : []));
  }

  @ResolveField()
  steps(@Parent() { id }: IntegrityFlagRow) {
    return this.reader.stepsOf(id);
  }
}

function shownOf({
  id,
  sourceSystem,
  sourceOrderNo,
  sourceLineNo,
  productId,
  recognisedFen,
  eventAt,
}: SaleFact) {
  return {
    id,
    sourceSystem,
    orderNo: sourceOrderNo,
    lineNo: sourceLineNo,
    productId,
    recognisedFen,
    at: eventAt,
  };
}
