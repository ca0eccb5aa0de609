import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  OFFTAKE_KEY_PARTS,
  type OfftakeAct,
  type OfftakeInput,
  OfftakeReader,
  type OfftakeRow,
  OfftakeService,
} from '#libs/consignment';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked {
  readonly merchantId: string;
  readonly side: 'OPERATOR' | 'SELLER';
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Decision {
  readonly offtakeId: string;
  readonly act: OfftakeAct;
  readonly reason?: string | null;
}

@Resolver('Offtake')
export class OfftakeResolver {
  constructor(
    private readonly service: OfftakeService,
    private readonly reader: OfftakeReader,
  ) {}

  @Query()
  @Allow('PLACE')
  offtakes(@CurrentActor() actor: Actor, @Args() { merchantId, side, first, after }: Asked) {
    if (!merchantsOf(actor, 'PLACE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.page(merchantId, side, orThrow(pageRequest(first, after, OFFTAKE_KEY_PARTS)));
  }

  @Mutation()
  @Allow('PLACE')
  async offtakeTell(@CurrentActor() actor: Actor, @Args('input') input: OfftakeInput) {
    const by = { userId: actor.userId, merchantIds: merchantsOf(actor, 'PLACE') };
    const told = await this.service.tell(input, by);
    if (refused(told)) return told;
    return { offtake: present(await this.reader.byId(told, by.merchantIds), 'the purchase just told') };
  }

  @Mutation()
  @Allow('PLACE')
  async offtakeDecide(@CurrentActor() actor: Actor, @Args() { offtakeId, act, reason }: Decision) {
    const by = { userId: actor.userId, merchantIds: merchantsOf(actor, 'PLACE') };
    const decided = await this.service.decide(offtakeId, act, reason ?? '', by);
    if (refused(decided)) return decided;
    return { offtake: present(await this.reader.byId(decided, by.merchantIds), 'the purchase just decided') };
  }

  @ResolveField()
  placeId(@Parent() { channelPointId }: OfftakeRow): string {
    return channelPointId;
  }
}
