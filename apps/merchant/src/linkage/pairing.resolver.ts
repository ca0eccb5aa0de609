import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { PAIRING_KEY_PARTS, PairingReader, PairingService, type PairingWish } from '#libs/pairing';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface ProposeInput extends Omit<PairingWish, 'story' | 'photoId'> {
  readonly story?: string | null;
  readonly photoId?: string | null;
}

function pairerOf(actor: Actor) {
  return {
    userId: actor.userId,
    merchantIds: merchantsOf(actor, 'LINKAGE'),
    operatorIds: merchantsOf(actor, 'COUNTER'),
  };
}

@Resolver('Pairing')
export class PairingResolver {
  constructor(
    private readonly service: PairingService,
    private readonly reader: PairingReader,
  ) {}

  @Query()
  @Allow('LINKAGE')
  pairings(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: PageArgs) {
    if (!merchantsOf(actor, 'LINKAGE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, PAIRING_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, null, page);
  }

  @Mutation()
  @Allow('LINKAGE')
  async pairingPropose(
    @CurrentActor() actor: Actor,
    @Args('input') { story, photoId, ...input }: ProposeInput,
  ) {
    const wish = { ...input, story: story ?? '', photoId: photoId ?? null };
    const id = await this.service.propose(wish, pairerOf(actor));
    return refused(id) ? id : { pairing: await this.reader.byId(id, pairerOf(actor)) };
  }

  @Mutation()
  @Allow('LINKAGE')
  async pairingEnd(@CurrentActor() actor: Actor, @Args('pairingId') pairingId: string) {
    const id = await this.service.end(pairingId, pairerOf(actor));
    return refused(id) ? id : { pairing: await this.reader.byId(id, pairerOf(actor)) };
  }
  @Mutation()
  @Allow('LINKAGE')
  async pairingConsentWithdraw(@CurrentActor() actor: Actor, @Args('pairingId') pairingId: string) {
    const id = await this.service.withdrawConsent(pairingId, {
      userId: actor.userId,
      merchantIds: merchantsOf(actor, 'LINKAGE'),
    });
    return { pairing: await this.reader.byId(id, pairerOf(actor)) };
  }
}
