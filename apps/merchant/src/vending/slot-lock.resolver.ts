import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type CabinetActor, CabinetReader, OperatorLockService } from '#libs/counter';
import { refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

function operatorOf(actor: Actor): CabinetActor {
  return { userId: actor.userId, scope: { merchantIds: merchantsOf(actor, 'COUNTER') } };
}

@Resolver()
export class SlotLockResolver {
  constructor(
    private readonly locks: OperatorLockService,
    private readonly cabinets: CabinetReader,
  ) {}

  @Mutation()
  @Allow('COUNTER')
  async slotLock(
    @CurrentActor() actor: Actor,
    @Args('cabinetId') cabinetId: string,
    @Args('slotCode') slotCode: string,
    @Args('reason') reason: string,
  ) {
    const by = operatorOf(actor);
    const id = await this.locks.lock(cabinetId, slotCode, reason, by);
    return refused(id) ? id : { cabinet: await this.cabinets.byId(id, by.scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async slotUnlock(
    @CurrentActor() actor: Actor,
    @Args('cabinetId') cabinetId: string,
    @Args('slotCode') slotCode: string,
  ) {
    const by = operatorOf(actor);
    const id = await this.locks.unlock(cabinetId, slotCode, by);
    return { cabinet: await this.cabinets.byId(id, by.scope) };
  }
}
