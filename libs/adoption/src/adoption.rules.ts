import { DAY_MS, type Fen, InvalidInputError, type InvalidField } from '#libs/kernel';
import {
  type AdoptionRow,
  type FreightTemplate,
  type Recipient,
  freightOf,
  provinceOf,
} from '#libs/ordering';

/** RESERVED: not paid yet. ADOPTED: something is still to come. ENDED: all that was to come has come or was called off. */
const ADOPTION_STATES = ['RESERVED', 'ADOPTED', 'ENDED', 'CANCELLED'] as const;
export type AdoptionState = (typeof ADOPTION_STATES)[number];

/** WAITING: something of it has not left. SHIPPED: all that comes has left. CALLED_OFF: nothing comes. */
const ADOPTION_INSTALMENT_STATES = ['WAITING', 'SHIPPED', 'CALLED_OFF'] as const;
export type AdoptionInstalmentState = (typeof ADOPTION_INSTALMENT_STATES)[number];

/** An adoption is what its order is. */
export function stateOf({
  orderState,
  partState,
}: Pick<AdoptionRow, 'orderState' | 'partState'>): AdoptionState {
  if (orderState === 'CANCELLED') return 'CANCELLED';
  if (orderState !== 'PAID') return 'RESERVED';
  return partState === 'RECEIVED' || partState === 'COMPLETED' ? 'ENDED' : 'ADOPTED';
}

export function instalmentStateOf(progress: {
  readonly leftPortions: number;
  readonly shippedPortions: number;
}): AdoptionInstalmentState {
  if (progress.leftPortions > 0) return 'WAITING';
  return progress.shippedPortions > 0 ? 'SHIPPED' : 'CALLED_OFF';
}

/** Fits on a plate of wood. */
export const PLATE_LENGTH_MAX = 12;
const TEXT_LENGTH_MAX = 1_000;
const NOTE_LENGTH_MAX = 200;
/** A row of trees; hail takes an orchard in several declarations. */
export const HARVESTED_AT_ONCE_MAX = 50;
/** More than any tree, plot or hive of a county gives. */
const HARVEST_G_MAX = 10_000_000;
/** A delay of more than that is a harvest that has failed. */
const DELAY_DAYS_MAX = 31;

function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}

function invalid(path: string, zh: string, en: string): InvalidInputError {
  return new InvalidInputError([{ path, message: { zh, en } }]);
}

/** What does not fit on a plate. Whether it may be shown to others is another question. */
export function refusePlate(name: string): InvalidInputError | null {
  const length = lengthOf(name);
  if (length >= 1 && length <= PLATE_LENGTH_MAX && /^[\p{L}\p{M}\p{N}\p{P}\p{Zs}]+$/u.test(name.trim()))
    return null;
  return invalid(
    'name',
    `铭牌须为 1 到 ${PLATE_LENGTH_MAX} 个文字、数字或标点`,
    `A plate has 1 to ${PLATE_LENGTH_MAX} letters, digits or signs.`,
  );
}

export const unfitPlate = invalid(
  'name',
  '铭牌含电话号码或不当词语，请修改',
  'A plate holds no numbers of people and no unfit words.',
);

const notServed = invalid('recipient.countyCode', '商家不发往该地', 'Its seller sends nothing there.');
const dearer = invalid(
  'recipient.countyCode',
  '寄往该地运费更高，不能改寄',
  'A parcel to there costs more than what was paid for.',
);

/** Why an instalment does not go to another county than its order: the freight was agreed and paid for one place. By what the seller says of freight now. */
export function refuseElsewhere(
  template: FreightTemplate,
  parcel: { readonly goodsFen: Fen; readonly weightG: number },
  { from, to }: { readonly from: string; readonly to: string },
): InvalidInputError | null {
  const costs = freightOf(template, { ...parcel, provinceCode: provinceOf(to) });
  if (costs === null) return notServed;
  const paid = freightOf(template, { ...parcel, provinceCode: provinceOf(from) });
  return paid !== null && costs > paid ? dearer : null;
}

