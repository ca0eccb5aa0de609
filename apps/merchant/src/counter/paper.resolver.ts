import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  type CabinetActor,
  CabinetReader,
  type PaperInput,
  type PaperKind,
  PaperService,
} from '#libs/counter';
import { refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

interface RecordArgs {
  readonly cabinetId: string;
  readonly paper: Omit<PaperInput, 'validUntil'> & { readonly validUntil?: string | null };
}

const keeperOf = (actor: Actor): CabinetActor => ({
  userId: actor.userId,
  scope: { merchantIds: merchantsOf(actor, 'COUNTER') },
});

@Resolver()
export class PaperResolver {
  constructor(
    private readonly service: PaperService,
    private readonly cabinets: CabinetReader,
  ) {}

  @Mutation()
  @Allow('COUNTER')
  async cabinetPaperRecord(@CurrentActor() actor: Actor, @Args() { cabinetId, paper }: RecordArgs) {
    const by = keeperOf(actor);
    const id = await this.service.record(cabinetId, { ...paper, validUntil: paper.validUntil ?? null }, by);
    return refused(id) ? id : { cabinet: await this.cabinets.byId(id, by.scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async cabinetPaperWithdraw(
    @CurrentActor() actor: Actor,
    @Args('cabinetId') cabinetId: string,
    @Args('kind') kind: PaperKind,
  ) {
    const by = keeperOf(actor);
    const id = await this.service.withdraw(cabinetId, kind, by);
    return { cabinet: await this.cabinets.byId(id, by.scope) };
  }
}
