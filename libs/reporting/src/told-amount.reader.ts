import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { isWithin } from '#libs/division';
import {
  type CounterSums,
  type CounterSumsRow,
  type OperatingSpan,
  SPANS_MAX,
  type ToldBucket,
  ToldSumReader,
} from '#libs/intake';
import { type InvalidInputError, refused } from '#libs/kernel';
import { PerformanceReader, type PerformanceSumsRow } from '#libs/performance';
import { VolumeCubeReader, groupKey } from '#libs/volume';
import { type AmountRow, fold, volumeQuestionOf } from './amount-row.rules.js';
import type { Amount, Amounts } from './report-measure.rules.js';
import {
  type ReportDefinition,
  type ReportDimension,
  type ReportQuestion,
  isOfFacts,
  isTime,
  questionOfFacts,
  timeMemberOf,
} from './report.rules.js';
import { VolumeAmountReader } from './volume-amount.reader.js';

type MemberOf = (dimension: ReportDimension) => string;

/** How counters did, by what we know ourselves and by what others have told of the rest; and claims. Beside what was recognised. */
@Injectable()
export class ToldAmountReader {
  constructor(
    private readonly told: ToldSumReader,
    private readonly performance: PerformanceReader,
    private readonly points: ChannelPointReader,
    private readonly volume: VolumeAmountReader,
    private readonly cube: VolumeCubeReader,
  ) {}

  /** What was handed in and approved, beside what is declared and recognised. */
  async claims(report: ReportDefinition, question: ReportQuestion): Promise<AmountRow[] | InvalidInputError> {
    const { filter, scope } = question;
    const sold = await this.volume.rows(report, question);
    if (refused(sold)) return sold;
    const claimed = await this.told.claims(
      { from: filter.from, to: filter.to, bucket: bucketOf(question) },
      scope,
    );
    return fold([
      ...sold.map(({ members, amounts }) => ({
        members,
        amounts: { ...pick(amounts, ['DECLARED', 'RECOGNISED']), CLAIMED: 0n, CLAIMED_APPROVED: 0n },
      })),
      ...claimed.flatMap(({ originCountyCode, channelKind, firstDay, claimedFen, approvedFen }) =>
        rowOf(
          question,
          firstDay,
          { ORIGIN_COUNTY: originCountyCode, CHANNEL: channelKind, SOURCE: 'DECLARED' },
          {
            DECLARED: 0n,
            RECOGNISED: 0n,
            CLAIMED: claimedFen,
            CLAIMED_APPROVED: approvedFen,
          },
        ),
      ),
    ]);
  }

  /** How counters did, beside what they sold. */
  async counters(
    report: ReportDefinition,
    question: ReportQuestion,
  ): Promise<AmountRow[] | InvalidInputError> {
    const asked = questionOfFacts(report, question);
    const sold = isOfFacts(report) ? await this.volume.rows(report, asked) : [];
    if (refused(sold)) return sold;
    const { scope } = question;
    const { own, days, spans } = await this.known(question);
    const points = await this.points.byIds([
      ...new Set([
        ...days.map(({ counterId }) => counterId),
        ...own.map(({ channelPointId }) => channelPointId),
      ]),
    ]);
    const countyOf = new Map<string, string>(points.map(({ id, countyCode }) => [id, countyCode]));
    const onTold = isOfFacts(report) ? await this.onToldDays(report, asked, spans) : null;
    const onToldOf = (members: readonly string[]): Amounts =>
      onTold ? { RECOGNISED_ON_COUNTER_DAYS: onTold.get(groupKey(members)) ?? 0n } : {};
    const nothing: Amounts = isOfFacts(report)
      ? { RECOGNISED: 0n, OPERATING_DAYS: 0n, RECOGNISED_AT_PLACES: 0n, ...(onTold ? NONE_ON_TOLD : {}) }
      : {};
    const rowOfCounter = ({ counterId, firstDay, ...sums }: CounterSumsRow, more: Amounts) => {
      const county = countyOf.get(counterId) ?? '';
      if (!isWithin(county, scope)) return [];
      const members = { CHANNEL: 'COUNTER', CHANNEL_POINT: counterId, SALE_COUNTY: county };
      return rowOf(asked, firstDay, members, { ...nothing, ...amountsOfCounter(sums), ...more });
    };
    return fold([
      ...sold.map(({ members, amounts }) => ({
        members,
        amounts: {
          ...NONE_TOLD,
          ...pick(amounts, ['RECOGNISED', 'OPERATING_DAYS', 'RECOGNISED_AT_PLACES']),
          ...onToldOf(members),
        },
      })),
      ...days.flatMap((day) => rowOfCounter(day, {})),
      ...own.flatMap((day) =>
        rowOfCounter(asTold(day), onTold ? { RECOGNISED_ON_COUNTER_DAYS: day.recognisedOnCounterDays } : {}),
      ),
    ]);
  }

