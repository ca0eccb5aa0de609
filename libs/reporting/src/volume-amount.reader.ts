import { Injectable } from '@nestjs/common';
import { ProductNameReader } from '#libs/catalog';
import { type InvalidInputError, refused } from '#libs/kernel';
import { VolumeCubeReader, type VolumeGroup, type VolumeQuestion, groupKey } from '#libs/volume';
import {
  type AmountRow,
  amountsOfGroup,
  dimensionsNeeded,
  fold,
  volumeQuestionOf,
} from './amount-row.rules.js';
import { amountsOf } from './report-measure.rules.js';
import {
  type ReportDefinition,
  type ReportDimension,
  type ReportQuestion,
  volumeDimensionOf,
} from './report.rules.js';

/** Amounts that are sums of facts. */
@Injectable()
export class VolumeAmountReader {
  constructor(
    private readonly cube: VolumeCubeReader,
    private readonly products: ProductNameReader,
  ) {}

  async rows(report: ReportDefinition, question: ReportQuestion): Promise<AmountRow[] | InvalidInputError> {
    const needed = dimensionsNeeded(report, question);
    const asked = volumeQuestionOf(report, question, needed);
    const groups = await this.cube.groups(asked);
    if (refused(groups)) return groups;
    const categories = needed.includes('CATEGORY')
      ? await this.categoriesOf(asked, groups)
      : new Map<string, string>();
    const rows = groups.flatMap(({ members, sums }): AmountRow[] => {
      const memberOf = (dimension: ReportDimension): string | undefined => {
        const member = members[asked.dimensions.indexOf(volumeDimensionOf(dimension))];
        return dimension === 'CATEGORY' ? (categories.get(member ?? '') ?? '') : member;
      };
      if (!isWanted(question, memberOf('CATEGORY'))) return [];
      return [
        {
          members: question.groupBy.map((dimension) => memberOf(dimension) ?? ''),
          amounts: amountsOfGroup(sums, memberOf, question.scope === 'ALL'),
        },
      ];
    });
    return this.withCorrections(report, question, await this.withDays(report, question, fold(rows)));
  }

  /** Products of the wanted categories among those that sold, for the facts behind a category. */
  async productsIn(
    question: VolumeQuestion,
    categories: readonly string[],
  ): Promise<string[] | InvalidInputError> {
    const asked: VolumeQuestion = { ...question, dimensions: ['PRODUCT'] };
    const groups = await this.cube.groups(asked);
    if (refused(groups)) return groups;
    const categoryOf = await this.categoriesOf(asked, groups);
    return groups
      .map(({ members: [product = ''] }) => product)
      .filter((product) => categories.includes(categoryOf.get(product) ?? ''));
  }

  /** By product; what no longer is in the catalogue has none, which is a value. */
  private async categoriesOf(
    { dimensions }: VolumeQuestion,
    groups: readonly VolumeGroup[],
  ): Promise<Map<string, string>> {
    const ids = new Set(groups.map(({ members }) => members[dimensions.indexOf('PRODUCT')] ?? ''));
    const products = await this.products.byIds([...ids]);
    return new Map(products.map(({ id, categoryCode }) => [id, categoryCode]));
  }

  private async withDays(
    report: ReportDefinition,
    question: ReportQuestion,
    rows: AmountRow[],
  ): Promise<AmountRow[]> {
    const wantsDays = report.measures.flatMap((measure) => amountsOf(measure)).includes('OPERATING_DAYS');
    // Days are kept by place of sale: divided by anything else, they would not be those of the row.
    const place: readonly ReportDimension[] = [
      'DAY',
      'WEEK',
      'MONTH',
      'YEAR',
      'CHANNEL',
      'CHANNEL_POINT',
      'SALE_COUNTY',
    ];
    const used = [...question.groupBy, ...(question.filter.members ?? []).map(({ dimension }) => dimension)];
    if (!wantsDays || used.some((dimension) => !place.includes(dimension))) return rows;
    const days = await this.cube.placeDays(volumeQuestionOf(report, question, question.groupBy));
    return rows.map(({ members, amounts }) => {
      const { days: sold = 0n, recognisedFen = 0n } = days.get(groupKey(members)) ?? {};
      return {
        members,
        amounts: { ...amounts, OPERATING_DAYS: sold, RECOGNISED_AT_PLACES: recognisedFen },
      };
    });
  }

  private async withCorrections(
    report: ReportDefinition,
    question: ReportQuestion,
    rows: AmountRow[],
  ): Promise<AmountRow[]> {
    if (!report.measures.includes('CORRECTIONS')) return rows;
    const later = await this.cube.countedLater(volumeQuestionOf(report, question, question.groupBy));
    return rows.map(({ members, amounts }) => ({
      members,
      amounts: { ...amounts, CORRECTIONS: later.get(groupKey(members)) ?? 0n },
    }));
  }
}

function isWanted({ filter }: ReportQuestion, category: string | undefined): boolean {
  const narrowed = (filter.members ?? []).find(({ dimension }) => dimension === 'CATEGORY');
  return !narrowed || narrowed.values.includes(category ?? '');
}
