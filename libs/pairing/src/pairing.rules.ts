import { type Fen, type InvalidField, InvalidInputError, DAY_MS, dayStart, isBlank } from '#libs/kernel';

/** 一柜一户: a cabinet, a tray or a slot is for one household, or for a few. */
export const PAIRED_HOUSEHOLDS_MAX = 10;
/** As many as a cabinet has. */
export const PAIRED_SLOTS_MAX = 60;
const STORY_LENGTH_MAX = 300;
const NOTE_LENGTH_MAX = 200;
const KEY = /^[\x21-\x7e]{1,64}$/;
/** Telephone and identity numbers, also in full-width digits or in groups: a story tells of nobody how to find them. Days (2026-11-02) have fewer. */
const NUMBERS = /\d{7,}|\d(?:[\s-]*\d){10,}/;
/** Of a village's code. */
const COUNTY_DIGITS = 6;
/** Whoever sells for a household for this long and pays nothing is asked why. */
const UNPAID_MS = 60 * DAY_MS;
const BPS = 10_000n;

export interface PairingWish {
  readonly idempotencyKey: string;
  readonly cabinetId: string;
  readonly slotCodes: readonly string[];
  readonly agreementId: string;
  readonly householdIds: readonly string[];
  readonly story: string;
  readonly photoId: string | null;
  /** The households have agreed to be shown. */
  readonly isConsented: boolean;
}

function isOfUnique(list: readonly string[], max: number): boolean {
  return list.length > 0 && list.length <= max && new Set(list).size === list.length;
}

export function refusePairing(wish: PairingWish): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  if (!KEY.test(wish.idempotencyKey))
    refuse(
      'idempotencyKey',
      '请求编号须为 1 到 64 个字母、数字或符号',
      'An idempotency key has 1 to 64 ASCII characters.',
    );
  if (!isOfUnique(wish.slotCodes, PAIRED_SLOTS_MAX))
    refuse(
      'slotCodes',
      `须选 1 到 ${PAIRED_SLOTS_MAX} 个货道`,
      `Name 1 to ${PAIRED_SLOTS_MAX} slots, each once.`,
    );
  if (!isOfUnique(wish.householdIds, PAIRED_HOUSEHOLDS_MAX))
    refuse(
      'householdIds',
      `须选 1 到 ${PAIRED_HOUSEHOLDS_MAX} 户`,
      `Name 1 to ${PAIRED_HOUSEHOLDS_MAX} households, each once.`,
    );
  if (wish.story.length > STORY_LENGTH_MAX || NUMBERS.test(wish.story.normalize('NFKC')))
    refuse(
      'story',
      `故事不超过 ${STORY_LENGTH_MAX} 字，不得含电话或证件号码`,
      `A story has at most ${STORY_LENGTH_MAX} characters and no telephone or identity number.`,
    );
  if (!wish.isConsented && (!isBlank(wish.story) || wish.photoId !== null))
    refuse(
      'isConsented',
      '未经农户同意不得展示故事和照片',
      'Without their consent neither a story nor a photo of them is shown.',
    );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** One official answers for what is shown, so that nobody decides about households of another county. */
export function refuseVillages(villageCodes: readonly string[]): InvalidInputError | null {
  if (new Set(villageCodes.map((code) => code.slice(0, COUNTY_DIGITS))).size <= 1) return null;
  const message = {
    zh: '所选农户须在同一区县，不同区县请分别结对',
    en: 'These households live in more than one county; propose a pairing for each.',
  };
  return new InvalidInputError([{ path: 'householdIds', message }]);
}

export function refuseNote(note: string): InvalidInputError | null {
  if (!isBlank(note) && note.length <= NOTE_LENGTH_MAX) return null;
  const message = {
    zh: `须写明原因，不超过 ${NOTE_LENGTH_MAX} 字`,
    en: `Say why, in at most ${NOTE_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'note', message }]);
}

/** 陈** → 陈某: as it stands on a cabinet. */
export function shownNameOf(maskedNames: readonly string[]): string {
  return maskedNames.map((name) => `${Array.from(name)[0] ?? ''}某`).join('、');
}

/** The households' part of what was sold; null where the agreement states none. */
export function statedShareOf(soldFen: Fen, shareBps: number | null): Fen | null {
  return shareBps === null ? null : (soldFen * BigInt(shareBps)) / BPS;
}

/** The first moment of the day from which its agreement is no longer in force; of what began later, when it began: nothing is theirs then. */
export function endOf({ startsAt }: { readonly startsAt: Date | null }, endsBefore: string): Date {
  const over = dayStart(endsBefore);
  return startsAt !== null && startsAt > over ? startsAt : over;
}

export interface PaidCourse {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly soldFen: Fen;
  readonly lastPaidOn: string | null;
}

/** Sold for sixty days or more, and nothing paid in the last sixty. */
export function isUnpaid({ startsAt, endsAt, soldFen, lastPaidOn }: PaidCourse, now: Date): boolean {
  if (startsAt === null || endsAt !== null || soldFen <= 0n) return false;
  const since = now.getTime() - UNPAID_MS;
  if (startsAt.getTime() > since) return false;
  return lastPaidOn === null || dayStart(lastPaidOn).getTime() < since;
}
