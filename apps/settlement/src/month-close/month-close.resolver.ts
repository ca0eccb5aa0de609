import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ApprovalReader } from '#libs/approval';
import { type Page, pageRequest } from '#libs/kernel';
import {
  type CloseBlocker,
  CloseBlockerReader,
  ErratumReader,
  MONTH_CLOSE_KEY_PARTS,
  MonthCloseReader,
  type MonthCloseRow,
  VolumeCheckReader,
  type VolumeDifferenceRow,
} from '#libs/volume';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

@Resolver('MonthClose')
export class MonthCloseResolver {
  constructor(
    private readonly reader: MonthCloseReader,
    private readonly closeBlockers: CloseBlockerReader,
    private readonly volumeErrata: ErratumReader,
    private readonly checks: VolumeCheckReader,
    private readonly approvals: ApprovalReader,
  ) {}

  @Query()
  @Allow('VOLUME_READ')
  monthClose(@Args('month') month: string): Promise<MonthCloseRow | null> {
    return this.reader.byMonth(month);
  }

  @Query()
  @Allow('VOLUME_READ')
  monthCloses(
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ): Promise<Page<MonthCloseRow>> {
    return this.reader.page(orThrow(pageRequest(first, after, MONTH_CLOSE_KEY_PARTS)));
  }

  @Query()
  @Allow('VOLUME_READ')
  volumeDifferences(@CurrentActor() actor: Actor): Promise<VolumeDifferenceRow[]> {
    return this.checks.differences(divisionsOf(actor, 'VOLUME_READ'));
  }

  @ResolveField()
  steps(@Parent() { month }: MonthCloseRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        'monthCloseSteps',
        (months) => reader.steps(months),
        (step) => step.month,
      )
      .load(month);
  }

  @ResolveField()
  errata(
    @CurrentActor() actor: Actor,
    @Parent() { month }: MonthCloseRow,
    @Context() { loaders }: GraphqlContext,
  ) {
    const { volumeErrata } = this;
    const scope = divisionsOf(actor, 'VOLUME_READ');
    return loaders
      .listOf(
        'monthCloseErrata',
        (months) => volumeErrata.published(months, scope),
        (erratum) => erratum.month,
      )
      .load(month);
  }

  @ResolveField()
  proposedErrata(
    @CurrentActor() actor: Actor,
    @Parent() { month }: MonthCloseRow,
    @Context() { loaders }: GraphqlContext,
  ) {
    const { volumeErrata } = this;
    const scope = divisionsOf(actor, 'VOLUME_READ');
    return loaders
      .listOf(
        'monthCloseProposedErrata',
        (months) => volumeErrata.proposed(months, scope),
        (erratum) => erratum.month,
      )
      .load(month);
  }

  @ResolveField()
  disagreeing(@Parent() { disagreeing }: MonthCloseRow): string[] {
    return disagreeing === '' ? [] : disagreeing.split(',');
  }

  @ResolveField()
  blockers(@Parent() { month, state }: MonthCloseRow): Promise<CloseBlocker[]> | CloseBlocker[] {
    return state === 'LOCKED' || state === 'PUBLISHED' ? [] : this.closeBlockers.ofMonth(month);
  }

  @ResolveField()
  async requests(@Parent() { month }: MonthCloseRow, @Context() { loaders }: GraphqlContext) {
    const { approvals } = this;
    const [locks, publications] = await Promise.all(
      (['VOLUME_LOCK', 'VOLUME_PUBLISH'] as const).map((kind) =>
        loaders
          .listOf(
            `monthCloseRequests:${kind}`,
            (months) => approvals.ofSubjects(kind, months),
            (row) => row.subjectId,
          )
          .load(month),
      ),
    );
    return [...(publications ?? []), ...(locks ?? [])].map(({ subjectKind: kind, ...row }) => ({
      kind,
      ...row,
    }));
  }
}
