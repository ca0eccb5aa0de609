import { Args, Query, Resolver } from '@nestjs/graphql';
import { pageRequest } from '#libs/kernel';
import { PICK_UP_KEY_PARTS, type PickUpFilter, PickUpReader } from '#libs/vending';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends PickUpFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('PickUp')
export class PickUpResolver {
  constructor(private readonly reader: PickUpReader) {}

  @Query()
  @Allow('COUNTER_READ')
  pickUps(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: PageArgs) {
    const page = orThrow(pageRequest(first, after, PICK_UP_KEY_PARTS));
    return this.reader.pageWithin({ divisions: divisionsOf(actor, 'COUNTER_READ') }, filter, page);
  }
}
