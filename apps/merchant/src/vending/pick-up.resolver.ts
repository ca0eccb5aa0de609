import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { EXPECTED_KEY_PARTS } from '#libs/ordering';
import {
  ExpectedParcelReader,
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

type ExpectedArgs = Pick<PageArgs, 'merchantId' | 'cabinetId' | 'first' | 'after'>;

@Resolver('PickUp')
export class PickUpResolver {
  constructor(
    private readonly reader: PickUpReader,
    private readonly service: PickUpService,
    private readonly expected: ExpectedParcelReader,
  ) {}

  @Query()
  @Allow('RESTOCK')
  pickUps(@CurrentActor() actor: Actor, @Args() { merchantId, first, after, ...filter }: PageArgs) {
    if (!merchantsOf(actor, 'RESTOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, PICK_UP_KEY_PARTS));
    return this.reader.pageWithin({ merchantIds: [merchantId] }, filter, page);
  }

  @Query()
  @Allow('RESTOCK')
  pickUpsExpected(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, cabinetId, first, after }: ExpectedArgs,
  ) {
    if (!merchantsOf(actor, 'RESTOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, EXPECTED_KEY_PARTS));
    return this.expected.pageOf(merchantId, cabinetId ?? null, page);
  }

  /** Whoever fills cabinets puts parcels in; taking them out may pay somebody back, and is for whoever runs them. */
  @Mutation()
  @Allow('RESTOCK')
  async pickUpPlace(@CurrentActor() actor: Actor, @Args() placing: PickUpPlacing) {
    const scope = { merchantIds: merchantsOf(actor, 'RESTOCK') };
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
