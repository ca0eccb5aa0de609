import { Args, Query, Resolver } from '@nestjs/graphql';
import { pageRequest } from '#libs/kernel';
import { RESTOCK_VISIT_KEY_PARTS, RestockVisitReader } from '#libs/restocking';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly cabinetId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver()
export class RestockVisitResolver {
  constructor(private readonly reader: RestockVisitReader) {}

  @Query()
  @Allow('COUNTER_READ')
  restockVisits(@CurrentActor() actor: Actor, @Args() { cabinetId, first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, RESTOCK_VISIT_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'COUNTER_READ') }, cabinetId ?? null, page);
  }
}
