import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import {
  CorrectionService,
  FLAG_KEY_PARTS,
  type FlagState,
  IntegrityFlagReader,
  type IntegrityFlagRow,
  IntegrityFlagService,
  type IntegrityRule,
} from '#libs/integrity';
import { MerchantReader } from '#libs/merchant';
import { pageRequest, present, refused } from '#libs/kernel';
import { type SaleFact, SaleFactReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { productNameOf } from '../volume/product-name.loader.js';

interface DecisionArgs {
  readonly id: string;
  readonly reason: string;
}

function reviewerOf(actor: Actor) {
  return { userId: actor.userId, scope: divisionsOf(actor, 'VOLUME_REVIEW') };
}

@Resolver('IntegrityFlag')
export class IntegrityFlagResolver {
  constructor(
    private readonly service: IntegrityFlagService,
    private readonly reader: IntegrityFlagReader,
    private readonly sales: SaleFactReader,
    private readonly corrections: CorrectionService,
    private readonly merchants: MerchantReader,
  ) {}

  @Query()
  @Allow('REVIEW_READ')
  integrityFlags(
    @CurrentActor() actor: Actor,
    @Args()
    {
      states,
      first,
      after,
    }: {
      readonly states?: readonly FlagState[] | null;
      readonly first?: number | null;
      readonly after?: string | null;
    },
  ) {
    const page = orThrow(pageRequest(first, after, FLAG_KEY_PARTS));
    const scope = { divisions: divisionsOf(actor, 'REVIEW_READ') };
    return this.reader.page(scope, states ?? ['OPEN', 'APPEALED'], page);
  }

  @Query()
  @Allow('REVIEW_READ')
  integrityFlag(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { divisions: divisionsOf(actor, 'REVIEW_READ') });
  }

  @Query()
  @Allow('REVIEW_READ')
  integrityThresholds() {
    return this.reader.thresholds();
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  async integrityFlagDismiss(@CurrentActor() actor: Actor, @Args() { id, reason }: DecisionArgs) {
    const done = await this.service.dismiss(id, reason, reviewerOf(actor));
    return refused(done) ? done : { flag: await this.flag(actor, done) };
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  async integrityFlagConfirm(@CurrentActor() actor: Actor, @Args() { id, reason }: DecisionArgs) {
    const done = await this.service.confirm(id, reason, reviewerOf(actor));
    return refused(done) ? done : { flag: await this.flag(actor, done) };
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  async integrityAppealDecide(
    @CurrentActor() actor: Actor,
    @Args() { id, isGranted, reason }: DecisionArgs & { readonly isGranted: boolean },
  ) {
    const verdict = isGranted ? 'OVERTURNED' : 'UPHELD';
    const done = await this.service.decideAppeal(id, verdict, reason, reviewerOf(actor));
    return refused(done) ? done : { flag: await this.flag(actor, done) };
  }

  @Mutation()
  @Allow('INTAKE_ADMIN')
  async integrityThresholdSet(
    @CurrentActor() { userId }: Actor,
    @Args() {
      rule,
      name,
      value,
    }: { readonly rule: IntegrityRule; readonly name: string; readonly value: number },
  ) {
    const refusal = await this.service.setThreshold(rule, name, Math.trunc(value), userId);
    return refusal ?? { thresholds: await this.reader.thresholds() };
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
  effect(@Parent() flag: IntegrityFlagRow) {
    return this.corrections.effectOf(flag);
  }

  /** Asked together: the reader gathers what is wanted at once. */
  @ResolveField()
  async merchantName(@Parent() { merchantId }: IntegrityFlagRow) {
    return merchantId === '' ? '' : ((await this.merchants.byId(merchantId))?.name ?? merchantId);
  }

  @ResolveField()
  steps(@Parent() { id }: IntegrityFlagRow) {
    return this.reader.stepsOf(id);
  }

  private async flag(actor: Actor, id: string): Promise<IntegrityFlagRow> {
    const scope = { divisions: divisionsOf(actor, 'VOLUME_REVIEW') };
    return present(await this.reader.byId(id, scope), 'the flag just decided');
  }
}

@Resolver('IntegrityFact')
export class IntegrityFactResolver {
  constructor(private readonly products: ProductNameReader) {}

  @ResolveField()
  product(@Parent() { productId }: { readonly productId: string }, @Context() context: GraphqlContext) {
    return productNameOf(productId, this.products, context);
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
