import { DAY_MS, type InvalidField, InvalidInputError, plus } from '#libs/kernel';

/** Who still remembers it; later the goods are others. */
const REVIEWABLE_MS = 90 * DAY_MS;
export const REVIEW_PHOTOS_MAX = 6;
const TEXT_LENGTH_MAX = 1_000;
const REASON_LENGTH_MAX = 200;
const WORD_LENGTH_MAX = 40;
export const REVIEW_WORDS_MAX = 2_000;

export interface ReviewInput {
  readonly rating: number;
  readonly text: string;
  readonly photoIds: readonly string[];
}

/** People count characters, not the pieces a computer keeps them in. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function field(path: string, zh: string, en: string): InvalidField {
  return { path, message: { zh, en } };
}

function isWithin(text: string, min: number, max: number): boolean {
  const length = lengthOf(text.trim());
  return length >= min && length <= max;
}

function invalid(...faults: InvalidField[]): InvalidInputError | null {
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** Malformed reviews, all faults at once. Stars may stand alone. */
export function refuseReview({ rating, text, photoIds }: ReviewInput): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (!Number.isInteger(rating) || rating < 1 || rating > 5)
    faults.push(field('rating', '评分须为 1 到 5 星', 'Give one to five stars.'));
  if (!isWithin(text, 0, TEXT_LENGTH_MAX))
    faults.push(
      field(
        'text',
        `评价不超过 ${TEXT_LENGTH_MAX} 字`,
        `A review has at most ${TEXT_LENGTH_MAX} characters.`,
      ),
    );
  if (photoIds.length > REVIEW_PHOTOS_MAX)
    faults.push(
      field('photoIds', `照片不超过 ${REVIEW_PHOTOS_MAX} 张`, `At most ${REVIEW_PHOTOS_MAX} photos.`),
    );
  if (new Set(photoIds).size < photoIds.length)
    faults.push(field('photoIds', '同一照片只能提交一次', 'A photo stands here once.'));
  return invalid(...faults);
}

export function refuseReply(text: string): InvalidInputError | null {
  if (isWithin(text, 1, TEXT_LENGTH_MAX)) return null;
  return invalid(
    field('text', `回复须为 1 至 ${TEXT_LENGTH_MAX} 字`, `A reply has 1 to ${TEXT_LENGTH_MAX} characters.`),
  );
}

export function refuseReason(reason: string): InvalidInputError | null {
  if (isWithin(reason, 2, REASON_LENGTH_MAX)) return null;
  return invalid(
    field(
      'reason',
      `原因须为 2 至 ${REASON_LENGTH_MAX} 字`,
      `The reason has 2 to ${REASON_LENGTH_MAX} characters.`,
    ),
  );
}

/** Until when what was received may be reviewed. */
export function reviewableUntil(receivedAt: Date): Date {
  return plus(receivedAt, REVIEWABLE_MS);
}

/** How somebody is shown of whom there is no name to show, or no longer one. */
export const NAMELESS = '匿**';

/** The first character of a name and stars for the rest, as many for everybody: 李**. Whoever has none is 匿**. */
export function shownNameOf(displayName: string): string {
  const [first] = Array.from(displayName.normalize('NFC').replace(/[\p{C}\p{Z}]/gu, ''));
  // A number is no name, and its beginning leads to somebody.
  return first === undefined || /[\p{N}+]/u.test(first) ? NAMELESS : `${first}**`;
}

/** As words are compared: in one width and case, without what is put between the characters to get past a list. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

export function refuseWord(word: string): InvalidInputError | null {
  const length = lengthOf(plainText(word));
  if (length >= 2 && length <= WORD_LENGTH_MAX) return null;
  return invalid(
    field(
      'word',
      `词须为 2 至 ${WORD_LENGTH_MAX} 个字母、数字或汉字`,
      `A word has 2 to ${WORD_LENGTH_MAX} letters or digits.`,
    ),
  );
}

/** Like a telephone number, of oneself or of somebody whom it would harm. */
const NUMBER_OF_SOMEBODY = /1[3-9]\d{9}/;

/** Why a person has to look before anybody else does; null where nothing speaks against it. */
export function holdReasonOf(text: string, words: readonly string[]): string | null {
  const plain = plainText(text);
  if (NUMBER_OF_SOMEBODY.test(plain)) return '内容像有电话号码，须由人工审核，通过后展示';
  return words.some((word) => plain.includes(word)) ? '内容须由人工审核，通过后展示' : null;
}

export type Stars = readonly [number, number, number, number, number];

/** In hundredths of a star, half a hundredth rounded up; null without any. */
export function averageHundredths(stars: Stars): number | null {
  const count = stars.reduce((sum, each) => sum + each, 0);
  if (count === 0) return null;
  const sum = stars.reduce((total, each, index) => total + each * (index + 1), 0);
  return Math.floor((sum * 200 + count) / (2 * count));
}
