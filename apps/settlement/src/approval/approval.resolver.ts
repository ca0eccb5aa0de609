import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { APPROVAL_KINDS, ApprovalReader, type ApprovalRequestRow } from '#libs/approval';
import { UserReader } from '#libs/identity';
import { type Page, pageRequest } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { VOTER_OF } from './approval-kind.rules.js';

@Resolver('ApprovalRequest')
export class ApprovalResolver {
  constructor(
    private readonly requests: ApprovalReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('APPROVAL_READ')
  approvals(
    @CurrentActor() actor: Actor,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<ApprovalRequestRow>> {
    // Requests have no divisions: a role within one does not reach them.
    const kinds = APPROVAL_KINDS.filter((kind) => divisionsOf(actor, VOTER_OF[kind]) === 'ALL');
    return this.requests.waiting(kinds, orThrow(pageRequest(first, after, 1)), actor.userId);
  }

  @ResolveField()
  kind(@Parent() { subjectKind }: ApprovalRequestRow) {
    return subjectKind;
  }

  @ResolveField()
  async requestedBy(
    @Parent() { requestedBy: id }: ApprovalRequestRow,
    @Context() { loaders }: GraphqlContext,
  ) {
    const { users } = this;
    const byId = loaders.byId(
      UserReader,
      (ids) => users.namesOf(ids),
      (user) => user.id,
    );
    return { id, name: (await byId.load(id))?.displayName ?? null };
  }
}
