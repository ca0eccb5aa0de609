import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ApprovalReader } from '#libs/approval';
import { pageRequest, refused } from '#libs/kernel';
import {
  type ContributionRuleDraft,
  type ContributionRuleVersion,
  SplitRuleReader,
  SplitRuleService,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { votesOn } from './rule-vote.loader.js';
import type { RulesArgs } from './split-rule.resolver.js';

type DraftInput = Omit<ContributionRuleDraft, 'channelKind'> & { readonly channelKind?: string | null };

@Resolver('ContributionRule')
export class ContributionRuleResolver {
  constructor(
    private readonly rules: SplitRuleService,
    private readonly reader: SplitRuleReader,
    private readonly approvals: ApprovalReader,
  ) {}

  @Query()
  @Allow('SPLIT_RULE_READ')
  async contributionRules(@CurrentActor() actor: Actor, @Args() { states, scope, first, after }: RulesArgs) {
    assertPlatformWide(actor, 'SPLIT_RULE_READ');
    const filter = { states: states ?? null, scopeKey: scope ?? null };
    return this.reader.contributionRules(filter, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('SPLIT_RULE_READ')
  async contributionRule(@CurrentActor() actor: Actor, @Args('ruleId') ruleId: string) {
    assertPlatformWide(actor, 'SPLIT_RULE_READ');
    return this.reader.contributionRule(ruleId);
  }

  @Mutation()
  @Allow('SPLIT_RULE_PROPOSE')
  async contributionRuleDraft(@CurrentActor() actor: Actor, @Args('input') input: DraftInput) {
    assertPlatformWide(actor, 'SPLIT_RULE_PROPOSE');
    const draft = { ...input, channelKind: input.channelKind ?? '*' };
    const ruleId = await this.rules.draftContribution(draft, actor.userId);
    return refused(ruleId) ? ruleId : { contributionRule: await this.reader.contributionRule(ruleId) };
  }

  @ResolveField()
  scope(@Parent() { scopeKey }: ContributionRuleVersion) {
    return scopeKey;
  }

  @ResolveField()
  channelKind(@Parent() { channelKind }: ContributionRuleVersion) {
    return channelKind === '*' ? null : channelKind;
  }

  @ResolveField()
  createdBy(@Parent() { createdBy }: ContributionRuleVersion) {
    return createdBy || null;
  }

  @ResolveField()
  votes(@Parent() rule: ContributionRuleVersion, @Context() context: GraphqlContext) {
    return votesOn(rule, this.approvals, context);
  }
}
