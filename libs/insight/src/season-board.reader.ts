import { Injectable } from '@nestjs/common';
import {
  GoodsKindReader,
  type GoodsKindRow,
  HarvestWindowReader,
  type NextSeason,
  OwnProductReader,
} from '#libs/catalog';
import { HarvestBatchReader } from '#libs/harvest';
import { BatchStockReader } from '#libs/inventory';
import { Clock, DAY_MS, InvalidInputError, businessDay } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { DemandNoticeReader, type OpenDemandRow } from '#libs/procurement';
import { VolumeCubeReader } from '#libs/volume';
import { type Judged, SOLD_DAYS, firstToLast, judged } from './season-board.rules.js';

/** One kind of goods of a merchant: when it is in season, what is there and comes, how it sells, and who needs some. */
export interface SeasonBoardRow {
  readonly kindCode: string;
  readonly kind: GoodsKindRow | null;
  readonly season: NextSeason | null;
  readonly freeKg: number;
  readonly comingKg: number;
  readonly soldKg: number;
  readonly cover: Judged['cover'];
  readonly coverDays: number | null;
  readonly overKg: number;
  readonly demands: readonly OpenDemandRow[];
}

const kgOf = (grams: number): number => Math.round(grams / 1_000);
const sumKg = (rows: readonly { readonly weightG: number }[]): number =>
  kgOf(rows.reduce((sum, { weightG }) => sum + weightG, 0));

const sooner = (a: NextSeason, b: NextSeason): number => (a.opensOn < b.opensOn ? -1 : 1);

/** Of several products of a kind, the season that is open and goes on longest, or else the next. */
function seasonOf(seasons: readonly NextSeason[]): NextSeason | null {
  const open = seasons.filter(({ isOpen }) => isOpen);
  const [longest] = open.toSorted((a, b) => (a.closesOn > b.closesOn ? -1 : 1));
  return longest ?? seasons.toSorted(sooner)[0] ?? null;
}

/** What a merchant has too much of, beside what units need: the same statements however much it has. The caller has checked whose it is. */
@Injectable()
export class SeasonBoardReader {
  constructor(
    private readonly merchants: MerchantReader,
    private readonly products: OwnProductReader,
    private readonly kinds: GoodsKindReader,
    private readonly windows: HarvestWindowReader,
    private readonly stock: BatchStockReader,
    private readonly harvests: HarvestBatchReader,
    private readonly cube: VolumeCubeReader,
    private readonly demands: DemandNoticeReader,
    private readonly clock: Clock,
  ) {}

  async of(merchantId: string): Promise<SeasonBoardRow[]> {
    const now = this.clock.now();
    const today = businessDay(now);
    const products = await this.products.ofKinds(merchantId);
    const ids = products.map(({ id }) => id);
    const codes = [...new Set(products.map(({ kindCode }) => kindCode))];
    const merchant = await this.merchants.byId(merchantId);
    const [kinds, seasons, lots, coming, groups, demands] = await Promise.all([
      this.kinds.all(),
      this.windows.nextSeasonsOf(ids),
      this.stock.freeOf(ids),
      this.harvests.comingOf(merchantId, today),
      this.cube.groups({
        from: businessDay(new Date(now.getTime() - (SOLD_DAYS - 1) * DAY_MS)),
        to: today,
        dimensions: ['PRODUCT'],
        filters: { MERCHANT: [merchantId] },
        scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
      }),
      this.demands.openOf(codes, merchant?.countyCode ?? ''),
    ]);
    const sold = new Map(
      groups instanceof InvalidInputError
        ? []
        : groups.map(({ members: [id = ''], sums }) => [id, Number(sums.WEIGHT)]),
    );
    const rowOf = (kindCode: string): SeasonBoardRow => {
      const own = products.filter((product) => product.kindCode === kindCode);
      const isOwn = ({ productId }: { readonly productId: string }) => own.some(({ id }) => id === productId);
      const season = seasonOf(own.flatMap(({ id }) => seasons.get(id) ?? []));
      const there = lots.filter(isOwn);
      const comes = coming.filter(isOwn);
      const soldG = own.reduce((sum, { id }) => sum + (sold.get(id) ?? 0), 0);
      const perishes = own.some(({ isPerishable }) => isPerishable === 1);
      const seasonClosesOn = season?.isOpen ? season.closesOn : null;
      const { cover, coverDays, overG } = judged(
        { lots: there, coming: comes, soldG, perishes, seasonClosesOn },
        today,
      );
      return {
        kindCode,
        kind: kinds.find(({ code }) => code === kindCode) ?? null,
        season,
        freeKg: sumKg(there),
        comingKg: sumKg(comes),
        soldKg: kgOf(soldG),
        cover,
        coverDays,
        // However little it is, it is a glut.
        overKg: Math.ceil(overG / 1_000),
        demands: demands.filter((demand) => demand.kindCode === kindCode),
      };
    };
    return codes.map(rowOf).toSorted(firstToLast);
  }
}
