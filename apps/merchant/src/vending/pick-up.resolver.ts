import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import {
  PICK_UP_KEY_PARTS,
  type PickUpFilter,
  type PickUpPlacing,
  PickUpReader,
  PickUpService,
} from '#libs/vending';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends PickUpFilter {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('PickUp')
export class PickUpResolver {
  constructor(
    private readonly reader: PickUpReader,
    private readonly service: PickUpService,
  ) {}

  @Query()
  @Allow('COUNTER')
  pickUps(@CurrentActor() actor: Actor, @Args() { merchantId, first, after, ...filter }: PageArgs) {
    if (!merchantsOf(actor, 'COUNTER').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, PICK_UP_KEY_PARTS));
    return this.reader.pageWithin({ merchantIds: [merchantId] }, filter, page);
  }

  @Mutation()
  @Allow('COUNTER')
  async pickUpPlace(@CurrentActor() actor: Actor, @Args() placing: PickUpPlacing) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const placed = await this.service.place(placing, { userId: actor.userId, scope });
    return refused(placed) ? placed : { pickUp: await this.reader.byIdWithin(placed, scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async pickUpTakeBack(
    @CurrentActor() actor: Actor,
    @Args('pickUpId') pickUpId: string,
    @Args('isAgain') isAgain: boolean,
  ) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const taken = await this.service.takeBack(pickUpId, isAgain, { userId: actor.userId, scope });
    return refused(taken) ? taken : { pickUp: await this.reader.byIdWithin(taken, scope) };
  }
}
