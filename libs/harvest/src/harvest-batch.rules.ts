import type { DivisionLevel } from '#libs/division';
import { isWithin } from '#libs/division';
import { DAY_MS, type InvalidField, InvalidInputError, type Message, isBlank } from '#libs/kernel';
import type { TestResult } from './batch-test-report.entity.js';

/** Two thousand tonnes: more than a village grows, and still a number that every client can hold. */
export const WEIGHT_MAX_G = 2_000_000_000;
/** The longest season of one harvest. */
export const HARVEST_DAYS_MAX = 180;
/** What was harvested before that is history, and what will be later nobody knows. */
const DAYS_AROUND_MAX = 366;
const LABORATORY_MAX = 80;
const REPORT_NO_MAX = 60;

/** How much there is: the whole, or by the day; exactly one of them is said. */
export interface HarvestAmount {
  readonly harvestedFrom: string;
  /** Included. */
  readonly harvestedUntil: string;
  readonly dailyG: number | null;
  readonly weightG: number | null;
}

export interface HarvestWish extends HarvestAmount {
  readonly productId: string;
  readonly villageCode: string;
  readonly bestBeforeOn: string | null;
  readonly linkageAgreementId: string | null;
}

/** What a wish is measured by. */
export interface HarvestGround {
  readonly today: string;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  /** Null where none of that code is in force. */
  readonly village: { readonly code: string; readonly level: DivisionLevel } | null;
  /** The merchant's agreements among those that were named. */
  readonly agreementIds: readonly string[];
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Days of harvest, both included. */
export function daysOf({ harvestedFrom, harvestedUntil }: HarvestAmount): number {
  return daysBetween(harvestedFrom, harvestedUntil) + 1;
}

/** What it weighs, said or by the day. */
export function weightOf(amount: HarvestAmount): number {
  return amount.weightG ?? (amount.dailyG ?? 0) * daysOf(amount);
}

const isWeight = (grams: number): boolean => Number.isInteger(grams) && grams >= 1 && grams <= WEIGHT_MAX_G;

const weightRange: Message = {
  zh: '重量须大于 0，且一批不超过 2000 吨',
  en: 'A batch weighs more than nothing and at most 2,000 tonnes.',
};

/** Days and amounts, all faults at once; from when on is not asked of what was registered before. */
export function amountFaults(amount: HarvestAmount): InvalidField[] {
  const faults: InvalidField[] = [];
  const days = daysOf(amount);
  if (days < 1)
    faults.push({
      path: 'harvestedUntil',
      message: { zh: '采收结束日不能早于开始日', en: 'The last day of harvest is not before the first.' },
    });
  if (days > HARVEST_DAYS_MAX)
    faults.push({
      path: 'harvestedUntil',
      message: {
        zh: `一批采收不超过 ${HARVEST_DAYS_MAX} 天，更久的请分批登记`,
        en: `A batch is harvested within ${HARVEST_DAYS_MAX} days; register several for what takes longer.`,
      },
    });
  const { dailyG, weightG } = amount;
  if ((dailyG === null) === (weightG === null))
    faults.push({
      path: 'weightG',
      message: {
        zh: '请填这一批的总重量，或每天能收多少，两者填一个',
        en: 'Say what the batch weighs or what is harvested in a day, one of the two.',
      },
    });
  else if (!isWeight(dailyG ?? weightG ?? 0) || (days >= 1 && !isWeight(weightOf(amount))))
    faults.push({ path: dailyG === null ? 'weightG' : 'dailyG', message: weightRange });
  return faults;
}

/** All that is wrong with a harvest, at once. */
export function refuseHarvest(wish: HarvestWish, ground: HarvestGround): InvalidInputError | null {
  const faults = amountFaults(wish);
  if (Math.abs(daysBetween(ground.today, wish.harvestedFrom)) > DAYS_AROUND_MAX)
    faults.push({
      path: 'harvestedFrom',
      message: { zh: '采收日期须在前后一年之内', en: 'The harvest lies within a year from today.' },
    });
  const { village } = ground;
  if (village?.level !== 'VILLAGE' || !isWithin(village.code, [ground.originCountyCode]))
    faults.push({
      path: 'villageCode',
      message: {
        zh: '请选择商品产地县里的一个村',
        en: 'Choose a village of the county that the goods come from.',
      },
    });
  const { bestBeforeOn, linkageAgreementId } = wish;
  if (bestBeforeOn === null && ground.isPerishable)
    faults.push({
      path: 'bestBeforeOn',
      message: { zh: '鲜货请填最晚卖到哪一天', en: 'Say until when fresh goods are sold.' },
    });
  if (bestBeforeOn !== null && bestBeforeOn < wish.harvestedFrom)
    faults.push({
      path: 'bestBeforeOn',
      message: { zh: '最晚售卖日不能早于采收开始日', en: 'It is best after it was harvested.' },
    });
  if (linkageAgreementId !== null && !ground.agreementIds.includes(linkageAgreementId))
    faults.push({
      path: 'linkageAgreementId',
      message: { zh: '请选择本社的联农协议', en: 'Choose an agreement of your own.' },
    });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export interface TestReportWish {
  readonly batchId: string;
  readonly fileId: string;
  readonly laboratory: string;
  readonly reportNo: string;
  readonly testedOn: string;
  readonly result: TestResult;
}

const within = (text: string, most: number): boolean => !isBlank(text) && text.trim().length <= most;

/** `isOwnFile`: whoever brings the report has brought the file. */
export function refuseTestReport(
  wish: TestReportWish,
  { today, isOwnFile }: { readonly today: string; readonly isOwnFile: boolean },
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (!isOwnFile)
    faults.push({
      path: 'fileId',
      message: { zh: '照片已失效，请重新拍一张', en: 'The file is gone; bring it again.' },
    });
  if (!within(wish.laboratory, LABORATORY_MAX))
    faults.push({
      path: 'laboratory',
      message: { zh: '请填检测机构，80 字以内', en: 'Say which laboratory, in at most 80 characters.' },
    });
  if (!within(wish.reportNo, REPORT_NO_MAX))
    faults.push({
      path: 'reportNo',
      message: { zh: '请填报告编号，60 字以内', en: 'Say the number of the report, at most 60 characters.' },
    });
  if (wish.testedOn > today || daysBetween(wish.testedOn, today) > DAYS_AROUND_MAX)
    faults.push({
      path: 'testedOn',
      message: {
        zh: '检测日期须在今天之前、一年之内',
        en: 'It was tested by today, and not more than a year ago.',
      },
    });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
