import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type CellMember,
  type CellView,
  type DefinitionView,
  REPORTS,
  type ReportComparison,
  type ReportDimension,
  type ReportDrill,
  ReportDrillReader,
  type ReportFilter,
  type ReportId,
  type ReportView,
  ReportViewReader,
  definitionView,
} from '#libs/reporting';
import { pageRequest, refused } from '#libs/kernel';
import { VOLUME_FACT_KEY_PARTS } from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf, Audited } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

interface ReportArgs {
  readonly id: ReportId;
  readonly filter: ReportFilter;
  readonly groupBy?: readonly ReportDimension[] | null;
  readonly comparison?: ReportComparison | null;
}

interface DrillArgs {
  readonly id: ReportId;
  readonly filter: ReportFilter;
  readonly cell: readonly CellMember[];
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Report')
export class ReportResolver {
  constructor(
    private readonly views: ReportViewReader,
    private readonly drill: ReportDrillReader,
  ) {}

  @Query()
  @Allow('VOLUME_READ')
  async reports(@Context() { locale }: GraphqlContext): Promise<DefinitionView[]> {
    const terms = await this.views.termsOn();
    return REPORTS.map((report) => definitionView(report, terms, locale));
  }

  @Query()
  @Allow('VOLUME_READ')
  @Throttled('COSTLY')
  async report(
    @CurrentActor() actor: Actor,
    @Args() { id, filter, groupBy, comparison }: ReportArgs,
    @Context() { locale }: GraphqlContext,
  ): Promise<ReportView> {
    const scope = divisionsOf(actor, 'VOLUME_READ');
    const question = { id, filter, groupBy: groupBy ?? null, comparison: comparison ?? null, scope };
    return orThrow<ReportView>(await this.views.view(question, locale));
  }

  @Query()
  @Allow('VOLUME_COMPARE')
  @Throttled('COSTLY')
  async reportCityTotals(
    @CurrentActor() actor: Actor,
    @Args() { id, filter }: Pick<ReportArgs, 'id' | 'filter'>,
    @Context() { locale }: GraphqlContext,
  ): Promise<CellView[]> {
    const scope = divisionsOf(actor, 'VOLUME_COMPARE');
    return orThrow<CellView[]>(await this.views.cityTotals({ id, filter, scope }, locale));
  }

  @Query()
  @Allow('VOLUME_READ')
  @Audited('report.drilled', 'id')
  @Throttled('COSTLY')
  async reportDrill(
    @CurrentActor() actor: Actor,
    @Args() { id, filter, cell, first, after }: DrillArgs,
  ): Promise<ReportDrill> {
    const page = pageRequest(first, after, VOLUME_FACT_KEY_PARTS);
    if (refused(page)) return orThrow<ReportDrill>(page);
    const scope = divisionsOf(actor, 'VOLUME_READ');
    return orThrow<ReportDrill>(await this.drill.facts({ id, filter, members: cell, scope }, page));
  }

  @ResolveField()
  definition(
    @Parent() { definition, terms }: Pick<ReportView, 'definition' | 'terms'>,
    @Context() { locale }: GraphqlContext,
  ): DefinitionView {
    return definitionView(definition, terms, locale);
  }
}
