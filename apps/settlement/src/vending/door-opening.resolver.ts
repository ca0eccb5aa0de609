import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import {
  type DecidedUnits,
  DOOR_OPENING_KEY_PARTS,
  DoorDisputeService,
  type DoorOpeningFilter,
  DoorOpeningReader,
  DoorReviewService,
  DoorWaiverService,
} from '#libs/vending';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends DoorOpeningFilter {
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
  @Allow('COUNTER_READ')
  doorOpenings(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: PageArgs) {
    const page = orThrow(pageRequest(first, after, DOOR_OPENING_KEY_PARTS));
    return this.reader.pageWithin({ divisions: divisionsOf(actor, 'COUNTER_READ') }, filter, page);
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async doorOpeningDecide(@CurrentActor() actor: Actor, @Args() { openingId, items, note }: DecideArgs) {
    const scope = { divisions: divisionsOf(actor, 'COUNTER_MANAGE') };
    const decided = await this.reviews.decide(openingId, items, note, { userId: actor.userId, scope });
    return refused(decided) ? decided : { doorOpening: await this.reader.byIdWithin(decided, scope) };
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async doorOpeningWaive(@CurrentActor() actor: Actor, @Args() { openingId, note }: WaiveArgs) {
    const scope = { divisions: divisionsOf(actor, 'COUNTER_MANAGE') };
    const waived = await this.waivers.waive(openingId, note, { userId: actor.userId, scope });
    return refused(waived) ? waived : { doorOpening: await this.reader.byIdWithin(waived, scope) };
  }

  @Mutation()
  @Allow('COUNTER_MANAGE')
  async doorDisputeRefuse(@CurrentActor() actor: Actor, @Args() { openingId, note }: WaiveArgs) {
    const scope = { divisions: divisionsOf(actor, 'COUNTER_MANAGE') };
    const answered = await this.disputes.refuse(openingId, note, { userId: actor.userId, scope });
    return refused(answered) ? answered : { doorOpening: await this.reader.byIdWithin(answered, scope) };
  }
}
