import { DAY_MS, InvalidInputError, type InvalidField, businessDay } from '#libs/kernel';
import type { AdoptionObjectKind } from './adoption-offer.entity.js';

/** An orchard that one cooperative has numbered; more is another offer. */
export const ADOPTION_OBJECTS_MAX = 2_000;
/** Added at once. */
export const ADOPTION_OBJECTS_AT_ONCE_MAX = 200;
/** Each is a parcel, and a line of the order. */
export const ADOPTION_INSTALMENTS_MAX = 6;
/** An order line holds no more. */
export const ADOPTION_PORTIONS_MAX = 99;
/** Two seasons: nobody pays today for what a cooperative will do in three years. */
export const ADOPTION_AHEAD_DAYS_MAX = 730;
/** A harvest that cannot be told more closely is not promised. */
export const ADOPTION_WINDOW_DAYS_MAX = 31;
const STORY_LENGTH_MAX = 1_000;
const PLACE_LENGTH_MAX = 100;

export interface AdoptionInstalmentWish {
  /** Of every object. */
  readonly portions: number;
  readonly firstOn: string;
  readonly lastOn: string;
}

export interface AdoptionObjectWish {
  readonly tag: string;
  readonly place?: string | null;
  readonly photoId?: string | null;
}

/** What a merchant says of objects that can be adopted. */
export interface AdoptionOfferWish {
  /** One unit of it is one portion. */
  readonly variantId: string;
  /** An earlier batch from where this harvest grows. */
  readonly likeBatchId: string;
  readonly objectKind: AdoptionObjectKind;
  readonly story: string;
  readonly objects: readonly AdoptionObjectWish[];
  /** In the order of their days. */
  readonly instalments: readonly AdoptionInstalmentWish[];
  readonly ordersOpenAt: Date;
  readonly ordersCloseAt: Date;
}

/** Of letters that the database tells apart as we do, so that two numbers are the same to both or to neither. */
const TAG = /^[A-Za-z0-9\u3400-\u4dbf\u4e00-\u9fff][A-Za-z0-9\u3400-\u4dbf\u4e00-\u9fff-]{0,19}$/;

type Refuse = (path: string, zh: string, en: string) => void;

function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}

/** Malformed offers, all faults at once. */
export function refuseAdoptionOffer(wish: AdoptionOfferWish, now: Date): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });
  const story = lengthOf(wish.story);
  if (story < 1 || story > STORY_LENGTH_MAX)
    refuse(
      'story',
      `介绍须为 1 到 ${STORY_LENGTH_MAX} 字`,
      `The story has 1 to ${STORY_LENGTH_MAX} characters.`,
    );
  checkObjects(wish.objects, refuse);
  checkInstalments(wish.instalments, now, refuse);
  const first = wish.instalments[0];
  if (wish.ordersCloseAt <= wish.ordersOpenAt || wish.ordersCloseAt <= now)
    refuse(
      'ordersCloseAt',
      '截止认养时间须晚于开始时间和现在',
      'Orders close after they open, and after now.',
    );
  // Nobody adopts a tree whose first peaches have gone.
  else if (first && businessDay(wish.ordersCloseAt) > first.firstOn)
    refuse(
      'ordersCloseAt',
      '截止认养不得晚于首期采收日',
      'Orders close by the first day of the first instalment.',
    );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Malformed objects, all faults at once. */
