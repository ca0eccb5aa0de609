import { DAY_MS, type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';

/** A canteen needs some dozens of kinds at a time; merchants have to read them. */
export const DEMAND_NOTICES_MAX = 50;
/** A thousand tonnes: more than any canteen eats in a year. */
const WEIGHT_MAX_KG = 1_000_000;
const NOTE_MAX = 200;
/** Canteens plan by the school year. */
const AHEAD_DAYS_MAX = 366;

export interface DemandWish {
  readonly unitId: string;
  readonly kindCode: string;
  readonly weightKg: number;
  readonly fromOn: string;
  /** Included. */
  readonly toOn: string;
  readonly countyCode: string;
  readonly note: string;
}

export const noSuchKind: InvalidField = {
  path: 'kindCode',
  message: {
    zh: '没有这种货，请从列表中选择',
    en: 'There is no such kind of goods; choose one of the list.',
  },
};

export const noSuchCounty: InvalidField = {
  path: 'countyCode',
  message: { zh: '没有这个区县，请从列表中选择', en: 'There is no such county; choose one of the list.' },
};

export function refuseDemand(
  { weightKg, fromOn, toOn, note }: DemandWish,
  today: string,
): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (!Number.isInteger(weightKg) || weightKg < 1 || weightKg > WEIGHT_MAX_KG)
    fields.push({
      path: 'weightKg',
      message: {
        zh: '数量须为 1 到 1000000 的整公斤',
        en: 'How much is said in whole kilograms, 1 to 1000000.',
      },
    });
  if (toOn < fromOn || toOn < today || (Date.parse(toOn) - Date.parse(today)) / DAY_MS > AHEAD_DAYS_MAX)
    fields.push({
      path: 'toOn',
      message: {
        zh: '最后一天不得早于第一天和今天，也不得晚于一年后',
        en: 'The last day is not before the first or today, and at most a year ahead.',
      },
    });
  if (note.length > NOTE_MAX || (note !== '' && isBlank(note)))
    fields.push({
      path: 'note',
      message: { zh: '说明至多 200 个字', en: 'The note has at most 200 characters, or is left out.' },
    });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** The same key for the same wish is the same notice. */
export function isSameDemand(a: DemandWish, b: DemandWish): boolean {
  return (
    a.kindCode === b.kindCode &&
    a.weightKg === b.weightKg &&
    a.fromOn === b.fromOn &&
    a.toOn === b.toOn &&
    a.countyCode === b.countyCode &&
    a.note === b.note
  );
}

/** OPEN until its last day is over or somebody withdraws it. */
export type DemandState = 'OPEN' | 'OVER' | 'WITHDRAWN';

export function demandStateOf(
  { toOn, withdrawnAt }: { readonly toOn: string; readonly withdrawnAt: Date | null },
  today: string,
): DemandState {
  if (withdrawnAt !== null) return 'WITHDRAWN';
  return toOn < today ? 'OVER' : 'OPEN';
}
