import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CABINET_KEY_PARTS,
  type CabinetActor,
  type CabinetFilter,
  CabinetReader,
  type CabinetRegistration,
  type CabinetRow,
  CabinetService,
  CredentialService,
  type SlotInput,
} from '#libs/counter';
import { pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface CabinetsArgs extends CabinetFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

function keeperOf(actor: Actor): CabinetActor {
  return { userId: actor.userId, scope: { divisions: divisionsOf(actor, 'COUNTER_MANAGE') } };
}

@Resolver('Cabinet')
export class CabinetResolver {
  constructor(
    private readonly service: CabinetService,
    private readonly credentials: CredentialService,
    private readonly reader: CabinetReader,
  ) {}

  @Query()
  @Allow('COUNTER_READ')
  cabinets(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: CabinetsArgs) {
    const page = orThrow(pageRequest(first, after, CABINET_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'COUNTER_READ') }, filter, page);
  }

  @Query()
  @Allow('COUNTER_READ')
  cabinet(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<CabinetRow | null> {
    return this.reader.byId(id, { divisions: divisionsOf(actor, 'COUNTER_READ') });
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetRegister(@CurrentActor() actor: Actor, @Args('input') input: CabinetRegistration) {
    const divisions = divisionsOf(actor, 'COUNTER_MANAGE');
    const id = await this.service.register(input, { userId: actor.userId, divisions });
    return refused(id) ? id : this.kept(actor, id);
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetSlotsSet(
    @CurrentActor() actor: Actor,
    @Args()
    {
      cabinetId,
      revision,
      slots,
    }: { readonly cabinetId: string; readonly revision: number; readonly slots: readonly SlotInput[] },
  ) {
    const set = await this.service.setSlots(cabinetId, revision, slots, keeperOf(actor));
    return refused(set) ? set : this.kept(actor, set);
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetCredentialIssue(@CurrentActor() actor: Actor, @Args('cabinetId') cabinetId: string) {
    const issued = await this.credentials.issue(cabinetId, keeperOf(actor));
    if (refused(issued)) return issued;
    const { credentialId, secret } = issued;
    return {
      ...(await this.kept(actor, issued.cabinetId)),
      clientId: issued.cabinetId,
      username: credentialId,
      password: secret,
    };
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetCredentialRevoke(
    @CurrentActor() actor: Actor,
    @Args('cabinetId') cabinetId: string,
    @Args('credentialId') credentialId: string,
  ) {
    return this.kept(actor, await this.credentials.revoke(cabinetId, credentialId, keeperOf(actor)));
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async cabinetRetire(@CurrentActor() actor: Actor, @Args('cabinetId') cabinetId: string) {
    return this.kept(actor, await this.service.retire(cabinetId, keeperOf(actor)));
  }

  private async kept(actor: Actor, id: string): Promise<{ cabinet: CabinetRow | null }> {
    return { cabinet: await this.reader.byId(id, keeperOf(actor).scope) };
  }
}
