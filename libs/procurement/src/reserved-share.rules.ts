import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';
import {
  NoReservedShareDutyError,
  ReservedShareTooLowError,
  UnitMergedError,
} from './procurement-unit.errors.js';
import type { ProcurementUnit } from './procurement-unit.entity.js';
import { hasDuty } from './procurement-unit.rules.js';

export interface ShareFiling {
  readonly year: number;
  readonly canteenTotalFen: Fen;
  readonly reservedFen: Fen;
}

/** One part in so many has to be reserved: ten percent. */
const TOTAL_PER_RESERVED = 10n;

const YEAR_MIN = 2019;

/** A canteen of ten thousand people spends some hundred million yuan in a year. */
const CANTEEN_TOTAL_MAX = 100_000_000_000n;

export function isEnoughReserved({ canteenTotalFen, reservedFen }: Omit<ShareFiling, 'year'>): boolean {
  return reservedFen * TOTAL_PER_RESERVED >= canteenTotalFen;
}

export function refuseFiling(
  unit: Pick<ProcurementUnit, 'canteen' | 'mergedOn'>,
  filing: ShareFiling,
  today: string,
): InvalidInputError | UnitMergedError | NoReservedShareDutyError | ReservedShareTooLowError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  const yearMax = Number(today.slice(0, 4)) + 1;
  if (filing.year < YEAR_MIN || filing.year > yearMax)
    refuse(
      'year',
      `年度须在 ${YEAR_MIN} 到 ${yearMax} 之间`,
      `The year lies between ${YEAR_MIN} and ${yearMax}.`,
    );
  if (filing.canteenTotalFen < 0n || filing.canteenTotalFen > CANTEEN_TOTAL_MAX)
    refuse(
      'canteenTotalFen',
      '食堂采购总额须在 0 到 10 亿元之间',
      'The total lies between 0 and a billion yuan.',
    );
  if (filing.reservedFen < 0n || filing.reservedFen > filing.canteenTotalFen)
    refuse('reservedFen', '预留份额须在 0 与采购总额之间', 'What is reserved lies between 0 and the total.');
  if (fields.length > 0) return new InvalidInputError(fields);
  if (unit.mergedOn !== null && unit.mergedOn <= today) return new UnitMergedError();
  if (!hasDuty(unit.canteen)) return new NoReservedShareDutyError();
  return isEnoughReserved(filing) ? null : new ReservedShareTooLowError();
}
