import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import {
  type DecidedUnits,
  DOOR_OPENING_KEY_PARTS,
  DoorDisputeService,
  type DoorOpeningFilter,
  DoorOpeningReader,
  DoorReviewService,
  DoorWaiverService,
} from '#libs/vending';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends DoorOpeningFilter {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface DecideArgs {
  readonly openingId: string;
  readonly items: readonly DecidedUnits[];
  readonly note: string;
}

type WaiveArgs = Pick<DecideArgs, 'openingId' | 'note'>;

@Resolver('DoorOpening')
export class DoorOpeningResolver {
  constructor(
    private readonly reader: DoorOpeningReader,
    private readonly reviews: DoorReviewService,
    private readonly waivers: DoorWaiverService,
    private readonly disputes: DoorDisputeService,
  ) {}

  @Query()
  @Allow('COUNTER')
  doorOpenings(@CurrentActor() actor: Actor, @Args() { merchantId, first, after, ...filter }: PageArgs) {
    if (!merchantsOf(actor, 'COUNTER').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, DOOR_OPENING_KEY_PARTS));
    return this.reader.pageWithin({ merchantIds: [merchantId] }, filter, page);
  }

  @Mutation()
  @Allow('COUNTER')
  async doorOpeningDecide(@CurrentActor() actor: Actor, @Args() { openingId, items, note }: DecideArgs) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const decided = await this.reviews.decide(openingId, items, note, { userId: actor.userId, scope });
    return refused(decided) ? decided : { doorOpening: await this.reader.byIdWithin(decided, scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async doorOpeningWaive(@CurrentActor() actor: Actor, @Args() { openingId, note }: WaiveArgs) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const waived = await this.waivers.waive(openingId, note, { userId: actor.userId, scope });
    return refused(waived) ? waived : { doorOpening: await this.reader.byIdWithin(waived, scope) };
  }

  @Mutation()
  @Allow('COUNTER')
  async doorDisputeRefuse(@CurrentActor() actor: Actor, @Args() { openingId, note }: WaiveArgs) {
    const scope = { merchantIds: merchantsOf(actor, 'COUNTER') };
    const answered = await this.disputes.refuse(openingId, note, { userId: actor.userId, scope });
    return refused(answered) ? answered : { doorOpening: await this.reader.byIdWithin(answered, scope) };
  }
}
