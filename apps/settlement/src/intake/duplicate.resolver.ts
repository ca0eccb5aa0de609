import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import {
  DUPLICATE_KEY_PARTS,
  DuplicateReader,
  DuplicateService,
  type DuplicateState,
  IntakeEffectService,
  type LookalikeRow,
  type SuspectedDuplicateId,
  type SuspectedDuplicateRow,
} from '#libs/intake';
import { pageRequest, present, refused } from '#libs/kernel';
import { SaleFactReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { countyOf } from '../volume/county.loader.js';
import { productNameOf } from '../volume/product-name.loader.js';

interface DuplicatesArgs {
  readonly states?: readonly DuplicateState[] | null;
  readonly subjectId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface DecisionArgs {
  readonly id: string;
  readonly reason: string;
}

@Resolver('SuspectedDuplicate')
export class DuplicateResolver {
  constructor(
    private readonly service: DuplicateService,
    private readonly reader: DuplicateReader,
    private readonly facts: SaleFactReader,
    private readonly effects: IntakeEffectService,
  ) {}

  @Query()
  @Allow('REVIEW_READ')
  suspectedDuplicates(
    @CurrentActor() actor: Actor,
    @Args() { states, subjectId, first, after }: DuplicatesArgs,
  ) {
    const page = orThrow(pageRequest(first, after, DUPLICATE_KEY_PARTS));
    const scope = divisionsOf(actor, 'REVIEW_READ');
    return this.reader.page(states ?? ['HELD'], subjectId ?? null, scope, page);
  }

  @Query()
  @Allow('REVIEW_READ')
  suspectedDuplicate(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, divisionsOf(actor, 'REVIEW_READ'));
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  async suspectedDuplicateClear(@CurrentActor() actor: Actor, @Args() { id, reason }: DecisionArgs) {
    const decided = await this.service.decide(id, 'CLEARED', reason, reviewerOf(actor));
    return refused(decided) ? decided : { suspectedDuplicate: await this.duplicate(actor, decided) };
  }

  @Mutation()
  @Allow('VOLUME_REVIEW')
  async suspectedDuplicateConfirm(@CurrentActor() actor: Actor, @Args() { id, reason }: DecisionArgs) {
    const decided = await this.service.decide(id, 'CONFIRMED', reason, reviewerOf(actor));
    return refused(decided) ? decided : { suspectedDuplicate: await this.duplicate(actor, decided) };
  }

  @ResolveField()
  effect(@Parent() duplicate: SuspectedDuplicateRow) {
    return this.effects.ofDuplicate(duplicate);
  }

  @ResolveField()
  async later(@Parent() duplicate: SuspectedDuplicateRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const isRow = duplicate.subjectKind === 'INTAKE_ROW';
    // A claim that was mended has it no longer.
    return loaders
      .byId<LookalikeRow & { readonly id: string }>(
        `${DuplicateReader.name}.${duplicate.subjectKind}`,
        (ids) => (isRow ? reader.rowsByIds(ids) : reader.claimLinesByIds(ids)),
        ({ id }) => id,
      )
      .load(duplicate.lineId);
  }

  @ResolveField()
  async earlier(
    @Parent() { factId, amountFen }: SuspectedDuplicateRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<LookalikeRow> {
    const { facts } = this;
    const found = await loaders
      .byId(
        SaleFactReader,
        (ids) => facts.byIds(ids),
        ({ id }) => id,
      )
      .load(factId);
    const fact = present(found, 'the fact that it looks like');
    return {
      ...fact,
      orderNo: fact.sourceOrderNo,
      lineNo: fact.sourceLineNo,
      amountFen,
      day: fact.originDay,
    };
  }

  private async duplicate(actor: Actor, id: SuspectedDuplicateId): Promise<SuspectedDuplicateRow> {
    return present(await this.reader.byId(id, divisionsOf(actor, 'VOLUME_REVIEW')), 'what was just decided');
  }
}

function reviewerOf(actor: Actor) {
  return { userId: actor.userId, scope: divisionsOf(actor, 'VOLUME_REVIEW'), organisations: actor.grants };
}

/** Names for the codes of a line. */
@Resolver('DuplicateLine')
export class DuplicateLineResolver {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly products: ProductNameReader,
  ) {}

  @ResolveField()
  county(@Parent() { originCountyCode }: LookalikeRow, @Context() context: GraphqlContext) {
    return countyOf(originCountyCode, this.divisions, context);
  }

  @ResolveField()
  product(@Parent() { productId }: LookalikeRow, @Context() context: GraphqlContext) {
    return productNameOf(productId, this.products, context);
  }
}
