import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { BREAK_CLASSES } from './reconciliation-break.entity.js';
import { type OpenBreaks, ReconciliationBreakReader } from './reconciliation-break.reader.js';
import { RECONCILIATION_CHECKS, type ReconciliationCheckName } from './reconciliation.entity.js';
import { ReconciliationReader, type RunRow } from './reconciliation.reader.js';
import { overdueAfterMs, shareOf } from './reconciliation.rules.js';

/** How one check stands. */
export interface CheckMeasure {
  readonly check: ReconciliationCheckName;
  /** Null before the first. */
  readonly lastRun: RunRow | null;
  /** It should have come to its end again by now. */
  readonly isOverdue: boolean;
}

/** What is published: Stripe's words for how well books clear. */
export interface ReconciliationMeasures {
  /** Hundredths of a percent; null before the first run. */
  readonly clearingBp: number | null;
  readonly completenessBp: number | null;
  readonly oldestBreakSeconds: number;
  readonly open: readonly OpenBreaks[];
  readonly checks: readonly CheckMeasure[];
}

/** One line of /metrics. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

@Injectable()
export class MeasureService {
  constructor(
    private readonly breaks: ReconciliationBreakReader,
    private readonly runs: ReconciliationReader,
    private readonly clock: Clock,
  ) {}

  /** Two statements, however much there is. */
  async measures(): Promise<ReconciliationMeasures> {
    const now = this.clock.now().getTime();
    const open = await this.breaks.open();
    const finished = new Map((await this.runs.lastFinished()).map((run) => [run.check, run]));
    const shareIn = (...names: readonly ReconciliationCheckName[]) => {
      const runs = names.flatMap((name) => finished.get(name) ?? []);
      const total = (of: 'matchedCount' | 'examinedCount') => runs.reduce((sum, run) => sum + run[of], 0n);
      return runs.length < names.length ? null : shareOf(total('matchedCount'), total('examinedCount'));
    };
    const oldest = Math.min(now, ...open.map(({ oldestAt }) => oldestAt.getTime()));
    return {
      clearingBp: shareIn('CLEARING'),
      completenessBp: shareIn('ORDERS', 'PROVIDER_MONEY'),
      oldestBreakSeconds: Math.floor((now - oldest) / 1_000),
      open,
      checks: RECONCILIATION_CHECKS.map((check) => {
        const lastRun = finished.get(check) ?? null;
        const sinceMs = now - (lastRun?.finishedAt?.getTime() ?? 0);
        return { check, lastRun, isOverdue: sinceMs > overdueAfterMs(check) };
      }),
    };
  }

  /** The same for /metrics. What is not there is said to be zero, or a gauge would go on showing what was. */
  async samples(): Promise<{
    readonly shares: readonly Sample[];
    readonly open: readonly Sample[];
    readonly ages: readonly Sample[];
  }> {
    const { clearingBp, completenessBp, oldestBreakSeconds, open, checks } = await this.measures();
    const now = this.clock.now().getTime();
    const countOf = new Map(open.map(({ check, breakClass, count }) => [`${check} ${breakClass}`, count]));
    const ages = checks.flatMap(({ check, lastRun }) =>
      lastRun?.finishedAt
        ? [{ labels: { of: `last_run_${check}` }, value: (now - lastRun.finishedAt.getTime()) / 1_000 }]
        : [],
    );
    return {
      shares: [
        { labels: { of: 'clearing' }, value: (clearingBp ?? 0) / 10_000 },
        { labels: { of: 'completeness' }, value: (completenessBp ?? 0) / 10_000 },
      ],
      open: RECONCILIATION_CHECKS.flatMap((check) =>
        BREAK_CLASSES.map((breakClass) => ({
          labels: { check, class: breakClass },
          value: countOf.get(`${check} ${breakClass}`) ?? 0,
        })),
      ),
      ages: [{ labels: { of: 'oldest_break' }, value: oldestBreakSeconds }, ...ages],
    };
  }
}
