import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type CabinetActor, CabinetReader, type CabinetRow } from '#libs/counter';
import { refused } from '#libs/kernel';
import {
  type Counting,
  type Filling,
  type PlanInput,
  PlanogramService,
  SlotFillingService,
} from '#libs/vending';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

interface PlanogramArgs {
  readonly cabinetId: string;
  readonly revision: number;
  readonly slots: readonly PlanInput[];
}

function operatorOf(actor: Actor): CabinetActor {
  return { userId: actor.userId, scope: { merchantIds: merchantsOf(actor, 'COUNTER') } };
}

@Resolver()
export class VendingResolver {
  constructor(
    private readonly planograms: PlanogramService,
    private readonly fillings: SlotFillingService,
    private readonly cabinets: CabinetReader,
  ) {}

  @Mutation()
  @Allow('COUNTER')
  async planogramSet(@CurrentActor() actor: Actor, @Args() { cabinetId, revision, slots }: PlanogramArgs) {
    const set = await this.planograms.set(cabinetId, revision, slots, operatorOf(actor));
    return refused(set) ? set : this.own(actor, set);
  }

  @Mutation()
  @Allow('COUNTER')
  async slotFill(@CurrentActor() actor: Actor, @Args() filling: Filling) {
    const filled = await this.fillings.fill(filling, operatorOf(actor));
    return refused(filled) ? filled : this.own(actor, filled);
  }

  @Mutation()
  @Allow('COUNTER')
  async slotCount(@CurrentActor() actor: Actor, @Args() counting: Counting) {
    const counted = await this.fillings.count(counting, operatorOf(actor));
    return refused(counted) ? counted : this.own(actor, counted);
  }

  private async own(actor: Actor, id: string): Promise<{ cabinet: CabinetRow | null }> {
    return { cabinet: await this.cabinets.byId(id, operatorOf(actor).scope) };
  }
}
