import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CABINET_KEY_PARTS,
  type CabinetActor,
  CabinetReader,
  type CabinetRow,
  CabinetService,
  type CabinetState,
  CredentialService,
  type SlotInput,
} from '#libs/counter';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface CabinetsArgs {
  readonly merchantId: string;
  readonly state?: CabinetState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function operatorOf(actor: Actor): CabinetActor {
  return { userId: actor.userId, scope: { merchantIds: merchantsOf(actor, 'COUNTER') } };
}

@Resolver('Cabinet')
export class CabinetResolver {
  constructor(
    private readonly service: CabinetService,
    private readonly credentials: CredentialService,
    private readonly reader: CabinetReader,
  ) {}

  @Query()
  @Allow('COUNTER')
  cabinets(@CurrentActor() actor: Actor, @Args() { merchantId, state, first, after }: CabinetsArgs) {
    if (!merchantsOf(actor, 'COUNTER').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, CABINET_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, { state: state ?? null }, page);
  }

  @Query()
  @Allow('COUNTER')
  cabinet(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<CabinetRow | null> {
    return this.reader.byId(id, operatorOf(actor).scope);
  }

  @Mutation()
  @Allow('COUNTER')
  async cabinetSlotsSet(
    @CurrentActor() actor: Actor,
    @Args()
    {
      cabinetId,
      revision,
      slots,
    }: { readonly cabinetId: string; readonly revision: number; readonly slots: readonly SlotInput[] },
  ) {
    const set = await this.service.setSlots(cabinetId, revision, slots, operatorOf(actor));
    return refused(set) ? set : this.own(actor, set);
  }

  @Mutation()
  @Allow('COUNTER')
  async cabinetCredentialIssue(@CurrentActor() actor: Actor, @Args('cabinetId') cabinetId: string) {
    const issued = await this.credentials.issue(cabinetId, operatorOf(actor));
    if (refused(issued)) return issued;
    const { credentialId, secret } = issued;
    return {
      ...(await this.own(actor, issued.cabinetId)),
      clientId: issued.cabinetId,
      username: credentialId,
      password: secret,
    };
  }

  @Mutation()
  @Allow('COUNTER')
  async cabinetCredentialRevoke(
    @CurrentActor() actor: Actor,
    @Args('cabinetId') cabinetId: string,
    @Args('credentialId') credentialId: string,
  ) {
    return this.own(actor, await this.credentials.revoke(cabinetId, credentialId, operatorOf(actor)));
  }

  private async own(actor: Actor, id: string): Promise<{ cabinet: CabinetRow | null }> {
    return { cabinet: await this.reader.byId(id, operatorOf(actor).scope) };
  }
}
