import { allocate, assert, present } from '#libs/kernel';
import type { CertificationRow, ProductRow, VariantRow, VolumeRow } from './files.js';
import { readSource } from './paths.js';
import { Random } from './random.js';
import { type County, cell, groupBy, numberCell } from './shared.js';

/** Just over 1.2 billion yuan, the figure that the city gave on 8 December 2020. */
export const VOLUME_TOTAL_FEN = 120_341_792_658n;
export const HISTORY_FROM = '2019-01-01';
export const HISTORY_TO = '2020-11-30';

const DAY_MS = 86_400_000;

interface Day {
  readonly text: string;
  /** MM-DD. */
  readonly monthDay: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly number: number;
}

function daysOfHistory(): Day[] {
  const first = Date.parse(HISTORY_FROM);
  const count = (Date.parse(HISTORY_TO) - first) / DAY_MS + 1;
  return Array.from({ length: count }, (_, number) => {
    const date = new Date(first + number * DAY_MS);
    const text = date.toISOString().slice(0, 10);
    return { text, monthDay: text.slice(5), weekday: date.getUTCDay(), number };
  });
}

interface Season {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
}

/** `07-20..07-26:5|07-27..08-13:12`: where several cover a day, they add up; where none does, nothing is sold. */
function seasonsOf(text: string): Season[] {
  return text.split('|').map((part) => {
    const match = /^(\d\d-\d\d)\.\.(\d\d-\d\d):(\d+)$/.exec(part);
    assert(match?.[1] && match[2] && match[1] <= match[2], `${part} is MM-DD..MM-DD:weight within one year`);
    return { from: match[1], to: match[2], weight: Number(match[3]) };
  });
}

function isWithin(day: string, from: string, to: string): boolean {
  return from <= day && day <= to;
}

/** How well a day sells in a channel, in hundredths of an ordinary day; 0 means closed. */
const RHYTHM: Readonly<Record<string, (day: Day) => number>> = {
  PROCUREMENT: ({ weekday, text, monthDay }) => {
    if (weekday === 0 || weekday === 6) return 0;
    return isWithin(monthDay, '11-05', '11-30') || isWithin(text, '2020-01-06', '2020-01-22') ? 165 : 100;
  },
  ONLINE: ({ weekday, monthDay }) => {
    if (monthDay === '11-11') return 320;
    if (isWithin(monthDay, '06-16', '06-18')) return 190;
    return weekday === 0 ? 120 : 100;
  },
  ZONE: ({ weekday }) => (weekday === 0 || weekday === 6 ? 150 : 90),
  PAVILION: ({ weekday }) => (weekday === 0 || weekday === 6 ? 165 : 85),
  FAIR: ({ weekday, monthDay }) => (weekday === 6 || isWithin(monthDay, '10-15', '10-18') ? 100 : 0),
  COUNTER: ({ text }) => (text < '2020-05-01' ? 45 : text < '2020-09-01' ? 90 : 140),
};

/** On how many of a hundred open days a line reports anything through a channel. */
const REPORTS: Readonly<Record<string, number>> = {
  PROCUREMENT: 62,
  ONLINE: 94,
  ZONE: 78,
  PAVILION: 66,
  FAIR: 90,
  COUNTER: 58,
};

/** A buyer for many pays less, a cabinet asks a little more: parts of a hundred of the shop price. */
const PRICE_LEVEL: Readonly<Record<string, bigint>> = {
  PROCUREMENT: 92n,
  ONLINE: 100n,
  ZONE: 103n,
  PAVILION: 101n,
  FAIR: 95n,
  COUNTER: 108n,
};

/** From month to month more is sold; 2020 sells about half as much again as 2019. */
function growth({ number }: Day): number {
  return 80 + Math.trunc((number * 90) / 700);
}

/** The epidemic of early 2020, campaigns and the days before the Spring Festival, in hundredths. */
function events({ text, monthDay }: Day, channelKind: string): number {
  if (isWithin(text, '2020-01-25', '2020-02-29')) return channelKind === 'ONLINE' ? 55 : 18;
  if (isWithin(text, '2020-03-01', '2020-03-31')) return channelKind === 'ONLINE' ? 110 : 60;
  if (monthDay === '10-17') return 320;
  if (isWithin(monthDay, '10-14', '10-20')) return 170;
  if (isWithin(monthDay, '09-01', '09-30')) return 135;
  if (isWithin(text, '2019-01-15', '2019-02-03') || isWithin(text, '2020-01-05', '2020-01-23')) return 150;
  return 100;
}

interface Line {
  readonly product: ProductRow;
  readonly pricePerUnitFen: bigint;
  readonly weightPerUnitG: number;
  readonly amountFen: bigint;
  readonly seasons: readonly Season[];
  /** Per channel, in the order of volume-channels.csv. */
  readonly affinity: readonly number[];
  /** Sales count as certified from this day on. */
  readonly certifiedFrom: string | null;
}

/**
 * Line by channel, so that every line keeps its sum and every channel comes to its share: proportional fitting of the affinities.
 * Only + × ÷ on doubles, which give the same bits everywhere.
 */
