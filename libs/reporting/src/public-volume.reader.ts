import { Injectable } from '@nestjs/common';
import { ProductNameReader } from '#libs/catalog';
import { type Fen, type Locale, present, refused, sumFen } from '#libs/kernel';
import {
  ErratumReader,
  MonthCloseReader,
  VolumeCubeReader,
  type VolumeDimension,
  type VolumeGroup,
} from '#libs/volume';
import { MemberNameReader } from './member-name.reader.js';
import {
  type PublicCell,
  type PublicMeasure,
  type ShownCell,
  isErratumShown,
  isPublic,
  isTooSmall,
  suppressed,
} from './public-volume.rules.js';
import { spanOf } from './report.rules.js';

export interface NamedCell extends ShownCell {
  readonly name: string;
}

/** What was wrong in a published month, as everybody may see it. */
export interface PublicErratum {
  readonly number: number;
  readonly measure: PublicMeasure;
  /** Null for the whole register. */
  readonly divisionCode: string | null;
  readonly name: string | null;
  /** Null where the amounts would tell of too few. */
  readonly publishedFen: Fen | null;
  readonly correctFen: Fen | null;
  readonly reason: string;
  readonly publishedAt: Date;
}

/** A published month, as everybody may see it. */
export interface PublicVolume {
  readonly month: string;
  /** Null where too few sold at all. */
  readonly recognisedFen: Fen | null;
  readonly certifiedFen: Fen | null;
  readonly counties: readonly NamedCell[];
  readonly categories: readonly NamedCell[];
  /** The most sold first, without amounts: a product has one seller. */
  readonly topProducts: readonly string[];
  readonly errata: readonly PublicErratum[];
}

const TOP_MAX = 10;

/** What the public page shows: published months, small cells suppressed, nothing of persons. */
@Injectable()
export class PublicVolumeReader {
  constructor(
    private readonly closes: MonthCloseReader,
    private readonly cube: VolumeCubeReader,
    private readonly products: ProductNameReader,
    private readonly names: MemberNameReader,
    private readonly errata: ErratumReader,
  ) {}

  /** Null for months that are not published. They do not change any more; what was wrong in one is said beside it. */
  async ofMonth(month: string, locale: Locale): Promise<PublicVolume | null> {
    if ((await this.closes.byMonth(month))?.state !== 'PUBLISHED') return null;
    const [published, sold, byProduct] = await Promise.all([
      this.closes.published(month),
      this.groups(month, ['ORIGIN_COUNTY', 'MERCHANT']),
      this.groups(month, ['PRODUCT']),
    ]);
    const sellersOf = (county: string) =>
      new Set(sold.filter(({ members }) => members[0] === county).map(({ members }) => members[1] ?? ''));
    const counties = published.map(({ originCountyCode: code, recognisedFen, certifiedFen }): PublicCell => ({
      code,
      recognisedFen,
      certifiedFen,
      sellers: sellersOf(code),
    }));
    const isHidden = isTooSmall(counties);
    const shown = await this.named('ORIGIN_COUNTY', counties, locale);
    const products = await this.products.byIds(byProduct.map(({ members }) => members[0] ?? ''));
    return {
      month,
      recognisedFen: isHidden ? null : sumFen(counties.map(({ recognisedFen }) => recognisedFen)),
      certifiedFen: isHidden ? null : sumFen(counties.map(({ certifiedFen }) => certifiedFen)),
      counties: shown,
      categories: await this.named('CATEGORY', categoriesOf(byProduct, products), locale),
      topProducts: topOf(byProduct, products),
      errata: await this.errataOf(month, shown, !isHidden, locale),
    };
  }

  private async errataOf(
    month: string,
    counties: readonly ShownCell[],
    isTotalShown: boolean,
    locale: Locale,
  ): Promise<PublicErratum[]> {
    const errata = await this.errata.published([month], 'ALL');
    const codes = errata.map(({ divisionCode }) => divisionCode);
    const names = await this.names.namesOf('ORIGIN_COUNTY', codes, locale);
    return errata.flatMap(
      ({ number, measure, divisionCode, publishedFen, correctFen, reason, decidedAt }) => {
        if (!isPublic(measure)) return [];
        const isShown = isErratumShown(divisionCode, counties, isTotalShown);
        return [
          {
            number: present(number, 'the number of what is published'),
            measure,
            divisionCode: divisionCode || null,
            name: divisionCode === '' ? null : (names.get(divisionCode) ?? divisionCode),
            publishedFen: isShown ? publishedFen : null,
            correctFen: isShown ? correctFen : null,
            reason,
            publishedAt: present(decidedAt, 'the day of what is published'),
          },
        ];
      },
    );
  }

  private async groups(month: string, dimensions: readonly VolumeDimension[]): Promise<VolumeGroup[]> {
    const period = spanOf('MONTH', month, { from: month, to: '9999-12-31' });
    const scope = { by: 'ORIGIN_COUNTY', codes: 'ALL' } as const;
    const groups = await this.cube.groups({ ...period, dimensions, filters: {}, scope });
    // A month has thousands of merchants at most; a refusal would be a mistake of ours.
    if (refused(groups)) throw new Error(groups.message.en);
    return groups.filter(({ sums }) => sums.RECOGNISED !== 0n);
  }

  private async named(
    dimension: 'ORIGIN_COUNTY' | 'CATEGORY',
    cells: readonly PublicCell[],
    locale: Locale,
  ): Promise<NamedCell[]> {
    const names = await this.names.namesOf(
      dimension,
      cells.map(({ code }) => code),
      locale,
    );
    return suppressed(cells).map((cell) => ({ ...cell, name: present(names.get(cell.code), cell.code) }));
  }
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly categoryCode: string;
  readonly merchantId: string;
}

function categoriesOf(groups: readonly VolumeGroup[], products: readonly Known[]): PublicCell[] {
  const productOf = new Map(products.map((product) => [product.id, product]));
  const cells = new Map<string, PublicCell>();
  for (const { members, sums } of groups) {
    const product = productOf.get(members[0] ?? '');
    const code = product?.categoryCode ?? '';
    const cell = cells.get(code);
    cells.set(code, {
      code,
      recognisedFen: (cell?.recognisedFen ?? 0n) + sums.RECOGNISED,
      certifiedFen: (cell?.certifiedFen ?? 0n) + sums.CERTIFIED,
      sellers: new Set([...(cell?.sellers ?? []), product?.merchantId ?? '']),
    });
  }
  return [...cells.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function topOf(groups: readonly VolumeGroup[], products: readonly Known[]): string[] {
  const nameOf = new Map(products.map(({ id, name }) => [id, name]));
  return groups
    .filter(({ sums }) => sums.RECOGNISED > 0n)
    .toSorted((a, b) => (a.sums.RECOGNISED > b.sums.RECOGNISED ? -1 : 1))
    .flatMap(({ members }) => nameOf.get(members[0] ?? '') ?? [])
    .slice(0, TOP_MAX);
}
