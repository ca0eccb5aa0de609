import { Injectable } from '@nestjs/common';
import { type Fen, InvalidInputError } from '#libs/kernel';
import { type VolumeDimension, VolumeCubeReader, type VolumeGroup, type VolumeSums } from '#libs/volume';
import { Database } from '#platform/database';
import { type CountySum, bpsOf, isDependent, isPublic, refuseDays, shownOf } from './insight.rules.js';

/** What was paid for goods, whoever paid, less what went back. */
export interface Sold {
  readonly soldFen: Fen;
  readonly quantity: number;
}

export interface Insight {
  readonly soldFen: Fen;
  readonly refundedFen: Fen;
  readonly days: readonly (Sold & { readonly day: string })[];
  readonly products: readonly (Sold & { readonly productId: string })[];
  readonly channels: readonly (Sold & { readonly channel: string })[];
  readonly publicShareBps: number | null;
  readonly isDependent: boolean;
  readonly orderCount: number;
  readonly againCount: number;
  readonly againBps: number | null;
  readonly countyYear: number;
  readonly counties: readonly CountySum[];
  readonly otherCountiesFen: Fen | null;
}

export interface InsightSpan {
  readonly merchantId: string;
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
}

/** Products by name are a list on a phone. */
const PRODUCTS_MAX = 50;
const COUNTIES_MAX = 50;
/** A year of a merchant that sells everywhere. */
const COUNTY_ROWS_MAX = 3_000;

const soldOf = ({ PAID, REFUNDED }: VolumeSums): Fen => PAID - REFUNDED;

function summed(groups: readonly VolumeGroup[], keyOf: (members: readonly string[]) => string) {
  const sums = new Map<string, Sold>();
  for (const { members, sums: each } of groups) {
    const before = sums.get(keyOf(members)) ?? { soldFen: 0n, quantity: 0 };
    sums.set(keyOf(members), {
      soldFen: before.soldFen + soldOf(each),
      quantity: before.quantity + Number(each.QUANTITY),
    });
  }
  return [...sums].map(([key, sold]) => ({ key, ...sold }));
}

const largestFirst = (a: Sold, b: Sold) => Number(b.soldFen - a.soldFen);

/** What a merchant sold, from sums that are kept: the same five statements whatever was sold. The caller has checked whose it is. */
@Injectable()
export class InsightReader {
  constructor(
    private readonly database: Database,
    private readonly cube: VolumeCubeReader,
  ) {}

  async of({ merchantId, from, to }: InsightSpan): Promise<Insight | InvalidInputError> {
    const refusal = refuseDays({ from, to });
    if (refusal) return refusal;
    const ask = async (
      dimensions: readonly VolumeDimension[],
      span = { from, to },
    ): Promise<readonly VolumeGroup[]> => {
      const groups = await this.cube.groups({
        ...span,
        dimensions,
        filters: { MERCHANT: [merchantId] },
        scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
      });
      // Its own words of what is too much are of reports; a merchant has never as many goods.
      return groups instanceof InvalidInputError ? [] : groups;
    };
    const year = Number(to.slice(0, 4));
    const [byDay, byGoods, byPlace, months, counties] = await Promise.all([
      ask(['DAY']),
      ask(['PRODUCT']),
      ask(['CHANNEL', 'BUYER_KIND']),
      this.monthsOf(merchantId, from, to),
      this.countiesOf(merchantId, year),
    ]);
    const soldFen = byDay.reduce((sum, { sums }) => sum + soldOf(sums), 0n);
    const publicFen = byPlace
      .filter(({ members }) => isPublic(members[1] ?? ''))
      .reduce((sum, { sums }) => sum + soldOf(sums), 0n);
    const publicShareBps = bpsOf(publicFen, soldFen);
    const { shown, othersFen } = shownOf(counties);
    return {
      soldFen,
      refundedFen: byDay.reduce((sum, { sums }) => sum + sums.REFUNDED, 0n),
      days: summed(byDay, ([day = '']) => day)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ key: day, ...sold }) => ({ day, ...sold })),
      products: summed(byGoods, ([product = '']) => product)
        .toSorted(largestFirst)
        .slice(0, PRODUCTS_MAX)
        .map(({ key: productId, ...sold }) => ({ productId, ...sold })),
      channels: summed(byPlace, ([channel = '']) => channel)
        .toSorted(largestFirst)
        .map(({ key: channel, ...sold }) => ({ channel, ...sold })),
      publicShareBps,
      isDependent: isDependent(publicShareBps),
      ...months,
      againBps: bpsOf(BigInt(months.againCount), BigInt(months.orderCount)),
      countyYear: year,
      counties: shown.slice(0, COUNTIES_MAX),
      otherCountiesFen: othersFen,
    };
  }

  /** Of whole months that lie in it, in part or whole: who comes back is counted by month. */
  private async monthsOf(merchantId: string, from: string, to: string) {
    const [row] = await this.database.query<{ orderCount: string | null; againCount: string | null }>(
      `SELECT SUM(order_count) AS orderCount, SUM(again_count) AS againCount FROM insight_month
       WHERE merchant_id = ? AND month BETWEEN ? AND ?`,
      [merchantId, `${from.slice(0, 7)}-01`, to],
    );
    return { orderCount: Number(row?.orderCount ?? 0), againCount: Number(row?.againCount ?? 0) };
  }

  /** Of a calendar year: buyers are counted once in it, so that no shorter time tells of one of them. */
  private async countiesOf(merchantId: string, year: number): Promise<CountySum[]> {
    const [groups, rows] = await Promise.all([
      this.cube.groups({
        from: `${year}-01-01`,
        to: `${year}-12-31`,
        dimensions: ['CONSUMPTION_COUNTY'],
        filters: { MERCHANT: [merchantId] },
        scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
      }),
      this.database.query<{ countyCode: string; buyerCount: number }>(
        `SELECT county_code AS countyCode, buyer_count AS buyerCount FROM insight_county_year
         WHERE merchant_id = ? AND year = ? LIMIT ?`,
        [merchantId, year, COUNTY_ROWS_MAX],
      ),
    ]);
    if (groups instanceof InvalidInputError) return [];
    const buyers = new Map(rows.map(({ countyCode, buyerCount }) => [countyCode, buyerCount]));
    return groups.map(({ members: [countyCode = ''], sums }) => ({
      countyCode,
      soldFen: soldOf(sums),
      buyerCount: buyers.get(countyCode) ?? 0,
    }));
  }
}
