import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { UserReader } from '#libs/identity';
import { NotFound, type Page, isId, pageRequest, refused } from '#libs/kernel';
import {
  type CreditTermId,
  CreditTermReader,
  type CreditTermRow,
  CreditTermService,
  type CreditTermWish,
} from '#libs/procurement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

interface TermsArgs {
  readonly unitId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface DecideInput {
  readonly creditTermId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

function termIdOf(text: string): CreditTermId {
  if (!isId('ctm', text)) throw new NotFound('CreditTerm', text);
  return text;
}

@Resolver('CreditTerm')
export class CreditTermResolver {
  constructor(
    private readonly terms: CreditTermService,
    private readonly reader: CreditTermReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('RECEIVABLE_READ')
  async creditTerms(
    @CurrentActor() actor: Actor,
    @Args() { unitId = null, first, after }: TermsArgs,
  ): Promise<Page<CreditTermRow>> {
    assertPlatformWide(actor, 'RECEIVABLE_READ');
    return this.reader.page(unitId, orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('CREDIT_TERM_SET')
  async creditTermPropose(@CurrentActor() actor: Actor, @Args('input') input: CreditTermWish) {
    assertPlatformWide(actor, 'CREDIT_TERM_SET');
    const creditTerm = await this.terms.propose(input, actor.userId);
    return refused(creditTerm) ? creditTerm : { creditTerm };
  }

  @Mutation()
  @Allow('CREDIT_TERM_SET')
  async creditTermDecide(@CurrentActor() actor: Actor, @Args('input') input: DecideInput) {
    assertPlatformWide(actor, 'CREDIT_TERM_SET');
    const { creditTermId: id, verdict, reason = null } = input;
    const decision = { creditTermId: termIdOf(id), verdict, reason, userId: actor.userId };
    const creditTerm = await this.terms.decide(decision);
    return refused(creditTerm) ? creditTerm : { creditTerm };
  }

  @Mutation()
  @Allow('CREDIT_TERM_SET')
  async creditTermWithdraw(@CurrentActor() actor: Actor, @Args('creditTermId') creditTermId: string) {
    assertPlatformWide(actor, 'CREDIT_TERM_SET');
    const creditTerm = await this.terms.withdraw(termIdOf(creditTermId), actor.userId);
    return refused(creditTerm) ? creditTerm : { creditTerm };
  }

  @ResolveField()
  proposedBy(
    @Parent() { proposedBy: id }: CreditTermRow,
    @Context() context: GraphqlContext,
  ): Promise<Person> {
    return personOf(id, this.users, context);
  }
}