  /** A day of a counter that we know ourselves is not taken from what somebody tells: a machine says more than a form. Of its other days what was told stands. */
  private async known(question: ReportQuestion): Promise<{
    readonly own: readonly PerformanceSumsRow[];
    readonly days: readonly CounterSumsRow[];
    readonly spans: readonly OperatingSpan[];
  }> {
    const { from, to } = question.filter;
    const bucket = bucketOf(question);
    const own = await this.performance.sums({ from, to }, bucket);
    const ownIds = [...new Set(own.map(({ channelPointId }) => channelPointId))];
    const others = await this.told.counters({ from, to, bucket }, { except: ownIds });
    const both = await this.told.counters({ from, to, bucket: 'DAY' }, { only: ownIds });
    const ownDays = await this.performance.daysOf([...new Set(both.map(({ counterId }) => counterId))], {
      from,
      to,
    });
    const rest = both.filter(({ counterId, firstDay }) => !ownDays.has(`${counterId} ${firstDay ?? ''}`));
    const spans = await this.told.operatingSpans({ from, to }, { except: ownIds });
    const restSpans = rest
      .filter(({ operatingDays }) => operatingDays > 0n)
      .map(({ counterId, firstDay }) => ({ counterId, from: firstDay ?? from, to: firstDay ?? to }));
    return { own, days: [...others, ...rest], spans: [...spans, ...restSpans] };
  }

  /** What counters sold on the days that somebody has told of: what was sold on others is divided by nothing. Null where gaps are too many. */
  private async onToldDays(
    report: ReportDefinition,
    question: ReportQuestion,
    spans: readonly OperatingSpan[],
  ): Promise<ReadonlyMap<string, bigint> | null> {
    if (spans.length > SPANS_MAX) return null;
    return this.cube.recognisedWithin(
      volumeQuestionOf(report, question, question.groupBy),
      spans.map(({ counterId, ...span }) => ({ pointId: counterId, ...span })),
    );
  }
}

const NONE_ON_TOLD: Amounts = { RECOGNISED_ON_COUNTER_DAYS: 0n };

function amountsOfCounter(sums: CounterSums): Amounts {
  return {
    COUNTER_DAYS: sums.operatingDays,
    OPERATING_MINUTES: sums.operatingMinutes,
    ONLINE_MINUTES: sums.operatingMinutes - sums.offlineMinutes,
    SLOT_MINUTES: sums.slotMinutes,
    EMPTY_SLOT_MINUTES: sums.emptySlotMinutes,
    VENDS: sums.vends,
    FAILED_VENDS: sums.failedVends,
    DISPUTED_VENDS: sums.disputes,
    EXPECTED_UNITS: sums.expectedUnits,
    MISSING_UNITS: sums.expectedUnits - sums.countedUnits,
    POWERED_MINUTES: sums.poweredMinutes,
    IN_BAND_MINUTES: sums.inBandMinutes,
    OUT_OF_BAND_MINUTES: sums.poweredMinutes - sums.inBandMinutes,
    LOCKED_UNITS: sums.lockedUnits,
  };
}

/** What we know ourselves, in the words in which others tell. */
function asTold({ channelPointId, ...sums }: PerformanceSumsRow): CounterSumsRow {
  return {
    ...sums,
    counterId: channelPointId,
    operatingDays: sums.counterDays,
    operatingMinutes: sums.dueMinutes,
    offlineMinutes: sums.dueMinutes - sums.sellableMinutes,
    poweredMinutes: sums.measuredMinutes,
  };
}

const NONE_TOLD: Amounts = {
  COUNTER_DAYS: 0n,
  OPERATING_MINUTES: 0n,
  ONLINE_MINUTES: 0n,
  SLOT_MINUTES: 0n,
  EMPTY_SLOT_MINUTES: 0n,
  VENDS: 0n,
  FAILED_VENDS: 0n,
  DISPUTED_VENDS: 0n,
  EXPECTED_UNITS: 0n,
  MISSING_UNITS: 0n,
  POWERED_MINUTES: 0n,
  IN_BAND_MINUTES: 0n,
  OUT_OF_BAND_MINUTES: 0n,
  LOCKED_UNITS: 0n,
};

function pick(amounts: Amounts, names: readonly Amount[]): Amounts {
  return Object.fromEntries(
    names.flatMap((name) => (amounts[name] === undefined ? [] : [[name, amounts[name]]])),
  );
}

/** One kind of time is added up by the database; weeks and months do not nest, so several begin with days. */
function bucketOf({ groupBy }: ReportQuestion): ToldBucket {
  const [first, second] = groupBy.filter(isTime);
  if (first === undefined) return null;
  if (second !== undefined) return 'DAY';
  return first === 'WEEK' || first === 'MONTH' || first === 'YEAR' ? first : 'DAY';
}

/** A row of the members asked for; none where the filter leaves it out. What is not told has the empty member. */
function rowOf(
  { groupBy, filter }: ReportQuestion,
  firstDay: string | null,
  known: Readonly<Partial<Record<ReportDimension, string>>>,
  amounts: Amounts,
): AmountRow[] {
  const memberOf: MemberOf = (dimension) =>
    isTime(dimension) ? timeMemberOf(dimension, firstDay ?? '') : (known[dimension] ?? '');
  const isWanted = (filter.members ?? []).every(
    ({ dimension, values }) => isTime(dimension) || values.includes(memberOf(dimension)),
  );
  return isWanted ? [{ members: groupBy.map(memberOf), amounts }] : [];
}
