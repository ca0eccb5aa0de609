import { DAY_MS, InvalidInputError, type InvalidField, businessDay } from '#libs/kernel';
import type { PresalePayment } from './presale.entity.js';

/** No harvest of one place takes longer; the latest peaches come a month after the earliest. */
export const PRESALE_DAYS_MAX = 62;
/** Orders are taken at most so long before the last of them is sent. */
export const PRESALE_AHEAD_DAYS_MAX = 400;
export const PRESALE_VARIANTS_MAX = 20;
/** One box of a kilogram, and what no county of ours picks in a day. */
export const PRESALE_CAPACITY_G_MIN = 1_000;
export const PRESALE_CAPACITY_G_MAX = 1_000_000_000;
/**
 * Civil Code of the PRC art. 586: a deposit in the sense of the law (定金) is at most a fifth of the price. Ours is an advance payment (订金) that
 * always comes back whole, so the law would allow more; it stays below the fifth all the same, so that nobody takes it for more than it is.
 */
export const DEPOSIT_BPS_MAX = 2_000;

/** What a merchant says of a presale. */
export interface PresaleWish {
  /** Of one product. */
  readonly variantIds: readonly string[];
  /** An earlier batch from where this harvest grows. */
  readonly likeBatchId: string;
  readonly firstOn: string;
  readonly lastOn: string;
  /** The same every day; a single day is changed afterwards. */
  readonly capacityG: number;
  readonly ordersOpenAt: Date;
  readonly ordersCloseAt: Date;
  readonly payment: PresalePayment;
  /** Null where all of it is paid at once, like the day. */
  readonly depositBps: number | null;
  readonly balanceDueOn: string | null;
}

/** A day with what it still has room for. */
export interface HarvestDay {
  readonly day: string;
  readonly freeG: number;
}

type Refuse = (path: string, zh: string, en: string) => void;

/** Malformed presales, all faults at once. */
export function refusePresale(wish: PresaleWish, now: Date): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });
  const { variantIds } = wish;
  if (
    variantIds.length < 1 ||
    variantIds.length > PRESALE_VARIANTS_MAX ||
    new Set(variantIds).size < variantIds.length
  )
    refuse(
      'variantIds',
      `请选择 1 到 ${PRESALE_VARIANTS_MAX} 个规格，不得重复`,
      `A presale has 1 to ${PRESALE_VARIANTS_MAX} variants, each once.`,
    );
  if (!isCapacity(wish.capacityG) || wish.capacityG < PRESALE_CAPACITY_G_MIN)
    refuse(
      'capacityG',
      `每日可发量须在 ${PRESALE_CAPACITY_G_MIN} 到 ${PRESALE_CAPACITY_G_MAX} 克之间`,
      `A day's capacity lies between ${PRESALE_CAPACITY_G_MIN} and ${PRESALE_CAPACITY_G_MAX} grams.`,
    );
  checkDays(wish, now, refuse);
  checkPayment(wish, refuse);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

function checkDays({ firstOn, lastOn, ordersOpenAt, ordersCloseAt }: PresaleWish, now: Date, refuse: Refuse) {
  if (firstOn <= businessDay(now))
    refuse('firstOn', '首个发货日须在今天之后', 'The first day of dispatch is after today.');
  if (lastOn < firstOn || daysBetween(firstOn, lastOn) >= PRESALE_DAYS_MAX)
    refuse(
      'lastOn',
      `发货期须为 1 到 ${PRESALE_DAYS_MAX} 天`,
      `The days of dispatch are 1 to ${PRESALE_DAYS_MAX}.`,
    );
  if (daysBetween(businessDay(now), lastOn) > PRESALE_AHEAD_DAYS_MAX)
    refuse(
      'lastOn',
      `发货日不得晚于 ${PRESALE_AHEAD_DAYS_MAX} 天之后`,
      `The last day of dispatch is at most ${PRESALE_AHEAD_DAYS_MAX} days away.`,
    );
  if (ordersCloseAt <= ordersOpenAt || ordersCloseAt <= now)
    refuse(
      'ordersCloseAt',
      '截止下单时间须晚于开始时间和现在',
      'Orders close after they open, and after now.',
    );
  if (businessDay(ordersCloseAt) > lastOn)
    refuse('ordersCloseAt', '截止下单不得晚于末个发货日', 'Orders close by the last day of dispatch.');
}

