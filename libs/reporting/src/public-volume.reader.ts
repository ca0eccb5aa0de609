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
  isSplitTooSmall,
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
      this.groups(month, ['ORIGIN_COUNTY', 'PRODUCT', 'CERTIFIED']),
    ]);
    const products = await this.products.byIds(
      [...new Set(byProduct.map(({ members }) => members[1] ?? ''))].filter((id) => id !== ''),
    );
    const sales = salesOf(byProduct, products);
    const counties = published.map(({ originCountyCode: code, recognisedFen, certifiedFen }): PublicCell => ({
      code,
      recognisedFen,
      certifiedFen,
      sellers: new Set(
        sold.filter(({ members }) => members[0] === code).map(({ members }) => members[1] ?? ''),
      ),
      ...splitOf(sales.filter(({ countyCode }) => countyCode === code)),
    }));
    const isHidden = isTooSmall(counties);
    const isSplitHidden = isHidden || isSplitTooSmall(counties);
    const shown = await this.named('ORIGIN_COUNTY', counties, locale);
    const isShown = { RECOGNISED: !isHidden, CERTIFIED: !isSplitHidden };
    return {
      month,
      recognisedFen: isHidden ? null : sumFen(counties.map(({ recognisedFen }) => recognisedFen)),
      certifiedFen: isSplitHidden ? null : sumFen(counties.map(({ certifiedFen }) => certifiedFen)),
      counties: shown,
      categories: await this.named('CATEGORY', categoriesOf(sales), locale),
      topProducts: topOf(sales),
      errata: await this.errataOf(month, shown, isShown, locale),
    };
  }

  private async errataOf(
    month: string,
    counties: readonly ShownCell[],
    isTotalShown: Readonly<Record<PublicMeasure, boolean>>,
    locale: Locale,
  ): Promise<PublicErratum[]> {
    const errata = await this.errata.published([month], 'ALL');
    const codes = errata.map(({ divisionCode }) => divisionCode);
    const names = await this.names.namesOf('ORIGIN_COUNTY', codes, locale);
    return errata.flatMap(
      ({ number, measure, divisionCode, publishedFen, correctFen, reason, decidedAt }) => {
        if (!isPublic(measure)) return [];
        const isShown = isErratumShown(measure, divisionCode, counties, isTotalShown[measure]);
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

/** What was sold of one product of one county, certified or not. What the catalogue does not hold has neither name, category nor seller. */
interface ProductSale {
  readonly countyCode: string;
  readonly productId: string;
  readonly product: Known | null;
  readonly isCertified: boolean;
  readonly recognisedFen: Fen;
  readonly certifiedFen: Fen;
}

function salesOf(groups: readonly VolumeGroup[], products: readonly Known[]): ProductSale[] {
  const productOf = new Map(products.map((product) => [product.id, product]));
  return groups.map(({ members: [countyCode = '', productId = '', certified], sums }) => ({
    countyCode,
    productId,
    product: productOf.get(productId) ?? null,
    isCertified: certified === 'YES',
    recognisedFen: sums.RECOGNISED,
    certifiedFen: sums.CERTIFIED,
  }));
}

function sellersOf(sales: readonly ProductSale[]): ReadonlySet<string> {
  return new Set(sales.map(({ product }) => product?.merchantId ?? ''));
}

function splitOf(sales: readonly ProductSale[]): Pick<PublicCell, 'certified' | 'uncertified'> {
  return {
    certified: sellersOf(sales.filter(({ isCertified }) => isCertified)),
    uncertified: sellersOf(sales.filter(({ isCertified }) => !isCertified)),
  };
}

function grouped(
  sales: readonly ProductSale[],
  keyOf: (sale: ProductSale) => string,
): [string, ProductSale[]][] {
  const groups = new Map<string, ProductSale[]>();
  for (const sale of sales) groups.set(keyOf(sale), [...(groups.get(keyOf(sale)) ?? []), sale]);
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function recognisedOf(sales: readonly ProductSale[]): Fen {
  return sumFen(sales.map(({ recognisedFen }) => recognisedFen));
}

function categoriesOf(sales: readonly ProductSale[]): PublicCell[] {
  return grouped(sales, ({ product }) => product?.categoryCode ?? '').map(([code, own]) => ({
    code,
    recognisedFen: recognisedOf(own),
    certifiedFen: sumFen(own.map(({ certifiedFen }) => certifiedFen)),
    sellers: sellersOf(own),
    ...splitOf(own),
  }));
}

/** Of equals the one with the smaller id first, so that the page is the same each time. */
function topOf(sales: readonly ProductSale[]): string[] {
  return grouped(sales, ({ productId }) => productId)
    .map(([, own]) => ({ name: own[0]?.product?.name ?? null, recognisedFen: recognisedOf(own) }))
    .filter(({ recognisedFen }) => recognisedFen > 0n)
    .toSorted((a, b) =>
      a.recognisedFen === b.recognisedFen ? 0 : a.recognisedFen > b.recognisedFen ? -1 : 1,
    )
    .flatMap(({ name }) => name ?? [])
    .slice(0, TOP_MAX);
}
