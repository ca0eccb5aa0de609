import { Injectable } from '@nestjs/common';
import { InvalidInputError, type Page, type PageRequest, refused } from '#libs/kernel';
import { VolumeCubeReader, type VolumeFactRow, type VolumeQuestion, type VolumeSums } from '#libs/volume';
import { volumeQuestionOf } from './amount-row.rules.js';
import { reportOf } from './report-catalogue.rules.js';
import {
  type ReportDimension,
  type ReportQuestion,
  isTime,
  refuseReport,
  spanOf,
  isOfFacts,
  questionOfFacts,
} from './report.rules.js';
import { VolumeAmountReader } from './volume-amount.reader.js';

export interface CellMember {
  readonly dimension: ReportDimension;
  readonly value: string;
}

export interface ReportCell extends Omit<ReportQuestion, 'groupBy' | 'comparison'> {
  readonly members: readonly CellMember[];
}

export interface ReportDrill extends Page<VolumeFactRow> {
  /** What the facts of all pages add up to: the sums in the cell. */
  readonly sums: VolumeSums;
}

const NOT_OF_FACTS = {
  zh: '本报表的数字不是交易明细之和，不能下钻',
  en: 'The figures of this report are no sums of facts.',
};

const NO_TIME_TWICE = {
  zh: '一个单元格最多取一个时间成员',
  en: 'A cell has at most one member of time.',
};

/** From a cell of a report down to the facts it is made of. */
@Injectable()
export class ReportDrillReader {
  constructor(
    private readonly cube: VolumeCubeReader,
    private readonly volume: VolumeAmountReader,
  ) {}

  async facts(cell: ReportCell, page: PageRequest): Promise<ReportDrill | InvalidInputError> {
    const question = await this.questionOf(cell);
    if (refused(question)) return question;
    const sums = await this.cube.total(question);
    if (refused(sums)) return sums;
    return { ...(await this.cube.facts(question, page)), sums };
  }

  /** The cell as a question without groups: its days narrow the period, its other members the filter. */
  private async questionOf(cell: ReportCell): Promise<VolumeQuestion | InvalidInputError> {
    const report = reportOf(cell.id);
    const { filter, members, scope, id } = questionOfFacts(report, cell);
    if (!isOfFacts(report)) return new InvalidInputError([{ path: 'id', message: NOT_OF_FACTS }]);
    const groupBy = members.map(({ dimension }) => dimension);
    const refusal = refuseReport(report, { id, filter, scope, groupBy, comparison: null });
    if (refusal) return refusal;
    const times = members.filter(({ dimension }) => isTime(dimension) && dimension !== 'ORIGINAL_MONTH');
    if (times.length > 1) return new InvalidInputError([{ path: 'cell', message: NO_TIME_TWICE }]);
    const [time] = times;
    const span = time ? spanOf(time.dimension, time.value, filter) : filter;
    const narrowed = members.filter((member) => member !== time);
    const question = volumeQuestionOf(report, { filter: { ...filter, ...span }, scope }, []);
    const filters = new Map(Object.entries(question.filters) as [string, readonly string[]][]);
    for (const { dimension, value } of narrowed.filter((member) => member.dimension !== 'CATEGORY')) {
      const allowed = filters.get(dimension);
      filters.set(dimension, !allowed || allowed.includes(value) ? [value] : []);
    }
    const asked = { ...question, filters: Object.fromEntries(filters) };
    const categories = this.categoriesOf(cell);
    if (categories === null) return asked;
    const products = await this.volume.productsIn(asked, categories);
    return refused(products) ? products : { ...asked, productIds: products };
  }

  /** The categories that both the cell and the filter allow; null where neither names any. */
  private categoriesOf({ filter, members }: ReportCell): readonly string[] | null {
    const own = members.find(({ dimension }) => dimension === 'CATEGORY')?.value;
    const allowed = (filter.members ?? []).find(({ dimension }) => dimension === 'CATEGORY')?.values;
    if (own === undefined) return allowed ?? null;
    return !allowed || allowed.includes(own) ? [own] : [];
  }
}
