import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { Clock, NotFound, type Page, businessDay, isId, pageRequest, refused } from '#libs/kernel';
import {
  type PayoutPolicyChangeId,
  PayoutPolicyReader,
  PayoutPolicyService,
  type PolicyChangeRow,
  type PolicyWish,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface DecideInput {
  readonly changeId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

function changeIdOf(text: string): PayoutPolicyChangeId {
  if (!isId('ppc', text)) throw new NotFound('PayoutPolicyChange', text);
  return text;
}

@Resolver('PayoutPolicy')
export class PayoutPolicyResolver {
  constructor(
    private readonly reader: PayoutPolicyReader,
    private readonly service: PayoutPolicyService,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('PAYOUT_READ')
  async payoutPolicies(@CurrentActor() actor: Actor) {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return (await this.reader.on(businessDay(this.clock.now()))).all();
  }

  @Query()
  @Allow('PAYOUT_READ')
  async payoutPolicyChanges(
    @CurrentActor() actor: Actor,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<PolicyChangeRow>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.reader.changes(orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutPolicyPropose(@CurrentActor() actor: Actor, @Args('input') input: PolicyWish) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const change = await this.service.propose(input, actor.userId);
    return refused(change) ? change : { change };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  async payoutPolicyDecide(@CurrentActor() actor: Actor, @Args('input') input: DecideInput) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const { verdict, reason = null } = input;
    const decision = { changeId: changeIdOf(input.changeId), verdict, reason, userId: actor.userId };
    const change = await this.service.decide(decision);
    return refused(change) ? change : { change };
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutPolicyWithdraw(@CurrentActor() actor: Actor, @Args('changeId') changeId: string) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const change = await this.service.withdraw(changeIdOf(changeId), actor.userId);
    return refused(change) ? change : { change };
  }
}
