import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CONTRACT_KEY_PARTS,
  type ContractTerms,
  type ZoneContractId,
  ZoneContractReader,
  type ZoneContractRow,
  ZoneContractService,
} from '#libs/channel';
import { type DomainError, NotFound, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface ProposeInput {
  readonly hostId: string;
  readonly idempotencyKey: string;
  readonly renewsId?: string | null;
  readonly contract: Omit<ContractTerms, 'terms'> & { readonly terms?: string | null };
}

const hostOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'PLACE') });

@Resolver()
export class ZoneContractResolver {
  constructor(
    private readonly service: ZoneContractService,
    private readonly reader: ZoneContractReader,
  ) {}

  @Query()
  @Allow('PLACE')
  zoneContracts(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: Asked) {
    if (!merchantsOf(actor, 'PLACE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, CONTRACT_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, null, page);
  }

  @Query()
  @Allow('PLACE')
  zoneContract(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, hostOf(actor));
  }

  @Mutation()
  @Allow('PLACE')
  async zoneContractPropose(@CurrentActor() actor: Actor, @Args('input') input: ProposeInput) {
    const { hostId, idempotencyKey, renewsId, contract } = input;
    const wish = {
      hostId,
      idempotencyKey,
      renewsId: renewsId ?? null,
      contract: { ...contract, terms: contract.terms ?? '' },
    };
    return this.answer(actor, await this.service.propose(wish, hostOf(actor)));
  }

  @Mutation()
  @Allow('PLACE')
  async zoneContractShopsAdd(
    @CurrentActor() actor: Actor,
    @Args() { contractId, placeIds }: { readonly contractId: string; readonly placeIds: readonly string[] },
  ) {
    return this.answer(actor, await this.service.attach(contractId, placeIds, hostOf(actor)));
  }

  @Mutation()
  @Allow('PLACE')
  async zoneContractEnd(
    @CurrentActor() actor: Actor,
    @Args() { contractId, reason }: { readonly contractId: string; readonly reason: string },
  ) {
    return this.answer(actor, await this.service.end(contractId, reason, hostOf(actor)));
  }

  private async answer<R extends DomainError>(
    actor: Actor,
    result: ZoneContractId | R,
  ): Promise<R | { contract: ZoneContractRow }> {
    if (refused(result)) return result as R;
    return { contract: present(await this.reader.byId(result, hostOf(actor)), 'the contract just told of') };
  }
}
