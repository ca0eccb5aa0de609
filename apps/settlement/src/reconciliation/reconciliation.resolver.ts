import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Fen, type Page, pageRequest } from '#libs/kernel';
import {
  MeasureService,
  type OpenBreaks,
  type ProviderDayRow,
  ProviderMovementReader,
  type ReconciliationCheckName,
  ReconciliationReader,
  type RunRow,
  differenceOf,
} from '#libs/reconciliation';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

/** Counts of one run; an Int holds two thousand million of them. */
function runOf({ examinedCount, matchedCount, foundCount, ...rest }: RunRow) {
  return {
    ...rest,
    examinedCount: Number(examinedCount),
    matchedCount: Number(matchedCount),
    foundCount: Number(foundCount),
  };
}

function openOf({ breakClass, ...rest }: OpenBreaks) {
  return { ...rest, class: breakClass };
}

@Resolver()
export class ReconciliationResolver {
  constructor(
    private readonly measures: MeasureService,
    private readonly reader: ReconciliationReader,
    private readonly movements: ProviderMovementReader,
  ) {}

  @Query()
  @Allow('RECONCILIATION_READ')
  async reconciliationMeasures(@CurrentActor() actor: Actor) {
    assertPlatformWide(actor, 'RECONCILIATION_READ');
    const { open, checks, ...figures } = await this.measures.measures();
    return {
      ...figures,
      open: open.map(openOf),
      checks: checks.map(({ lastRun, ...rest }) => ({ ...rest, lastRun: lastRun && runOf(lastRun) })),
    };
  }

  @Query()
  @Allow('RECONCILIATION_READ')
  async reconciliationRuns(
    @CurrentActor() actor: Actor,
    @Args()
    {
      check,
      first,
      after,
    }: { check?: ReconciliationCheckName | null; first?: number | null; after?: string | null },
  ): Promise<Page<ReturnType<typeof runOf>>> {
    assertPlatformWide(actor, 'RECONCILIATION_READ');
    const { nodes, pageInfo } = await this.reader.runs(check ?? null, orThrow(pageRequest(first, after, 1)));
    return { nodes: nodes.map(runOf), pageInfo };
  }

  @Query()
  @Allow('RECONCILIATION_READ')
  async providerDays(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ): Promise<Page<ProviderDayRow & { readonly differenceFen: Fen }>> {
    assertPlatformWide(actor, 'RECONCILIATION_READ');
    const { nodes, pageInfo } = await this.movements.days(orThrow(pageRequest(first, after, 1)));
    return { nodes: nodes.map((day) => ({ ...day, differenceFen: differenceOf(day) })), pageInfo };
  }
}
