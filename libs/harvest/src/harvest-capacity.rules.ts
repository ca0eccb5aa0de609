import type { DivisionLevel } from '#libs/division';
import { DAY_MS, type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { HarvestReviewState } from './harvest-batch.entity.js';
import { HarvestReviewStateError } from './harvest-batch.errors.js';

/** A harvest and a tenth: nobody weighs a tree before it is picked. More than that somebody looks at. */
const SHARE_BPS = 11_000n;
const BASIS = 10_000n;

const SEASON_DAYS_MAX = 366;
/** A hundred thousand tonnes. */
const CAPACITY_MAX_G = 100_000_000_000;
const REASON_MIN = 2;
const REASON_MAX = 200;

export interface Granting {
  readonly weightG: bigint;
  /** Of village, kind and season; null where none is registered, and then nobody has to look. */
  readonly capacityG: bigint | null;
  /** What other batches of the season have been granted. */
  readonly othersG: bigint;
  /** What was granted before. */
  readonly floorG: bigint;
}

export interface Grant {
  readonly grantedG: bigint;
  readonly isWaiting: boolean;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** How much of a batch may come in or be promised at once, and whether the rest waits: what all batches of a village are granted together is no more than it grows and a tenth. */
export function grantOf({ weightG, capacityG, othersG, floorG }: Granting): Grant {
  if (capacityG === null) return { grantedG: weightG, isWaiting: false };
  const left = most(0n, (capacityG * SHARE_BPS) / BASIS - othersG);
  const grantedG = least(weightG, most(left, floorG));
  return { grantedG, isWaiting: grantedG < weightG };
}

/** What of a batch its presale may promise: as much as it has announced, of what is granted and has not come in. What it could promise before stays promised, whatever came in while nobody limited that. */
export function promisableOf({
  announcedG,
  roomG,
  grantedG,
  receivedG,
}: {
  readonly announcedG: number;
  readonly roomG: number;
  readonly grantedG: bigint;
  readonly receivedG: number;
}): number {
  return Math.min(announcedG, Math.max(roomG, Number(grantedG) - receivedG));
}

/** What becomes of a review when something else is said: more waits again, and what was released stays released. */
export function stateAfter(state: HarvestReviewState, isWaiting: boolean): HarvestReviewState {
  if (isWaiting) return 'WAITING';
  return state === 'RELEASED' ? 'RELEASED' : 'NONE';
}

/** Null where it waits for a verdict; DONE where it has this one. */
export function refuseVerdict(
  verdict: 'RELEASED' | 'REFUSED',
  state: HarvestReviewState,
): HarvestReviewStateError | 'DONE' | null {
  if (state === verdict) return 'DONE';
  return state === 'WAITING' ? null : new HarvestReviewStateError(state);
}

export function refuseVerdictReason(reason: string): InvalidInputError | null {
  const { length } = reason.trim();
  if (!isBlank(reason) && length >= REASON_MIN && length <= REASON_MAX) return null;
  const message = {
    zh: `请写明理由，${REASON_MIN} 到 ${REASON_MAX} 字`,
    en: `Say why, in ${REASON_MIN} to ${REASON_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

export interface CapacityWish {
  readonly villageCode: string;
  readonly kindCode: string;
  readonly seasonFrom: string;
  /** Included. */
  readonly seasonTo: string;
  readonly capacityG: number;
}

/** All that is wrong with it, at once. */
export function refuseCapacity(
  { seasonFrom, seasonTo, capacityG }: CapacityWish,
  ground: {
    readonly village: { readonly level: DivisionLevel } | null;
    readonly hasKind: boolean;
    /** Seasons of the same village and kind that begin on other days. */
    readonly others: readonly Pick<CapacityWish, 'seasonFrom' | 'seasonTo'>[];
  },
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (ground.village?.level !== 'VILLAGE')
    faults.push({ path: 'villageCode', message: { zh: '请选择一个村', en: 'Choose a village.' } });
  if (!ground.hasKind)
    faults.push({ path: 'kindCode', message: { zh: '请选择商品品类', en: 'Choose a kind of goods.' } });
  const days = (Date.parse(seasonTo) - Date.parse(seasonFrom)) / DAY_MS + 1;
  if (!(days >= 1 && days <= SEASON_DAYS_MAX))
    faults.push({
      path: 'seasonTo',
      message: {
        zh: `产季至少一天，不超过 ${SEASON_DAYS_MAX} 天`,
        en: `A season has at least one day and at most ${SEASON_DAYS_MAX}.`,
      },
    });
  else if (ground.others.some((other) => other.seasonFrom <= seasonTo && seasonFrom <= other.seasonTo))
    faults.push({
      path: 'seasonFrom',
      message: {
        zh: '与该村同品类已登记的产季重叠，请改日期，或按原开始日修改那一季',
        en: 'It overlaps a season of this village and kind; choose other days, or set that one anew by its first day.',
      },
    });
  if (!Number.isInteger(capacityG) || capacityG < 1 || capacityG > CAPACITY_MAX_G)
    faults.push({
      path: 'capacityG',
      message: {
        zh: '产能须大于 0，且不超过 10 万吨',
        en: 'A capacity is more than nothing, and at most 100,000 tonnes.',
      },
    });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
