import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { MembershipReader, type TeamRole, TeamService } from '#libs/identity';
import { NotFound, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

function assertOwn(actor: Actor, merchantId: string): void {
  if (!merchantsOf(actor, 'TEAM').includes(merchantId)) throw new NotFound('Merchant', merchantId);
}

@Resolver()
export class TeamResolver {
  constructor(
    private readonly team: TeamService,
    private readonly reader: MembershipReader,
  ) {}

  @Query()
  @Allow('TEAM')
  merchantTeam(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    assertOwn(actor, merchantId);
    return this.reader.teamOf(merchantId);
  }

  /** A role is in the way of being forgotten: so everybody may leave. */
  @Mutation()
  @Allow('ACCOUNT')
  async teamMemberEnd(
    @CurrentActor() actor: Actor,
    @Args()
    {
      merchantId,
      userId,
      role,
    }: { readonly merchantId: string; readonly userId: string; readonly role: TeamRole },
  ) {
    const isOwner = merchantsOf(actor, 'TEAM').includes(merchantId);
    if (userId !== actor.userId) assertOwn(actor, merchantId);
    const ended = await this.team.end(merchantId, { userId, role }, actor.userId);
    if (refused(ended)) return ended;
    return { team: isOwner ? await this.reader.teamOf(merchantId) : [] };
  }
}
