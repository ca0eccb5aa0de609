import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  APPROVAL_KINDS,
  type ApprovalKind,
  ApprovalReader,
  type ApprovalRequestRow,
  type ApprovalVoteRow,
} from '#libs/approval';
import { UserReader } from '#libs/identity';
import { type Page, pageRequest } from '#libs/kernel';
import { MonthCloseReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { OF_DIVISION, OF_REGISTER, VOTER_OF } from './approval-kind.rules.js';
import { type Person, personOf } from './person.loader.js';
import { votesOf } from './vote.loader.js';

@Resolver('ApprovalRequest')
export class ApprovalResolver {
  constructor(
    private readonly requests: ApprovalReader,
    private readonly users: UserReader,
    private readonly months: MonthCloseReader,
  ) {}

  @Query()
  @Allow('APPROVAL_READ')
  async approvals(
    @CurrentActor() actor: Actor,
    @Args('first') first: number | null = null,
    @Args('after') after: string | null = null,
  ): Promise<Page<ApprovalRequestRow>> {
    const page = orThrow(pageRequest(first, after, 1));
    const within = OF_DIVISION.flatMap((kind) => {
      const scope = divisionsOf(actor, VOTER_OF[kind]);
      return scope === 'ALL' || scope.length === 0 ? [] : [{ kind, scope }];
    });
    return this.requests.waiting(await this.kindsFor(actor), page, actor.userId, within);
  }

  @ResolveField()
  kind(@Parent() { subjectKind }: ApprovalRequestRow) {
    return subjectKind;
  }

  @ResolveField()
  requestedBy(
    @Parent() { requestedBy: id }: ApprovalRequestRow,
    @Context() context: GraphqlContext,
  ): Promise<Person> {
    return personOf(id, this.users, context);
  }

  @ResolveField()
  votes(
    @Parent() { id }: ApprovalRequestRow,
    @Context() context: GraphqlContext,
  ): Promise<ApprovalVoteRow[]> {
    return votesOf(id, this.requests, context);
  }

  /** On which somebody could vote wherever it lies. */
  private async kindsFor(actor: Actor): Promise<ApprovalKind[]> {
    const kinds: ApprovalKind[] = [];
    for (const kind of APPROVAL_KINDS) {
      const scope = divisionsOf(actor, VOTER_OF[kind]);
      const isOfRegister = OF_REGISTER.includes(kind) && scope.length > 0;
      if (isOfRegister ? await this.months.isKeptBy(scope) : scope === 'ALL') kinds.push(kind);
    }
    return kinds;
  }
}

@Resolver('ApprovalVote')
export class ApprovalVoteResolver {
  constructor(private readonly users: UserReader) {}

  @ResolveField()
  by(@Parent() { userId }: ApprovalVoteRow, @Context() context: GraphqlContext): Promise<Person> {
    return personOf(userId, this.users, context);
  }
}
