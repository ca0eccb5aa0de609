import { Injectable } from '@nestjs/common';
import { BUILT_STATES, ChannelPointReader, PlaceCountReader } from '#libs/channel';
import { isWithin } from '#libs/division';
import {
  Clock,
  DAY_MS,
  HOUR_MS,
  type InvalidInputError,
  businessDay,
  dayStart,
  plus,
  refused,
} from '#libs/kernel';
import { DispatchReader, type SigningQuestion } from '#libs/ordering';
import { PerformanceReader } from '#libs/performance';
import { VolumeCubeReader } from '#libs/volume';
import { type AmountRow, fold, prefixesOf, volumeQuestionOf } from './amount-row.rules.js';
import type { Amounts } from './report-measure.rules.js';
import {
  type ReportDefinition,
  type ReportDimension,
  type ReportQuestion,
  periodBefore,
} from './report.rules.js';
import { VolumeAmountReader } from './volume-amount.reader.js';

/** A point that has sold nothing for so long is idle. */
const OPERATING_DAYS = 30;
/** Whoever has paid may expect the parcel to be on its way by then. */
const PROMISE_HOURS = 48;
const REPURCHASE_DAYS = 90;

/** What each of the sources of dispatch does not know adds nothing to the row. */
const NOT_DISPATCHED = {
  LINES_DUE: 0n,
  LINES_ON_TIME: 0n,
  LINES_DELIVERED: 0n,
  LINES_RETURNED: 0n,
  LINES_SIGNED: 0n,
  CLAIMS_PAID: 0n,
  RECOGNISED: 0n,
} as const satisfies Amounts;

function signingQuestionOf({ filter, scope }: ReportQuestion): SigningQuestion {
  const narrowed = (filter.members ?? []).find(({ dimension }) => dimension === 'ORIGIN_COUNTY');
  return {
    paidFrom: dayStart(filter.from),
    paidBefore: plus(dayStart(filter.to), DAY_MS),
    countyPrefixes: prefixesOf(scope),
    counties: narrowed?.values ?? null,
  };
}

/** Amounts that other contexts know. */
@Injectable()
export class OtherAmountReader {
  constructor(
    private readonly points: ChannelPointReader,
    private readonly places: PlaceCountReader,
    private readonly performance: PerformanceReader,
    private readonly dispatches: DispatchReader,
    private readonly cube: VolumeCubeReader,
    private readonly volume: VolumeAmountReader,
    private readonly clock: Clock,
  ) {}