export function refuseAdoptionObjects(objects: readonly AdoptionObjectWish[]): InvalidInputError | null {
  const fields: InvalidField[] = [];
  checkObjects(objects, (path, zh, en) => fields.push({ path, message: { zh, en } }));
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

function checkObjects(objects: readonly AdoptionObjectWish[], refuse: Refuse): void {
  if (objects.length < 1 || objects.length > ADOPTION_OBJECTS_AT_ONCE_MAX)
    refuse(
      'objects',
      `每次登记 1 到 ${ADOPTION_OBJECTS_AT_ONCE_MAX} 个编号`,
      `Name 1 to ${ADOPTION_OBJECTS_AT_ONCE_MAX} objects at once.`,
    );
  const shown = objects.slice(0, ADOPTION_OBJECTS_AT_ONCE_MAX);
  for (const [index, { tag, place }] of shown.entries()) {
    if (!TAG.test(tag))
      refuse(
        `objects.${index}.tag`,
        '编号须为 1 到 20 个字母、汉字、数字或连字符',
        'A number has 1 to 20 letters, digits or hyphens.',
      );
    if (lengthOf(place ?? '') > PLACE_LENGTH_MAX)
      refuse(
        `objects.${index}.place`,
        `位置不超过 ${PLACE_LENGTH_MAX} 字`,
        `A place has at most ${PLACE_LENGTH_MAX} characters.`,
      );
  }
  if (new Set(shown.map(({ tag }) => tag.toLowerCase())).size < shown.length)
    refuse('objects', '编号不得重复', 'Each number stands here once.');
}

function checkInstalments(instalments: readonly AdoptionInstalmentWish[], now: Date, refuse: Refuse): void {
  if (instalments.length < 1 || instalments.length > ADOPTION_INSTALMENTS_MAX)
    refuse(
      'instalments',
      `须分 1 到 ${ADOPTION_INSTALMENTS_MAX} 期配送`,
      `There are 1 to ${ADOPTION_INSTALMENTS_MAX} instalments.`,
    );
  const today = businessDay(now);
  const shown = instalments.slice(0, ADOPTION_INSTALMENTS_MAX);
  for (const [index, { portions, firstOn, lastOn }] of shown.entries()) {
    const path = `instalments.${index}`;
    if (!Number.isInteger(portions) || portions < 1)
      refuse(`${path}.portions`, '每期至少一份', 'An instalment has a portion at least.');
    if (firstOn <= (shown[index - 1]?.lastOn ?? today))
      refuse(
        `${path}.firstOn`,
        '采收日须在今天和上一期之后',
        'It begins after today and after the one before it.',
      );
    if (lastOn < firstOn || daysBetween(firstOn, lastOn) >= ADOPTION_WINDOW_DAYS_MAX)
      refuse(
        `${path}.lastOn`,
        `每期采收期须为 1 到 ${ADOPTION_WINDOW_DAYS_MAX} 天`,
        `An instalment takes 1 to ${ADOPTION_WINDOW_DAYS_MAX} days.`,
      );
    if (daysBetween(today, lastOn) > ADOPTION_AHEAD_DAYS_MAX)
      refuse(
        `${path}.lastOn`,
        `不得晚于 ${ADOPTION_AHEAD_DAYS_MAX} 天之后`,
        `It is at most ${ADOPTION_AHEAD_DAYS_MAX} days away.`,
      );
  }
  if (portionsOf(shown) > ADOPTION_PORTIONS_MAX)
    refuse(
      'instalments',
      `一个编号合计不超过 ${ADOPTION_PORTIONS_MAX} 份`,
      `An object has at most ${ADOPTION_PORTIONS_MAX} portions in all.`,
    );
}

/** Of one object, over all instalments. */
export function portionsOf(instalments: readonly Pick<AdoptionInstalmentWish, 'portions'>[]): number {
  return instalments.reduce((sum, { portions }) => sum + portions, 0);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** An object that nobody has adopted, as a plan sees it. */
export interface FreeObject {
  readonly id: string;
  readonly offerId: string;
  readonly tag: string;
}

/** Those that are chosen, or else the first free ones by their numbers; null where there are not so many. */
export function pickObjects<O extends FreeObject>(
  free: readonly O[],
  { count, chosen }: { readonly count: number; readonly chosen: readonly string[] },
): O[] | null {
  const among = chosen.length > 0 ? free.filter(({ id }) => chosen.includes(id)) : free;
  const inOrder = among.toSorted((a, b) => a.tag.localeCompare(b.tag, 'zh', { numeric: true }));
  return count >= 1 && inOrder.length >= count ? inOrder.slice(0, count) : null;
}
