import { type Fen, type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import { type LinkedHousehold, refuseLinked } from './household.rules.js';
import type { IncomeCategory } from './income-book.rules.js';
import type { ConfirmationAnswer } from './linkage-payment.entity.js';
import type { LinkageKind } from './linkage.entity.js';

/** Nobody changes an agreement more often in its life; drafts are saved while somebody types. */
export const LINKAGE_REVISIONS_MAX = 500;
/** Pages of a contract. */
export const TERM_PHOTOS_MAX = 9;
/** Slips, lists with signatures, goods on the scale. */
export const PAYMENT_PHOTOS_MAX = 6;
/** A hundred thousand yuan: more at once to one household is a slip of a finger. */
export const PAYMENT_FEN_MAX = 10_000_000n;
/** A flock, an orchard, or a year's wage of three; more is a slip of a finger. */
const STATED_FEN_MAX = 100_000_000n;
const NOTE_LENGTH_MAX = 400;
const REASON_LENGTH_MAX = 200;
const KEY = /^[\x21-\x7e]{1,64}$/;

/** SIGNED: begins later. */
export const LINKAGE_STATES = ['DRAFT', 'SIGNED', 'ACTIVE', 'ENDED'] as const;
export type LinkageState = (typeof LINKAGE_STATES)[number];

export interface LinkageCourse {
  readonly signedAt: Date | null;
  readonly startsOn: string;
  readonly endsBefore: string | null;
}

export function linkageStateOf(
  { signedAt, startsOn, endsBefore }: LinkageCourse,
  today: string,
): LinkageState {
  if (signedAt === null) return 'DRAFT';
  if (endsBefore !== null && endsBefore <= today) return 'ENDED';
  return startsOn <= today ? 'ACTIVE' : 'SIGNED';
}

/** What an agreement of a kind states. */
export interface LinkageTerms {
  /** The protected price of 500 g, a month's wage, a year's rent of a mu, the price of a share. */
  readonly unitFen: Fen | null;
  /** What a weight of one brings in a year. */
  readonly statedYearFen: Fen | null;
  /** The households' part of what is sold. */
  readonly shareBps: number | null;
  readonly note: string;
}

type Need = 'MUST' | 'MAY' | 'NOT';

interface KindRule {
  readonly unitFen: Need;
  readonly statedYearFen: Need;
  readonly shareBps: Need;
  /** Of the two last one at least. */
  readonly isEither: boolean;
  /** What its money is to a household, the likeliest first; nothing where it brings none. */
  readonly categories: readonly IncomeCategory[];
  /** Goods are weighed, so that no sum is round. */
  readonly isWeighed: boolean;
}

function kindRule(
  [unitFen, statedYearFen, shareBps]: readonly [Need, Need, Need],
  categories: readonly IncomeCategory[],
  { isEither = false, isWeighed = false } = {},
): KindRule {
  return { unitFen, statedYearFen, shareBps, isEither, categories, isWeighed };
}

/** The handbook's table of kinds. */
export const KIND_RULES: Readonly<Record<LinkageKind, KindRule>> = {
  PURCHASE_ORDER: kindRule(['MUST', 'MAY', 'NOT'], ['BUSINESS'], { isWeighed: true }),
  CONTRACT_FARMING: kindRule(['MUST', 'MAY', 'NOT'], ['BUSINESS'], { isWeighed: true }),
  EMPLOYMENT: kindRule(['MUST', 'MUST', 'NOT'], ['WAGE']),
  LAND_RENT: kindRule(['MUST', 'MUST', 'NOT'], ['PROPERTY']),
  EQUITY_DIVIDEND: kindRule(['MAY', 'MAY', 'MAY'], ['PROPERTY'], { isEither: true }),
  ENTRUSTED: kindRule(['NOT', 'MUST', 'NOT'], ['PROPERTY', 'TRANSFER']),
  ASSET_INCOME: kindRule(['NOT', 'MAY', 'MAY'], ['PROPERTY'], { isEither: true }),
  PATRONAGE_REFUND: kindRule(['NOT', 'MAY', 'MUST'], ['BUSINESS'], { isWeighed: true }),
  SERVICE: kindRule(['NOT', 'NOT', 'NOT'], []),
};

interface Refusing {
  readonly fields: InvalidField[];
  readonly refuse: (path: string, zh: string, en: string) => void;
}

function refusing(): Refusing {
  const fields: InvalidField[] = [];
  return { fields, refuse: (path, zh, en) => fields.push({ path, message: { zh, en } }) };
}

function refusalOf({ fields }: Refusing): InvalidInputError | null {
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

function checkKey({ refuse }: Refusing, key: string): void {
  if (!KEY.test(key))
    refuse(
      'idempotencyKey',
      '请求编号须为 1 到 64 个字母、数字或符号',
      'An idempotency key has 1 to 64 ASCII characters.',
    );
}

const NAMES = {
  unitFen: { zh: '单价', en: 'a price' },
  statedYearFen: { zh: '每份每年约定金额', en: 'what a weight of one brings in a year' },
  shareBps: { zh: '销售额分成比例', en: 'a part of sales' },
};

function checkTerms(to: Refusing, kind: LinkageKind, terms: LinkageTerms): void {
  const rule = KIND_RULES[kind];
  for (const path of ['unitFen', 'statedYearFen', 'shareBps'] as const) {
    const { zh, en } = NAMES[path];
    const [value, need] = [terms[path], rule[path]];
    if (value === null && need === 'MUST')
      to.refuse(`terms.${path}`, `该类协议须写明${zh}`, `An agreement of this kind states ${en}.`);
    if (value !== null && need === 'NOT')
      to.refuse(`terms.${path}`, `该类协议不写${zh}`, `An agreement of this kind does not state ${en}.`);
  }
  for (const path of ['unitFen', 'statedYearFen'] as const) {
    const value = terms[path];
    if (value !== null && (value <= 0n || value > STATED_FEN_MAX))
      to.refuse(`terms.${path}`, '金额须大于零且不超过一百万元', 'Above zero, and at most a million yuan.');
  }
  const { shareBps } = terms;
  if (shareBps !== null && (!Number.isInteger(shareBps) || shareBps < 1 || shareBps > 10_000))
    to.refuse('terms.shareBps', '比例须为 1 到 10000（万分之）', 'A part is 1 to 10,000 of ten thousand.');
  if (rule.isEither && terms.statedYearFen === null && shareBps === null)
    to.refuse(
      'terms',
      '须写明每份每年约定金额或销售额分成比例',
      'State what a weight of one brings in a year, a part of sales, or both.',
    );
  if (terms.note.length > NOTE_LENGTH_MAX)
    to.refuse(
      'terms.note',
      `备注不超过 ${NOTE_LENGTH_MAX} 字`,
      `A note has at most ${NOTE_LENGTH_MAX} characters.`,
    );
}

function checkPhotos({ refuse }: Refusing, photoIds: readonly string[], max: number): void {
  if (photoIds.length === 0 || photoIds.length > max || new Set(photoIds).size !== photoIds.length)
    refuse('photoIds', `须附 1 到 ${max} 张不重复的照片`, `Add 1 to ${max} photos, each once.`);
}

export interface AgreementWish {
  readonly kind: LinkageKind;
  readonly startsOn: string;
  readonly endsBefore: string | null;
  readonly households: readonly LinkedHousehold[];
  readonly terms: LinkageTerms;
}

function checkSpan({ refuse }: Refusing, startsOn: string, endsBefore: string | null): void {
  if (endsBefore !== null && endsBefore <= startsOn)
    refuse('endsBefore', '终止日须晚于起始日', 'An agreement ends after it has begun.');
}

export function refuseAgreement(wish: AgreementWish, key: string): InvalidInputError | null {
  const to = refusing();
  checkKey(to, key);
  checkWish(to, wish);
  return refusalOf(to);
}

function checkWish(to: Refusing, wish: AgreementWish): void {
  checkSpan(to, wish.startsOn, wish.endsBefore);
  checkTerms(to, wish.kind, wish.terms);
  to.fields.push(...(refuseLinked(wish.households)?.fields ?? []));
}

export function refuseSigning(photoIds: readonly string[]): InvalidInputError | null {
  const to = refusing();
  checkPhotos(to, photoIds, TERM_PHOTOS_MAX);
  return refusalOf(to);
}

/** An amendment is signed like the agreement itself. */
export function refuseAmendment(
  kind: LinkageKind,
  terms: LinkageTerms,
  photoIds: readonly string[],
  revision: number,
): InvalidInputError | null {
  const to = refusing();
  checkTerms(to, kind, terms);
  checkPhotos(to, photoIds, TERM_PHOTOS_MAX);
  checkRevision(to, revision);
  return refusalOf(to);
}

function checkRevision({ refuse }: Refusing, revision: number): void {
  if (revision >= LINKAGE_REVISIONS_MAX)
    refuse('terms', '修改次数过多，请另签协议', 'This has been changed too often; begin another agreement.');
}

/** A draft is saved whole; the revision it is based on says the same save once. */
export function refuseRedraft(wish: AgreementWish, revision: number): InvalidInputError | null {
  const to = refusing();
  checkWish(to, wish);
  checkRevision(to, revision);
  return refusalOf(to);
}

/** An end lies ahead: what was paid by an agreement until today was paid by it. */
export function refuseEnd(startsOn: string, endsBefore: string, today: string): InvalidInputError | null {
  const to = refusing();
  checkSpan(to, startsOn, endsBefore);
  if (endsBefore <= today)
    to.refuse('endsBefore', '终止日须晚于今天', 'An agreement ends tomorrow at the earliest.');
  return refusalOf(to);
}

export interface PaymentWish {
  readonly idempotencyKey: string;
  readonly householdId: string;
  readonly amountFen: Fen;
  readonly paidOn: string;
  /** Null: the kind's first. */
  readonly category: IncomeCategory | null;
  readonly note: string;
  readonly photoIds: readonly string[];
}

export function refusePayment(
  { kind, startsOn }: { readonly kind: LinkageKind; readonly startsOn: string },
  wish: PaymentWish,
  today: string,
): InvalidInputError | null {
  const to = refusing();
  const { categories } = KIND_RULES[kind];
  checkKey(to, wish.idempotencyKey);
  checkPhotos(to, wish.photoIds, PAYMENT_PHOTOS_MAX);
  if (wish.amountFen <= 0n || wish.amountFen > PAYMENT_FEN_MAX)
    to.refuse('amountFen', '金额须大于零且不超过十万元', 'Above zero, and at most 100,000 yuan.');
  if (wish.paidOn < startsOn || wish.paidOn > today)
    to.refuse(
      'paidOn',
      '付款日须在协议起始日与今天之间',
      'It was paid between the first day of the agreement and today.',
    );
  if (categories.length === 0)
    to.refuse('agreementId', '服务类协议不产生收入', 'An agreement about services brings no income.');
  else if (wish.category !== null && !categories.includes(wish.category))
    to.refuse(
      'category',
      '收入类别与协议类型不符',
      'That is not what money of an agreement of this kind is to a household.',
    );
  checkWords(to, 'note', wish.note, false);
  return refusalOf(to);
}

function checkWords({ refuse }: Refusing, path: string, text: string, isNeeded: boolean): void {
  if (text.length > REASON_LENGTH_MAX || (isNeeded && isBlank(text)))
    refuse(
      path,
      isNeeded ? `须写明原因，不超过 ${REASON_LENGTH_MAX} 字` : `不超过 ${REASON_LENGTH_MAX} 字`,
      isNeeded
        ? `Say why, in at most ${REASON_LENGTH_MAX} characters.`
        : `At most ${REASON_LENGTH_MAX} characters.`,
    );
}

export function refuseReason(reason: string, path = 'reason'): InvalidInputError | null {
  const to = refusing();
  checkWords(to, path, reason, true);
  return refusalOf(to);
}

export function refuseReversal(reason: string, key: string): InvalidInputError | null {
  const to = refusing();
  checkKey(to, key);
  checkWords(to, 'reason', reason, true);
  return refusalOf(to);
}

/** NOT_ASKED: nobody has been given a link. REVERSED: the merchant has taken it back before it was answered. */
export const CONFIRMATION_STATES = [
  'NOT_ASKED',
  'OPEN',
  'RECEIVED',
  'NOT_RECEIVED',
  'EXPIRED',
  'REVERSED',
] as const;
export type ConfirmationState = (typeof CONFIRMATION_STATES)[number];

export function confirmationStateOf(
  asked: {
    readonly answer: ConfirmationAnswer | null;
    readonly expiresAt: Date;
    readonly isReversed: boolean;
  } | null,
  now: Date,
): ConfirmationState {
  if (asked === null) return 'NOT_ASKED';
  if (asked.answer !== null) return asked.answer;
  if (asked.isReversed) return 'REVERSED';
  return asked.expiresAt > now ? 'OPEN' : 'EXPIRED';
}

/** Whoever says no says why, so that somebody can see to it; whoever says yes need say nothing. */
export function refuseAnswer(answer: ConfirmationAnswer, reason: string): InvalidInputError | null {
  const to = refusing();
  checkWords(to, 'reason', reason, answer === 'NOT_RECEIVED');
  return refusalOf(to);
}