const nameLines = invalid(
  'lines',
  '认养订单按期发货，请注明本包裹发出的各期',
  'What is adopted is sent in instalments; name those that are in the parcel.',
);
const sendApart = invalid(
  'lines',
  '所选各期的收货人不同，请分别发货',
  'These instalments go to different people; send a parcel to each.',
);

/**
 * Why these instalments are not sent in one parcel, or null. What nobody has named is all that is left, next year's as well, and was hardly meant.
 * `recipients`: of those that go elsewhere than their order.
 */
export function refuseParcel(
  orderLineIds: readonly string[],
  recipients: readonly (Recipient & { readonly orderLineId: string })[],
  isNamed: boolean,
): InvalidInputError | null {
  if (orderLineIds.length < 2) return null;
  if (!isNamed) return nameLines;
  const destinations = orderLineIds.map((id) => {
    const elsewhere = recipients.find(({ orderLineId }) => orderLineId === id);
    if (!elsewhere) return '';
    const { name, phone, countyCode, address } = elsewhere;
    return JSON.stringify([name, phone, countyCode, address]);
  });
  return new Set(destinations).size > 1 ? sendApart : null;
}

export interface UpdateWish {
  readonly offerId: string;
  readonly objectId?: string | null;
  readonly idempotencyKey: string;
  readonly text: string;
  readonly photoId?: string | null;
}

/** Malformed updates, all faults at once. */
export function refuseUpdate({ idempotencyKey, text }: UpdateWish): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (!/^[\w:.-]{8,80}$/.test(idempotencyKey))
    fields.push({
      path: 'idempotencyKey',
      message: {
        zh: '请求编号须为 8 到 80 个字母、数字或 -_.:',
        en: 'The key has 8 to 80 letters, digits or any of -_.:',
      },
    });
  if (lengthOf(text) < 1 || lengthOf(text) > TEXT_LENGTH_MAX)
    fields.push({
      path: 'text',
      message: {
        zh: `动态须为 1 到 ${TEXT_LENGTH_MAX} 字`,
        en: `An update has 1 to ${TEXT_LENGTH_MAX} characters.`,
      },
    });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

export interface HarvestWish {
  /** Of one offer; each has given so much. */
  readonly objectIds: readonly string[];
  /** The year. */
  readonly season: number;
  /** Of each, all that it has given in the season; 0 where nothing has grown. */
  readonly harvestedG: number;
  readonly note: string;
}

/** Malformed declarations, all faults at once. */
export function refuseHarvest(
  { objectIds, season, harvestedG, note }: HarvestWish,
  seasons: readonly number[],
): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  if (
    objectIds.length < 1 ||
    objectIds.length > HARVESTED_AT_ONCE_MAX ||
    new Set(objectIds).size < objectIds.length
  )
    refuse(
      'objectIds',
      `每次登记 1 到 ${HARVESTED_AT_ONCE_MAX} 个编号，不得重复`,
      `Name 1 to ${HARVESTED_AT_ONCE_MAX} objects, each once.`,
    );
  if (!seasons.includes(season)) refuse('season', '该年没有约定的配送', 'Nothing is promised in this year.');
  if (!Number.isInteger(harvestedG) || harvestedG < 0 || harvestedG > HARVEST_G_MAX)
    refuse(
      'harvestedG',
      `收成须在 0 到 ${HARVEST_G_MAX} 克之间`,
      `A harvest lies between 0 and ${HARVEST_G_MAX} grams.`,
    );
  if (lengthOf(note) < 1 || lengthOf(note) > NOTE_LENGTH_MAX)
    refuse('note', `说明须为 1 到 ${NOTE_LENGTH_MAX} 字`, `The note has 1 to ${NOTE_LENGTH_MAX} characters.`);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Of a harvest that has been said: what it was, and why it was said otherwise. */
export interface HarvestCorrection extends Omit<HarvestWish, 'note'> {
  readonly reason: string;
}

