import { Args, Query, Resolver } from '@nestjs/graphql';
import { refusePlaceDivision } from '#libs/channel';
import { CabinetHealthReader, WireReader } from '#libs/counter';
import { pageOf, pageRequest } from '#libs/kernel';
import {
  COUNTERS_ON_MAP_MAX,
  CounterBoardReader,
  type CounterRow,
  type IdleReason,
  type MapBox,
  clustersOf,
  isPlaced,
  refuseBoardDay,
  refuseBox,
} from '#libs/performance';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface AreaArgs {
  readonly divisionCode?: string | null;
  readonly box?: MapBox | null;
}

interface IdleArgs extends AreaArgs {
  readonly on?: string | null;
  readonly reason?: IdleReason | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Columns in a page's sort key. */
const KEY_PARTS = 1;

function areaOf(actor: Actor, { divisionCode = null, box = null }: AreaArgs) {
  orThrow(refusePlaceDivision(divisionCode, 'divisionCode') ?? refuseBox(box) ?? null);
  return { scope: divisionsOf(actor, 'COUNTER_READ'), divisionCode, box };
}

const shown = (counter: CounterRow) => ({ ...counter, id: counter.channelPointId });

@Resolver()
export class CounterBoardResolver {
  constructor(
    private readonly board: CounterBoardReader,
    private readonly cabinets: CabinetHealthReader,
    private readonly wires: WireReader,
  ) {}

  @Query()
  @Allow('COUNTER_READ')
  async counterMap(@CurrentActor() actor: Actor, @Args() args: AreaArgs) {
    const all = await this.board.counters(areaOf(actor, args));
    const { isUp, since, outages } = await this.wires.view();
    const isMany = all.length > COUNTERS_ON_MAP_MAX;
    return {
      totalCount: all.length,
      operatingCount: all.filter(({ isOperating }) => isOperating).length,
      unplacedCount: all.filter((counter) => !isPlaced(counter)).length,
      counters: isMany ? [] : all.map(shown),
      clusters: isMany ? clustersOf(all.filter(isPlaced)) : [],
      wire: { isUp, since, outages: outages.map(({ fromAt, toAt }) => ({ beganAt: fromAt, endedAt: toAt })) },
    };
  }

  @Query()
  @Allow('COUNTER_READ')
  counterBoard(
    @CurrentActor() actor: Actor,
    @Args() { on, ...area }: AreaArgs & { readonly on?: string | null },
  ) {
    orThrow(refuseBoardDay(on ?? null));
    return this.board.countsOn(on ?? null, areaOf(actor, area));
  }

  @Query()
  @Allow('COUNTER_READ')
  async idleCounters(@CurrentActor() actor: Actor, @Args() { on, reason, first, after, ...area }: IdleArgs) {
    orThrow(refuseBoardDay(on ?? null));
    const page = orThrow(pageRequest(first, after, KEY_PARTS));
    const all = await this.board.idleOn(on ?? null, areaOf(actor, area));
    const from = page.after?.[0] ?? '';
    const idle = all.filter(
      ({ channelPointId, idleReason }) => (!reason || idleReason === reason) && channelPointId > from,
    );
    return pageOf(idle.slice(0, page.first + 1).map(shown), page.first, ({ id }) => [id]);
  }

  @Query()
  @Allow('COUNTER_READ')
  cabinetVersionCounts(@CurrentActor() actor: Actor) {
    return this.cabinets.versions(divisionsOf(actor, 'COUNTER_READ'));
  }
}
