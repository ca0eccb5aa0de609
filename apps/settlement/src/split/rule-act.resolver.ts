import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { refused } from '#libs/kernel';
import { type RuleKind, SplitRuleService } from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';

interface RejectArgs {
  readonly ruleId: string;
  readonly reason: string;
}

interface ApproveArgs {
  readonly ruleId: string;
  readonly reason?: string | null;
}

/** From a draft to a version in force: the same steps for both kinds of rules. */
@Resolver()
export class RuleActResolver {
  constructor(private readonly rules: SplitRuleService) {}

  @Mutation()
  @Allow('SPLIT_RULE_PROPOSE')
  async splitRulePropose(@CurrentActor() actor: Actor, @Args('ruleId') ruleId: string) {
    const rule = await this.propose(actor, 'SPLIT_RULE', ruleId);
    return refused(rule) ? rule : { splitRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_PROPOSE')
  async contributionRulePropose(@CurrentActor() actor: Actor, @Args('ruleId') ruleId: string) {
    const rule = await this.propose(actor, 'CONTRIBUTION_RULE', ruleId);
    return refused(rule) ? rule : { contributionRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_APPROVE')
  async splitRuleApprove(@CurrentActor() actor: Actor, @Args() args: ApproveArgs) {
    const rule = await this.vote(actor, 'SPLIT_RULE', args, 'APPROVE');
    return refused(rule) ? rule : { splitRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_APPROVE')
  async contributionRuleApprove(@CurrentActor() actor: Actor, @Args() args: ApproveArgs) {
    const rule = await this.vote(actor, 'CONTRIBUTION_RULE', args, 'APPROVE');
    return refused(rule) ? rule : { contributionRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_APPROVE')
  async splitRuleReject(@CurrentActor() actor: Actor, @Args() args: RejectArgs) {
    const rule = await this.vote(actor, 'SPLIT_RULE', args, 'REJECT');
    return refused(rule) ? rule : { splitRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_APPROVE')
  async contributionRuleReject(@CurrentActor() actor: Actor, @Args() args: RejectArgs) {
    const rule = await this.vote(actor, 'CONTRIBUTION_RULE', args, 'REJECT');
    return refused(rule) ? rule : { contributionRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_PROPOSE')
  async splitRuleWithdraw(@CurrentActor() actor: Actor, @Args('ruleId') ruleId: string) {
    const rule = await this.withdraw(actor, 'SPLIT_RULE', ruleId);
    return refused(rule) ? rule : { splitRule: rule };
  }

  @Mutation()
  @Allow('SPLIT_RULE_PROPOSE')
  async contributionRuleWithdraw(@CurrentActor() actor: Actor, @Args('ruleId') ruleId: string) {
    const rule = await this.withdraw(actor, 'CONTRIBUTION_RULE', ruleId);
    return refused(rule) ? rule : { contributionRule: rule };
  }

  private propose(actor: Actor, kind: RuleKind, ruleId: string) {
    assertPlatformWide(actor, 'SPLIT_RULE_PROPOSE');
    return this.rules.propose(kind, ruleId, actor.userId);
  }

  private vote(actor: Actor, kind: RuleKind, { ruleId, reason = null }: ApproveArgs, verdict: Verdict) {
    assertPlatformWide(actor, 'SPLIT_RULE_APPROVE');
    return this.rules.vote(kind, { ruleId, userId: actor.userId, verdict, reason });
  }

  private withdraw(actor: Actor, kind: RuleKind, ruleId: string) {
    assertPlatformWide(actor, 'SPLIT_RULE_PROPOSE');
    return this.rules.withdraw(kind, ruleId, actor.userId);
  }
}