/** Malformed corrections, all faults at once. */
export function refuseCorrection(
  { reason, ...wish }: HarvestCorrection,
  seasons: readonly number[],
): InvalidInputError | null {
  const refusal = refuseHarvest({ ...wish, note: reason }, seasons);
  if (!refusal) return null;
  return new InvalidInputError(
    refusal.fields.map((field) => (field.path === 'note' ? { ...field, path: 'reason' } : field)),
  );
}

/** An instalment of a season: what it promised, what of it has not left, and what nobody wants any more. */
export interface SeasonInstalment {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly left: number;
  readonly calledOff: number;
}

export interface Shortfall {
  /** Promised of the season, what has been called off before left out. */
  readonly promised: number;
  /** Of these, what has not grown. */
  readonly short: number;
  /** What of which line is called off for it, the last instalment first. */
  readonly units: readonly { readonly orderLineId: string; readonly quantity: number }[];
}

/**
 * What a harvest lacks, in whole portions: a part of a portion is not sent, so it counts as lacking, for the adopter. The early instalments are kept as long as
 * there is something, and what has left stays where it is: more has left than has grown only if somebody has weighed wrongly, and that is not the buyer's.
 * In the order of their days.
 */
export function shortfallOf(
  instalments: readonly SeasonInstalment[],
  harvestedG: number,
  portionG: number,
): Shortfall {
  const promised = instalments.reduce((sum, { quantity, calledOff }) => sum + quantity - calledOff, 0);
  const left = instalments.reduce((sum, each) => sum + each.left, 0);
  const short = Math.min(left, Math.max(0, promised - Math.floor(harvestedG / portionG)));
  const units: { orderLineId: string; quantity: number }[] = [];
  let missing = short;
  for (const { orderLineId, left: open } of instalments.toReversed()) {
    const quantity = Math.min(open, missing);
    if (quantity > 0) units.push({ orderLineId, quantity });
    missing -= quantity;
  }
  return { promised, short, units };
}

/** Paid for, and not everything has left. */
export function isOpen({ orderState, partState }: Pick<AdoptionRow, 'orderState' | 'partState'>): boolean {
  return orderState === 'PAID' && (partState === 'TO_SHIP' || partState === 'PARTLY_SHIPPED');
}

/** Whether what was agreed for a day is so late that it counts as failed; a grower who needs longer can say so for as long as that. */
function isGivenUp(agreedOn: string, today: string): boolean {
  return (Date.parse(today) - Date.parse(agreedOn)) / DAY_MS > DELAY_DAYS_MAX;
}

/** Of what is late, what nobody waits for any longer. */
export function givenUpOf<Late extends { readonly offerId: string; readonly number: number }>(
  late: readonly Late[],
  schedule: readonly { readonly offerId: string; readonly number: number; readonly lastOn: string }[],
  today: string,
): Late[] {
  return late.filter(({ offerId, number }) => {
    const agreed = schedule.find((each) => each.offerId === offerId && each.number === number);
    return agreed !== undefined && isGivenUp(agreed.lastOn, today);
  });
}

/** A delay as it is announced, malformed; all faults at once. */
export function refuseDelay(
  { newDay, reason }: { readonly newDay: string; readonly reason: string },
  promisedOn: string,
  today: string,
): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const days = (Date.parse(newDay) - Date.parse(promisedOn)) / DAY_MS;
  if (newDay <= today || days < 1 || days > DELAY_DAYS_MAX)
    fields.push({
      path: 'newDay',
      message: {
        zh: '新的发货日须晚于原定日和今天，且不晚于一个月后',
        en: 'The new day is after the one that was agreed and after today, and at most a month after it.',
      },
    });
  if (lengthOf(reason) < 1 || lengthOf(reason) > NOTE_LENGTH_MAX)
    fields.push({
      path: 'reason',
      message: {
        zh: `延期原因须为 1 到 ${NOTE_LENGTH_MAX} 个字`,
        en: `The reason has 1 to ${NOTE_LENGTH_MAX} characters.`,
      },
    });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
