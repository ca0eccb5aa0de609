import { DAY_MS, type Fen, type InvalidField, InvalidInputError, floorDiv } from '#libs/kernel';
import { OwnTargetError } from './volume-target.errors.js';
import type { VolumeTarget } from './volume-target.entity.js';

export type TargetKey = Pick<VolumeTarget, 'year' | 'divisionCode' | 'channelKind' | 'unitId'>;
export type TargetInput = TargetKey & Pick<VolumeTarget, 'amountFen'>;

const YEAR_MIN = 2019;
/** Ten trillion yuan: more than all farm goods of the country. */
const AMOUNT_MAX = 1_000_000_000_000_000n;

export function refuseTarget(
  { year, divisionCode, channelKind, unitId, amountFen }: TargetInput,
  scope: readonly string[] | 'ALL',
  today: string,
): InvalidInputError | OwnTargetError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  const yearMax = Number(today.slice(0, 4)) + 1;
  if (year < YEAR_MIN || year > yearMax)
    refuse(
      'year',
      `年度须在 ${YEAR_MIN} 到 ${yearMax} 之间`,
      `The year lies between ${YEAR_MIN} and ${yearMax}.`,
    );
  if (!/^\d{6}$/.test(divisionCode))
    refuse('divisionCode', '区划代码须为 6 位数字', 'The code of a city or county has six digits.');
  if (amountFen <= 0n || amountFen > AMOUNT_MAX)
    refuse(
      'amountFen',
      '目标须大于零且不超过十万亿元',
      'A target is more than nothing and at most ten trillion yuan.',
    );
  if (channelKind !== '' && unitId !== '')
    refuse('unitId', '渠道目标与单位目标不能合并设定', 'A target is for a channel or for a unit, not both.');
  if (fields.length > 0) return new InvalidInputError(fields);
  const isOwn = unitId === '' && scope !== 'ALL' && scope.includes(divisionCode);
  return isOwn ? new OwnTargetError() : null;
}

/** A share in hundredths of a percent, cut off and never rounded up; null where there is nothing to divide by. */
export function basisPointsOf(numerator: bigint, denominator: bigint): number | null {
  return denominator === 0n ? null : Number(floorDiv(numerator * 10_000n, denominator));
}

export interface YearSpan {
  readonly daysElapsed: number;
  readonly daysInYear: number;
}

/** How much of a year has passed with the end of that day: nothing before it begins, all of it after. */
export function spanOf(year: number, on: string): YearSpan {
  const start = Date.UTC(year, 0, 1);
  const daysInYear = (Date.UTC(year + 1, 0, 1) - start) / DAY_MS;
  const elapsed = (Date.parse(on) - start) / DAY_MS + 1;
  return { daysElapsed: Math.min(Math.max(elapsed, 0), daysInYear), daysInYear };
}

export interface Completion extends YearSpan {
  readonly volumeFen: Fen;
  readonly targetFen: Fen;
  /** volume / target. */
  readonly completionBps: number | null;
  /** volume / (target × days elapsed / days in year): 10,000 is on time. Null before the year has begun. */
  readonly timeAdjustedBps: number | null;
}

export function completionOf(volumeFen: Fen, targetFen: Fen, span: YearSpan): Completion {
  const { daysElapsed, daysInYear } = span;
  return {
    ...span,
    volumeFen,
    targetFen,
    completionBps: basisPointsOf(volumeFen, targetFen),
    timeAdjustedBps: basisPointsOf(volumeFen * BigInt(daysInYear), targetFen * BigInt(daysElapsed)),
  };
}

/** 1 for the highest; equals share a rank and the next one is skipped; what has no figure has no rank. */
export function ranksOf(figures: readonly (bigint | number | null)[]): (number | null)[] {
  return figures.map((figure) =>
    figure === null ? null : 1 + figures.filter((other) => other !== null && other > figure).length,
  );
}