function fitted(lines: readonly Line[], channelTargets: readonly bigint[]): number[][] {
  const cells = lines.map((line) => [...line.affinity]);
  for (let round = 0; round < 60; round += 1) {
    for (const [index, line] of lines.entries()) {
      const row = present(cells[index], 'a row per line');
      const sum = row.reduce((a, b) => a + b, 0);
      cells[index] = row.map((value) => (value * Number(line.amountFen)) / sum);
    }
    for (const [channel, target] of channelTargets.entries()) {
      const sum = cells.reduce((total, row) => total + (row[channel] ?? 0), 0);
      for (const row of cells) row[channel] = ((row[channel] ?? 0) * Number(target)) / sum;
    }
  }
  return cells;
}

export function generateVolume(
  counties: readonly County[],
  products: readonly ProductRow[],
  variants: readonly VariantRow[],
  certifications: readonly CertificationRow[],
): VolumeRow[] {
  const channels = readSource('volume-channels.csv');
  const lines = linesOf(counties, products, variants, certifications);
  const channelTargets = allocate(
    VOLUME_TOTAL_FEN,
    channels.map((channel) => BigInt(cell(channel, 'permille'))),
  );
  const matrix = fitted(lines, channelTargets);
  const days = daysOfHistory();

  const rows: VolumeRow[] = [];
  for (const [index, line] of lines.entries()) {
    const weights = present(matrix[index], 'a row per line').map((value) => BigInt(Math.round(value)));
    const perChannel = allocate(line.amountFen, weights);
    for (const [number, channel] of channels.entries()) {
      rows.push(
        ...rowsOf(
          line,
          cell(channel, 'channelKind'),
          cell(channel, 'firstDay'),
          perChannel[number] ?? 0n,
          days,
        ),
      );
    }
  }
  return rows.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function orderOf({ day, originCode, product, channelKind }: VolumeRow): string {
  return `${day} ${originCode} ${product} ${channelKind}`;
}

function linesOf(
  counties: readonly County[],
  products: readonly ProductRow[],
  variants: readonly VariantRow[],
  certifications: readonly CertificationRow[],
): Line[] {
  const sources = readSource('volume-lines.csv').map((row) => ({
    row,
    product: present(
      products.find(({ key }) => key === row['productKey']),
      `product ${row['productKey']}`,
    ),
  }));
  const byCounty = groupBy(sources, ({ product }) => product.originCountyCode);
  const perCounty = allocate(
    VOLUME_TOTAL_FEN,
    counties.map(({ volumeWeight }) => volumeWeight),
  );

  return counties.flatMap((county, index) => {
    const own = present(byCounty.get(county.code), `lines of ${county.name}`);
    const amounts = allocate(
      perCounty[index] ?? 0n,
      own.map(({ row }) => BigInt(numberCell(row, 'weight'))),
    );
    return own.map(({ row, product }, number): Line => {
      const variant = present(
        variants.find(({ productId }) => productId === product.id),
        'a variant',
      );
      const certification = certifications.find(
        ({ productId, scheme }) => productId === product.id && scheme === 'NATIONAL_2020',
      );
      return {
        product,
        pricePerUnitFen: variant.priceFen,
        weightPerUnitG: variant.netWeightG,
        amountFen: amounts[number] ?? 0n,
        seasons: seasonsOf(cell(row, 'seasons')),
        affinity: cell(row, 'affinity').split('|').map(Number),
        certifiedFrom: certification?.validFrom ?? null,
      };
    });
  });
}

function rowsOf(
  line: Line,
  channelKind: string,
  firstDay: string,
  amountFen: bigint,
  days: readonly Day[],
): VolumeRow[] {
  if (amountFen === 0n) return [];
  const random = new Random(`volume:${line.product.key}:${channelKind}`);
  const rhythm = present(RHYTHM[channelKind], `rhythm of ${channelKind}`);
  const reports = present(REPORTS[channelKind], `reports of ${channelKind}`);
  const weighted = days.flatMap((day) => {
    const season = line.seasons
      .filter(({ from, to }) => isWithin(day.monthDay, from, to))
      .reduce((sum, { weight }) => sum + weight, 0);
    // Drawn for every day, open or not, so that a changed season leaves the other days as they are.
    const isReported = random.percent(reports);
    const noise = random.between(60, 140);
    const weight =
      day.text < firstDay || !isReported
        ? 0
        : season * rhythm(day) * events(day, channelKind) * growth(day) * noise;
    return weight > 0 ? [{ day, weight: BigInt(weight) }] : [];
  });
  const amounts = allocate(
    amountFen,
    weighted.map(({ weight }) => weight),
  );
  const price =
    (line.pricePerUnitFen * present(PRICE_LEVEL[channelKind], `price level of ${channelKind}`)) / 100n;

  return weighted.flatMap(({ day }, index) => {
    const amount = amounts[index] ?? 0n;
    if (amount === 0n) return [];
    const units = Number((amount + price / 2n) / price);
    const quantity = units > 0 ? units : 1;
    return [
      {
        day: day.text,
        originCode: line.product.originCountyCode,
        product: line.product.key,
        channelKind,
        certified: line.certifiedFrom !== null && day.text >= line.certifiedFrom,
        amountFen: amount,
        quantity,
        weightG: quantity * line.weightPerUnitG,
      },
    ];
  });
}