function checkPayment(
  { payment, depositBps, balanceDueOn, firstOn, ordersCloseAt }: PresaleWish,
  refuse: Refuse,
) {
  if (payment === 'FULL') {
    if (depositBps !== null || balanceDueOn !== null)
      refuse('payment', '全款预售没有订金和尾款', 'What is paid in full has no deposit and no balance.');
    return;
  }
  if (depositBps === null || !Number.isInteger(depositBps) || depositBps < 1 || depositBps > DEPOSIT_BPS_MAX)
    refuse(
      'depositBps',
      `订金比例须在 1 到 ${DEPOSIT_BPS_MAX} 基点（万分之一）之间`,
      `A deposit is 1 to ${DEPOSIT_BPS_MAX} basis points.`,
    );
  // Whoever orders last still has a day to pay the rest, and whoever does not pay gives their place back before it is picked.
  if (balanceDueOn === null || balanceDueOn <= businessDay(ordersCloseAt) || balanceDueOn >= firstOn)
    refuse(
      'balanceDueOn',
      '尾款截止日须晚于截止下单日、早于首个发货日',
      'The balance is due after the day on which orders close and before the first day of dispatch.',
    );
}

export function isCapacity(capacityG: number): boolean {
  return Number.isInteger(capacityG) && capacityG >= 0 && capacityG <= PRESALE_CAPACITY_G_MAX;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** Every day of it, the first and the last included. */
export function daysOf(firstOn: string, lastOn: string): string[] {
  return Array.from({ length: daysBetween(firstOn, lastOn) + 1 }, (_, index) =>
    new Date(Date.parse(firstOn) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

interface SaidDay {
  readonly day: string;
  /** What its merchant has said can leave. */
  readonly announcedG: number;
  /** Promised or gone. */
  readonly takenG: number;
}

/** By day, what may be promised of it: what is promised already, and then of the days that can still be ordered, from the earliest on, as much as was said, until what is granted is used up. */
export function roomOf(
  days: readonly SaidDay[],
  grantedG: number,
  today: string,
): ReadonlyMap<string, number> {
  let left = grantedG - days.reduce((sum, { takenG }) => sum + takenG, 0);
  const isWhole = grantedG >= days.reduce((sum, { announcedG }) => sum + announcedG, 0);
  return new Map(
    days
      .toSorted((a, b) => (a.day < b.day ? -1 : 1))
      .map(({ day, announcedG, takenG }) => {
        if (isWhole) return [day, announcedG];
        const more = day > today ? Math.max(0, Math.min(announcedG - takenG, left)) : 0;
        left -= more;
        return [day, takenG + more];
      }),
  );
}

/** The earliest day that has room for all of it: what is ordered together leaves together and is not cut over days. Null where none has. */
export function promisedDay<Day extends HarvestDay>(days: readonly Day[], grams: number): Day | null {
  return (
    days.toSorted((a, b) => (a.day < b.day ? -1 : 1)).find(({ freeG }) => freeG >= grams && grams > 0) ?? null
  );
}

/** As many units as one day has room for. */
export function unitsWithin(days: readonly HarvestDay[], unitG: number): number {
  return Math.max(0, ...days.map(({ freeG }) => Math.floor(freeG / unitG)));
}

/** A delay of more than a month is a harvest that has failed: then the order is given back. */
export const DELAY_DAYS_MAX = 31;

/** Whether a promise for `day` can become one for `newDay`. */
export function isLater(day: string, newDay: string, today: string): boolean {
  return newDay > day && newDay > today && daysBetween(day, newDay) <= DELAY_DAYS_MAX;
}

/** A day that the harvest was announced for, or one after it, as far as a delay may reach. */
export function isDispatchDay(
  { firstOn, lastOn }: Pick<PresaleWish, 'firstOn' | 'lastOn'>,
  day: string,
): boolean {
  return day >= firstOn && (day <= lastOn || daysBetween(lastOn, day) <= DELAY_DAYS_MAX);
}

/** When orders close may change as long as everybody who orders can still pay the rest and be sent something. */
export function refuseOrdersCloseAt(
  { ordersOpenAt, balanceDueOn, lastOn }: Pick<PresaleWish, 'ordersOpenAt' | 'balanceDueOn' | 'lastOn'>,
  ordersCloseAt: Date,
  now: Date,
): InvalidInputError | null {
  const day = businessDay(ordersCloseAt);
  const isInTime = balanceDueOn === null ? day <= lastOn : day < balanceDueOn;
  if (isInTime && ordersCloseAt > ordersOpenAt && ordersCloseAt > now) return null;
  const message = {
    zh: '截止下单须晚于开始时间和现在，不晚于末个发货日，且早于尾款截止日',
    en: 'Orders close after they open and after now, by the last day of dispatch, and before the day on which the balance is due.',
  };
  return new InvalidInputError([{ path: 'ordersCloseAt', message }]);
}
