import { Args, Query, Resolver } from '@nestjs/graphql';
import { OfftakeReader, refuseOfftakeDays } from '#libs/consignment';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

@Resolver()
export class OfftakeResolver {
  constructor(private readonly reader: OfftakeReader) {}

  @Query()
  @Allow('VOLUME_READ')
  offtakeSums(
    @CurrentActor() actor: Actor,
    @Args() { from, to }: { readonly from: string; readonly to: string },
  ) {
    const days = orThrow(refuseOfftakeDays(from, to));
    return this.reader.sums(days.from, days.to, divisionsOf(actor, 'VOLUME_READ'));
  }
}