  /** Points that stood and were open at the end of the period, and of those the ones that sold, or were filled, in its last days. */
  async channels(
    report: ReportDefinition,
    question: ReportQuestion,
  ): Promise<AmountRow[] | InvalidInputError> {
    const { filter, groupBy, scope } = question;
    const from = new Date(Date.parse(filter.to) - (OPERATING_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
    const asked = volumeQuestionOf(report, { filter: { ...filter, from }, scope }, ['CHANNEL_POINT']);
    const [counts, sold, filled] = await Promise.all([
      this.places.countsOn(filter.to, scope),
      this.cube.groups(asked),
      this.performance.filledIn(from, filter.to),
    ]);
    if (refused(sold)) return sold;
    const selling = sold
      .filter(({ sums }) => sums.PAID > 0n || sums.DELIVERED > 0n)
      .map(({ members }) => members[0] ?? '');
    const ids = [...new Set([...selling, ...filled])];
    const [active, openThen] = await Promise.all([
      this.points.byIds(ids),
      this.places.openOn(filter.to, ids),
    ]);
    const open = active.filter(({ id, countyCode }) => openThen.has(id) && isWithin(countyCode, scope));
    const place = (kind: string, county: string) => (dimension: ReportDimension) =>
      dimension === 'CHANNEL' ? kind : county;
    const wanted = (member: (dimension: ReportDimension) => string) =>
      (filter.members ?? []).every(({ dimension, values }) => values.includes(member(dimension)));
    const row = (member: (dimension: ReportDimension) => string, amounts: Amounts): AmountRow[] =>
      wanted(member) ? [{ members: groupBy.map(member), amounts }] : [];
    return fold([
      ...counts.flatMap(({ kind, countyCode, state, points }) => {
        const all = BigInt(points);
        const isOpen = state === 'OPEN' ? all : 0n;
        return row(place(kind, countyCode), {
          BUILT: BUILT_STATES.includes(state) ? all : 0n,
          OPEN: isOpen,
          OPERATING: 0n,
          IDLE: isOpen,
        });
      }),
      ...open.flatMap(({ kind, countyCode }) =>
        row(place(kind, countyCode), { BUILT: 0n, OPEN: 0n, OPERATING: 1n, IDLE: -1n }),
      ),
    ]);
  }

  /** Lines due and dispatched in time, how long their buyers waited, and what of delivered lines went back, in lines and in money. */
  async dispatch(
    report: ReportDefinition,
    question: ReportQuestion,
  ): Promise<AmountRow[] | InvalidInputError> {
    const { filter, groupBy, scope } = question;
    const counties = (filter.members ?? []).flatMap(({ values }) => values);
    const isNarrowed = (filter.members ?? []).length > 0;
    const now = this.clock.now();
    const dueBefore = plus(now, -PROMISE_HOURS * HOUR_MS);
    const periodEnd = plus(dayStart(filter.to), DAY_MS);
    const { from, to, filters, scope: within } = volumeQuestionOf(report, question, []);
    const [lines, sums, returned, signings] = await Promise.all([
      this.dispatches.byCounty({
        paidFrom: dayStart(filter.from),
        paidBefore: periodEnd < dueBefore ? periodEnd : dueBefore,
        promiseHours: PROMISE_HOURS,
        promisedFrom: filter.from,
        // A day that is not over is not due.
        promisedBefore: businessDay(periodEnd < now ? periodEnd : now),
        countyPrefixes: prefixesOf(scope),
      }),
      this.volume.rows(report, { ...question, groupBy: ['ORIGIN_COUNTY'] }),
      this.cube.returnedLines({ from, to, filters, scope: within }),
      this.dispatches.signing(signingQuestionOf(question), groupBy.length > 0 ? 'COUNTY' : 'WHOLE'),
    ]);
    if (refused(sums)) return sums;
    const members = (county: string) => (groupBy.length > 0 ? [county] : []);
    const rows = fold([
      ...signings.map(({ originCountyCode, signed }) => ({
        members: members(originCountyCode ?? ''),
        amounts: { ...NOT_DISPATCHED, LINES_SIGNED: signed },
      })),
      ...returned.map((row) => ({
        members: members(row.originCountyCode),
        amounts: {
          ...NOT_DISPATCHED,
          LINES_DELIVERED: row.delivered,
          LINES_RETURNED: row.returned,
          CLAIMS_PAID: row.paidOutFen,
        },
      })),
      ...lines
        .filter(({ originCountyCode }) => !isNarrowed || counties.includes(originCountyCode))
        .map(({ originCountyCode, due, onTime }) => ({
          members: members(originCountyCode),
          amounts: { ...NOT_DISPATCHED, LINES_DUE: due, LINES_ON_TIME: onTime },
        })),
      ...sums.map(({ members: [county = ''], amounts }) => ({
        members: members(county),
        amounts: { ...NOT_DISPATCHED, RECOGNISED: amounts.RECOGNISED ?? 0n },
      })),
    ]);
    // Medians are put in last: nothing adds them up.
    const medianOf = new Map(
      signings.map(({ originCountyCode, twiceMedianMicros }) => [originCountyCode ?? '', twiceMedianMicros]),
    );
    return rows.map((row) => ({
      ...row,
      amounts: { ...row.amounts, TWICE_MEDIAN_MICROS: medianOf.get(row.members[0] ?? '') ?? 0n },
    }));
  }

  /** How long buyers of all counties asked for waited, which no sum of counties tells. */
  async signedWhole(question: ReportQuestion): Promise<Amounts> {
    const [row] = await this.dispatches.signing(signingQuestionOf(question), 'WHOLE');
    return { LINES_SIGNED: row?.signed ?? 0n, TWICE_MEDIAN_MICROS: row?.twiceMedianMicros ?? 0n };
  }

  /** What last year's basket of each product costs at this period's mean price; products of only one of the periods are in neither. */
  async prices(report: ReportDefinition, question: ReportQuestion): Promise<AmountRow[] | InvalidInputError> {
    const byProduct = [...new Set<ReportDimension>([...question.groupBy, 'PRODUCT'])];
    const filter = { ...question.filter, ...periodBefore(question.filter, 'SAME_PERIOD_LAST_YEAR') };
    const [now, before] = await Promise.all([
      this.volume.rows(report, { ...question, groupBy: byProduct }),
      this.volume.rows(report, { ...question, filter, groupBy: byProduct }),
    ]);
    if (refused(now)) return now;
    if (refused(before)) return before;
    const key = (members: readonly string[]) => JSON.stringify(members);
    const baseOf = new Map(before.map(({ members, amounts }) => [key(members), amounts]));
    return fold(
      now.flatMap(({ members, amounts }): AmountRow[] => {
        const [weight = 0n, recognised = 0n] = [amounts.WEIGHT, amounts.RECOGNISED];
        const { WEIGHT: weightBefore = 0n, RECOGNISED: recognisedBefore = 0n } =
          baseOf.get(key(members)) ?? {};
        if (weight <= 0n || recognised <= 0n || weightBefore <= 0n || recognisedBefore <= 0n) return [];
        return [
          {
            members: question.groupBy.map((dimension) => members[byProduct.indexOf(dimension)] ?? ''),
            amounts: { BASKET: (recognised * weightBefore) / weight, BASKET_BEFORE: recognisedBefore },
          },
        ];
      }),
    );
  }

  /** What units bought; and of the whole, since digests belong to no product, who came back. */
  async repurchase(
    report: ReportDefinition,
    question: ReportQuestion,
  ): Promise<AmountRow[] | InvalidInputError> {
    const rows = await this.volume.rows(report, question);
    if (refused(rows)) return rows;
    const isWhole = question.groupBy.length === 0 && (question.filter.members ?? []).length === 0;
    if (!isWhole) return rows;
    const asked = volumeQuestionOf(report, question, []);
    const { buyers, again } = await this.cube.repurchase(asked, REPURCHASE_DAYS);
    const [row = { members: [], amounts: {} }] = rows;
    return [{ members: [], amounts: { ...row.amounts, BUYERS: buyers, BUYERS_AGAIN: again } }];
  }
}
