import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CONTRACT_KEY_PARTS,
  type ZoneContractId,
  ZoneContractReader,
  type ZoneContractRow,
  ZoneContractService,
  type ZoneContractState,
} from '#libs/channel';
import { type DomainError, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked {
  readonly state?: ZoneContractState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Decision {
  readonly contractId: string;
  readonly verdict: 'AGREED' | 'RETURNED';
  readonly reason: string;
}

const officeOf = (actor: Actor) => ({
  userId: actor.userId,
  divisions: divisionsOf(actor, 'PLACE_REVIEW'),
});

@Resolver()
export class ZoneContractResolver {
  constructor(
    private readonly service: ZoneContractService,
    private readonly reader: ZoneContractReader,
  ) {}

  @Query()
  @Allow('PLACE_READ')
  zoneContracts(@CurrentActor() actor: Actor, @Args() { state, first, after }: Asked) {
    const page = orThrow(pageRequest(first, after, CONTRACT_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'PLACE_READ') }, state ?? null, page);
  }

  @Query()
  @Allow('PLACE_READ')
  zoneContract(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { divisions: divisionsOf(actor, 'PLACE_READ') });
  }

  @Mutation()
  @Allow('PLACE_REVIEW')
  async zoneContractDecide(@CurrentActor() actor: Actor, @Args() { contractId, verdict, reason }: Decision) {
    return this.answer(actor, await this.service.decide(contractId, verdict, reason, officeOf(actor)));
  }

  @Mutation()
  @Allow('PLACE_REVIEW')
  async zoneContractEnd(
    @CurrentActor() actor: Actor,
    @Args() { contractId, reason }: { readonly contractId: string; readonly reason: string },
  ) {
    return this.answer(actor, await this.service.end(contractId, reason, officeOf(actor)));
  }

  private async answer<R extends DomainError>(
    actor: Actor,
    result: ZoneContractId | R,
  ): Promise<R | { contract: ZoneContractRow }> {
    if (refused(result)) return result as R;
    return {
      contract: present(await this.reader.byId(result, officeOf(actor)), 'the contract just decided'),
    };
  }
}
