import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import {
  VAN_WRITE_OFF_KEY_PARTS,
  type VanWriteOffFilter,
  VanWriteOffReader,
  VanWriteOffService,
  type WriteOffDecision,
  type WriteOffWish,
} from '#libs/restocking';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends VanWriteOffFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

type DecideArgs = Omit<WriteOffDecision, 'reason'> & { readonly reason?: string | null };

const scopeOf = (actor: Actor) => ({ merchantIds: merchantsOf(actor, 'COUNTER') });

@Resolver()
export class VanWriteOffResolver {
  constructor(
    private readonly service: VanWriteOffService,
    private readonly reader: VanWriteOffReader,
  ) {}

  @Query()
  @Allow('COUNTER')
  vanWriteOffs(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: PageArgs) {
    return this.reader.page(
      scopeOf(actor),
      filter,
      orThrow(pageRequest(first, after, VAN_WRITE_OFF_KEY_PARTS)),
    );
  }

  @Mutation()
  @Allow('COUNTER')
  async vanWriteOffRequest(@CurrentActor() actor: Actor, @Args() wish: WriteOffWish) {
    const scope = scopeOf(actor);
    const owner = { userId: actor.userId, managed: scope.merchantIds, restocked: [] };
    const id = await this.service.request(wish, owner);
    return refused(id) ? id : { writeOff: await this.reader.byId(id, scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async vanWriteOffDecide(@CurrentActor() actor: Actor, @Args() { reason = null, ...decision }: DecideArgs) {
    const scope = scopeOf(actor);
    const id = await this.service.decide({ ...decision, reason }, { userId: actor.userId, scope });
    return refused(id) ? id : { writeOff: await this.reader.byId(id, scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async vanWriteOffWithdraw(@CurrentActor() actor: Actor, @Args('writeOffId') writeOffId: string) {
    const scope = scopeOf(actor);
    const id = await this.service.withdraw(writeOffId, { userId: actor.userId, scope });
    return refused(id) ? id : { writeOff: await this.reader.byId(id, scope) };
  }
}
