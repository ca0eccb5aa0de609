import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { HouseholdReader } from '#libs/household';
import { InvalidInputError, pageRequest, refused } from '#libs/kernel';
import { PoolAssignmentService, PoolReader, type PoolWish } from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide, Audited, AuditedBelow } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PoolSharesArgs {
  readonly countyCode: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

const UNKNOWN_HOUSEHOLD = { zh: '部分农户不存在', en: 'Some of these households do not exist.' };

@Resolver('HouseholdPool')
export class HouseholdPoolResolver {
  constructor(
    private readonly assignments: PoolAssignmentService,
    private readonly pools: PoolReader,
    private readonly households: HouseholdReader,
  ) {}

  @Query()
  @Allow('POOL_READ')
  @Audited('household_pool.seen')
  async householdPools(@CurrentActor() actor: Actor) {
    assertPlatformWide(actor, 'POOL_READ');
    return this.pools.waiting();
  }

  @Query()
  @Allow('POOL_READ')
  @Audited('household_pool.seen', 'countyCode')
  async poolShares(@CurrentActor() actor: Actor, @Args() { countyCode, first, after }: PoolSharesArgs) {
    assertPlatformWide(actor, 'POOL_READ');
    return this.pools.ofCounty(countyCode, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('POOL_READ')
  @Audited('pool_assignment.seen', 'assignmentId')
  async poolAssignment(@CurrentActor() actor: Actor, @Args('assignmentId') assignmentId: string) {
    assertPlatformWide(actor, 'POOL_READ');
    return this.pools.assignment(assignmentId);
  }

  @Mutation()
  @Allow('POOL_ASSIGN')
  @AuditedBelow('approval.requested')
  async poolAssignmentPropose(@CurrentActor() actor: Actor, @Args('input') input: PoolWish) {
    assertPlatformWide(actor, 'POOL_ASSIGN');
    const known = await this.households.byIds(input.households.map(({ householdId }) => householdId));
    const isKnown = new Set(known.map(({ id }) => id));
    if (input.households.some(({ householdId }) => !isKnown.has(householdId)))
      return new InvalidInputError([{ path: 'households', message: UNKNOWN_HOUSEHOLD }]);
    const id = await this.assignments.propose(input, actor.userId);
    return refused(id) ? id : { assignment: await this.pools.assignment(id) };
  }

  @Mutation()
  @Allow('POOL_ASSIGN_APPROVE')
  @AuditedBelow('approval.approved')
  async poolAssignmentApprove(
    @CurrentActor() actor: Actor,
    @Args('assignmentId') assignmentId: string,
    @Args('reason') reason: string | null = null,
  ) {
    assertPlatformWide(actor, 'POOL_ASSIGN_APPROVE');
    const { userId } = actor;
    const state = await this.assignments.vote({ assignmentId, userId, verdict: 'APPROVE', reason });
    return refused(state) ? state : { assignment: await this.pools.assignment(assignmentId) };
  }

  @Mutation()
  @Allow('POOL_ASSIGN_APPROVE')
  @AuditedBelow('approval.rejected')
  async poolAssignmentReject(
    @CurrentActor() actor: Actor,
    @Args('assignmentId') assignmentId: string,
    @Args('reason') reason: string,
  ) {
    assertPlatformWide(actor, 'POOL_ASSIGN_APPROVE');
    const { userId } = actor;
    const state = await this.assignments.vote({ assignmentId, userId, verdict: 'REJECT', reason });
    return refused(state) ? state : { assignment: await this.pools.assignment(assignmentId) };
  }

  @Mutation()
  @Allow('POOL_ASSIGN')
  @AuditedBelow('approval.withdrawn')
  async poolAssignmentWithdraw(@CurrentActor() actor: Actor, @Args('assignmentId') assignmentId: string) {
    assertPlatformWide(actor, 'POOL_ASSIGN');
    const state = await this.assignments.withdraw(assignmentId, actor.userId);
    return refused(state) ? state : { assignment: await this.pools.assignment(assignmentId) };
  }
}
