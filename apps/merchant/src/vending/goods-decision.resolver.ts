import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CabinetReader } from '#libs/counter';
import { refused } from '#libs/kernel';
import { type GoodsDecision, GoodsDecisionService } from '#libs/vending';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

interface DecideArgs {
  readonly cabinetId: string;
  readonly slotCodes?: readonly string[] | null;
  readonly decision: GoodsDecision;
  readonly reason: string;
  readonly measuredDeciCelsius?: number | null;
  readonly photoId?: string | null;
}

@Resolver()
export class GoodsDecisionResolver {
  constructor(
    private readonly decisions: GoodsDecisionService,
    private readonly cabinets: CabinetReader,
  ) {}

  @Mutation()
  @Allow('COUNTER')
  async cabinetGoodsDecide(@CurrentActor() actor: Actor, @Args() args: DecideArgs) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const { slotCodes = null, measuredDeciCelsius = null, photoId = null } = args;
    const deciding = { ...args, slotCodes, measuredDeciCelsius, photoId };
    const id = await this.decisions.decide(deciding, { userId: actor.userId, scope });
    return refused(id) ? id : { cabinet: await this.cabinets.byId(id, scope) };
  }
}
