import { Injectable } from '@nestjs/common';
import { InvalidInputError, refused } from '#libs/kernel';
import { ProcurementUnitReader, ReservedShareReader, SHARES_MAX } from '#libs/procurement';
import { VolumeTargetReader } from '#libs/volume';
import { type AmountRow, fold } from './amount-row.rules.js';
import type { ReportQuestion } from './report.rules.js';
import { sumByUnit } from './share-progress.rules.js';
import { UnitPurchaseReader } from './unit-purchase.reader.js';

const WITHIN_A_YEAR = {
  zh: '期间须在同一年内，目标自 1 月 1 日起算',
  en: 'The period lies within one year; targets count from its first of January.',
};

const TOO_MANY_UNITS = {
  zh: `超过 ${SHARES_MAX} 个采购单位`,
  en: `More than ${SHARES_MAX} units.`,
};

/** What was set or promised for a year, beside what was sold and bought. */
@Injectable()
export class GoalAmountReader {
  constructor(
    private readonly targetReader: VolumeTargetReader,
    private readonly shareReader: ReservedShareReader,
    private readonly units: ProcurementUnitReader,
    private readonly purchases: UnitPurchaseReader,
  ) {}

  /** Counties with a target for all that they sell. */
  async targets({ filter, groupBy, scope }: ReportQuestion): Promise<AmountRow[] | InvalidInputError> {
    const year = yearOf(filter.from, filter.to);
    if (year === null || filter.from !== `${year}-01-01`) return notAYear();
    const rows = await this.targetReader.completionOfWhole(year, filter.to, scope);
    const isCounty = ({ divisionCode }: (typeof rows)[number]) => !divisionCode.endsWith('00');
    return fold(
      rows
        .filter((row) => isCounty(row) && isWanted(filter, row.divisionCode))
        .map(({ divisionCode, volumeFen, targetFen, daysElapsed, daysInYear }) => ({
          members: groupBy.length > 0 ? [divisionCode] : [],
          amounts: {
            RECOGNISED: volumeFen,
            TARGET: targetFen,
            RECOGNISED_SO_FAR: volumeFen * BigInt(daysInYear),
            TARGET_SO_FAR: targetFen * BigInt(daysElapsed),
          },
        })),
    );
  }

  /** Units of the scope's divisions, wherever what they bought was eaten; what merged units, unions and who shares a canteen buy counts for whom they belong to. */
  async shares({ filter, groupBy, scope }: ReportQuestion): Promise<AmountRow[] | InvalidInputError> {
    const year = yearOf(filter.from, filter.to);
    if (year === null) return notAYear();
    const [units, successors, bought] = await Promise.all([
      this.shareReader.ofYear(year, scope),
      this.units.successors(filter.to),
      this.purchases.ofAll({ from: filter.from, to: filter.to }),
    ]);
    if (refused(bought)) return bought;
    if (units.length > SHARES_MAX)
      return new InvalidInputError([{ path: 'filter', message: TOO_MANY_UNITS }]);
    const boughtBy = sumByUnit(bought);
    return fold(
      units
        .filter(({ unitId }) => isWanted(filter, unitId) && !successors.has(unitId))
        .map((unit) => ({
          members: groupBy.length > 0 ? [unit.unitId] : [],
          amounts: {
            RECOGNISED: boughtBy.get(unit.unitId) ?? 0n,
            // What is bought for a unit that has reserved nothing completes nobody's share.
            BOUGHT_OF_RESERVED: unit.reservedFen ? (boughtBy.get(unit.unitId) ?? 0n) : 0n,
            RESERVED: unit.reservedFen ?? 0n,
            CANTEEN_TOTAL: unit.canteenTotalFen ?? 0n,
            UNITS: 1n,
            UNITS_ACTIVATED: unit.isActivated ? 1n : 0n,
            UNITS_WITH_DUTY: unit.hasDuty ? 1n : 0n,
            UNITS_FILED: unit.hasDuty && unit.filedAt !== null ? 1n : 0n,
          },
        })),
    );
  }
}

function yearOf(from: string, to: string): number | null {
  const year = from.slice(0, 4);
  return year === to.slice(0, 4) ? Number(year) : null;
}

function notAYear(): InvalidInputError {
  return new InvalidInputError([{ path: 'filter.from', message: WITHIN_A_YEAR }]);
}

function isWanted({ members }: ReportQuestion['filter'], member: string): boolean {
  return (members ?? []).every(({ values }) => values.includes(member));
}
