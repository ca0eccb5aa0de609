import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import {
  VAN_WRITE_OFF_KEY_PARTS,
  type VanWriteOffFilter,
  VanWriteOffReader,
  VanWriteOffService,
  type WriteOffDecision,
} from '#libs/restocking';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends VanWriteOffFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

type DecideArgs = Omit<WriteOffDecision, 'reason'> & { readonly reason?: string | null };

@Resolver()
export class VanWriteOffResolver {
  constructor(
    private readonly service: VanWriteOffService,
    private readonly reader: VanWriteOffReader,
  ) {}

  @Query()
  @Allow('COUNTER_READ')
  vanWriteOffs(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: PageArgs) {
    const scope = { divisions: divisionsOf(actor, 'COUNTER_READ') };
    return this.reader.page(scope, filter, orThrow(pageRequest(first, after, VAN_WRITE_OFF_KEY_PARTS)));
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async vanWriteOffDecide(@CurrentActor() actor: Actor, @Args() { reason = null, ...decision }: DecideArgs) {
    const scope = { divisions: divisionsOf(actor, 'COUNTER_MANAGE') };
    const id = await this.service.decide({ ...decision, reason }, { userId: actor.userId, scope });
    return refused(id) ? id : { writeOff: await this.reader.byId(id, scope) };
  }
}
