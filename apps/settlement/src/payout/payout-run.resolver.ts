import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CalendarReader, dayAfter, isKnownYear, isWorkingDay } from '#libs/division';
import { Clock, NotFound, type Page, businessDay, pageRequest, refused } from '#libs/kernel';
import {
  PayoutReader,
  PayoutRunService,
  type PayoutRunView,
  type PayoutSkip,
  type PayoutSkipReason,
  type PayoutView,
  nextRunDay,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide, Audited } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PayoutSkipsArgs extends PageArgs {
  readonly runId: string;
  readonly reason?: PayoutSkipReason | null;
}

/** Weeks ahead of which the year to come matters: far more than a holiday is long. */
const AHEAD_DAYS = 365;

@Resolver('PayoutRun')
export class PayoutRunResolver {
  constructor(
    private readonly reader: PayoutReader,
    private readonly service: PayoutRunService,
    private readonly calendars: CalendarReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('PAYOUT_READ')
  async payoutRuns(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: PageArgs,
  ): Promise<Page<PayoutRunView>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.reader.runs(orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('PAYOUT_READ')
  async payoutSkips(
    @CurrentActor() actor: Actor,
    @Args() { runId, reason, first, after }: PayoutSkipsArgs,
  ): Promise<Page<PayoutSkip>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    await this.found(runId);
    return this.reader.skips(runId, reason ?? null, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('PAYOUT_READ')
  @Audited('payout.seen')
  async payoutsOverdue(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: PageArgs,
  ): Promise<Page<PayoutView>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.reader.unresolvedSince(businessDay(this.clock.now()), orThrow(pageRequest(first, after, 2)));
  }

  @Query()
  @Allow('PAYOUT_READ')
  async payoutCalendar(@CurrentActor() actor: Actor) {
    assertPlatformWide(actor, 'PAYOUT_READ');
    const calendar = await this.calendars.workingCalendar();
    const now = this.clock.now();
    const today = businessDay(now);
    return {
      today,
      isWorkingDay: isWorkingDay(calendar, today),
      nextRunOn: nextRunDay(calendar, now),
      isYearKnown: isKnownYear(calendar, today),
      isNextYearKnown: isKnownYear(calendar, dayAfter(today, AHEAD_DAYS)),
    };
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutRunStart(@CurrentActor() actor: Actor) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const runId = await this.service.start(actor.userId);
    return refused(runId) ? runId : { run: await this.found(runId) };
  }

  private async found(runId: string): Promise<PayoutRunView> {
    const run = await this.reader.run(runId);
    if (!run) throw new NotFound('PayoutRun', runId);
    return run;
  }
}
