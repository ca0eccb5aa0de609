import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import {
  RESTOCK_VISIT_KEY_PARTS,
  RestockVisitReader,
  RestockVisitService,
  type VisitInput,
} from '#libs/restocking';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

type VisitWish = Omit<
  VisitInput,
  'routeId' | 'scanCode' | 'deeds' | 'measuredDeciCelsius' | 'signatureId' | 'note'
> & {
  readonly routeId?: string | null;
  readonly deeds?: VisitInput['deeds'] | null;
  readonly measuredDeciCelsius?: number | null;
  readonly scanCode?: string | null;
  readonly signatureId?: string | null;
  readonly note?: string | null;
};

interface PageArgs {
  readonly cabinetId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Whoever runs cabinets manages their routes; whoever may restock and no more drives them. */
function scopeOf(actor: Actor) {
  const managed = merchantsOf(actor, 'COUNTER');
  return { userId: actor.userId, managed, restocked: merchantsOf(actor, 'RESTOCK') };
}

@Resolver()
export class RestockVisitResolver {
  constructor(
    private readonly service: RestockVisitService,
    private readonly reader: RestockVisitReader,
  ) {}

  @Query()
  @Allow('RESTOCK')
  restockVisits(@CurrentActor() actor: Actor, @Args() { cabinetId, first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, RESTOCK_VISIT_KEY_PARTS));
    return this.reader.page(scopeOf(actor), cabinetId ?? null, page);
  }

  @Mutation()
  @Allow('RESTOCK')
  async restockVisitSubmit(
    @CurrentActor() actor: Actor,
    @Args('input') { routeId, scanCode, deeds, measuredDeciCelsius, signatureId, note, ...input }: VisitWish,
  ) {
    const scope = scopeOf(actor);
    const visit = {
      ...input,
      routeId: routeId ?? null,
      scanCode: scanCode ?? null,
      deeds: deeds ?? [],
      measuredDeciCelsius: measuredDeciCelsius ?? null,
      signatureId: signatureId ?? null,
      note: note?.trim() ?? '',
    };
    const id = await this.service.submit(visit, scope);
    return refused(id) ? id : { visit: await this.reader.byId(id, scope) };
  }
}
