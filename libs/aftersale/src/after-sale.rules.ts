import { DAY_MS, type Fen, HOUR_MS, type InvalidField, InvalidInputError, plus } from '#libs/kernel';
import { afterSaleUntil } from '#libs/ordering';
import type {
  AfterSale,
  AfterSaleAct,
  AfterSaleKind,
  AfterSaleReason,
  AfterSaleState,
  PhotoSubject,
} from './after-sale.entity.js';

type Moves = Partial<Record<AfterSaleState, AfterSaleState | ((kind: AfterSaleKind) => AfterSaleState)>>;

const AFTER_YES = (kind: AfterSaleKind): AfterSaleState =>
  kind === 'RETURN_REFUND' || kind === 'EXCHANGE' ? 'AWAITING_RETURN' : 'REFUNDING';

/** Every act, from which states it is possible, and where it leads. What is not here is refused. */
const MOVES: Readonly<Record<AfterSaleAct, Moves>> = {
  OPENED: {},
  EVIDENCE_ADDED: {
    REQUESTED: 'REQUESTED',
    REFUSED: 'REFUSED',
    AT_PLATFORM: 'AT_PLATFORM',
    RETURNING: 'RETURNING',
  },
  WITHDRAWN: {
    REQUESTED: 'WITHDRAWN',
    REFUSED: 'WITHDRAWN',
    AT_PLATFORM: 'WITHDRAWN',
    AWAITING_RETURN: 'WITHDRAWN',
  },
  // Whoever has refused may think better of it.
  APPROVED: { REQUESTED: AFTER_YES, REFUSED: AFTER_YES },
  REFUSED: { REQUESTED: 'REFUSED' },
  APPEALED: { REQUESTED: 'AT_PLATFORM', RETURNING: 'AT_PLATFORM' },
  ACCEPTED: { REFUSED: 'REJECTED' },
  CONTESTED: { REFUSED: 'AT_PLATFORM' },
  ESCALATED: {
    REQUESTED: 'AT_PLATFORM',
    RETURNING: 'AT_PLATFORM',
    TO_REPLACE: 'AT_PLATFORM',
    // Said again where the platform has not decided in time and nothing can be given by a rule.
    AT_PLATFORM: 'AT_PLATFORM',
  },
  SENT_BACK: { AWAITING_RETURN: 'RETURNING' },
  RETURN_CONFIRMED: { RETURNING: (kind) => (kind === 'EXCHANGE' ? 'TO_REPLACE' : 'REFUNDING') },
  REPLACEMENT_SHIPPED: { TO_REPLACE: 'REPLACING' },
  REPLACEMENT_RECEIVED: { REPLACING: 'REPLACED' },
  REPLACEMENT_OVERDUE: { TO_REPLACE: 'REFUNDING' },
  REFUND_DECIDED: { AT_PLATFORM: 'REFUNDING' },
  RETURN_DECIDED: { AT_PLATFORM: 'AWAITING_RETURN' },
  REJECT_DECIDED: { AT_PLATFORM: 'REJECTED' },
  REFUND_SUCCEEDED: { REFUNDING: 'REFUNDED' },
  REFUND_FAILED: { REFUNDING: 'AT_PLATFORM' },
  LAPSED: { AWAITING_RETURN: 'LAPSED', REFUSED: 'REJECTED' },
};

/** What of a case decides where it may go. */
export type Standing = Pick<AfterSale, 'kind' | 'state' | 'returnTrackingNo'>;

/** Fresh goods are refused by nobody but the platform: a cooperative turns to it instead. And only what is sent back can come back. */
function isOutOfPlace(act: AfterSaleAct, { kind, state, returnTrackingNo }: Standing): boolean {
  switch (act) {
    case 'REFUSED':
      return kind === 'FRESH_CLAIM';
    case 'APPEALED':
      return state === 'REQUESTED' && kind !== 'FRESH_CLAIM';
    case 'RETURN_DECIDED':
      return AFTER_YES(kind) !== 'AWAITING_RETURN' || returnTrackingNo !== null;
    default:
      return false;
  }
}

/** Where an act leads; null where it is not possible. */
export function nextState(act: AfterSaleAct, standing: Standing): AfterSaleState | null {
  const to = MOVES[act][standing.state];
  if (to === undefined || isOutOfPlace(act, standing)) return null;
  return typeof to === 'function' ? to(standing.kind) : to;
}

const CLOSED: readonly AfterSaleState[] = ['REFUNDED', 'REPLACED', 'REJECTED', 'WITHDRAWN', 'LAPSED'];

export function isClosed(state: AfterSaleState): boolean {
  return CLOSED.includes(state);
}

/** How long each state may last before what it waits for happens by itself. States that are not here wait for a person or the provider. */
const LASTS_MS: Partial<Record<AfterSaleState, number>> = {
  REQUESTED: 48 * HOUR_MS,
  REFUSED: 72 * HOUR_MS,
  AWAITING_RETURN: 7 * DAY_MS,
  // As a parcel that nobody signs for.
  RETURNING: 10 * DAY_MS,
  // Whoever asks has waited for the seller before. The guarantee is the seller's (handbook, domain 5, rows 2 and 10), and no buyer pays for our being slow.
  AT_PLATFORM: 7 * DAY_MS,
  TO_REPLACE: 3 * DAY_MS,
  REPLACING: 10 * DAY_MS,
};
/** A cooperative may appeal within a day: fruit does not wait longer. */
const FRESH_ANSWER_MS = 24 * HOUR_MS;

export function dueAtOf(state: AfterSaleState, kind: AfterSaleKind, now: Date): Date | null {
  const lasts = state === 'REQUESTED' && kind === 'FRESH_CLAIM' ? FRESH_ANSWER_MS : LASTS_MS[state];
  return lasts === undefined ? null : plus(now, lasts);
}

const WITHIN_TIME: readonly AfterSaleAct[] = ['REFUSED', 'APPEALED', 'CONTESTED'];

/** Whoever says no after their time has said nothing, also where nobody has come round yet to count their silence. A yes comes never too late. */
export function isTooLate(act: AfterSaleAct, { dueAt }: Pick<AfterSale, 'dueAt'>, now: Date): boolean {
  return WITHIN_TIME.includes(act) && dueAt !== null && dueAt <= now;
}

/** What a silent cooperative, a silent buyer, or a platform that does not decide, is taken to have said. */
export type Silence =
  | 'APPROVED'
  | 'ESCALATED'
  | 'LAPSED'
  | 'RETURN_CONFIRMED'
  | 'REPLACEMENT_OVERDUE'
  | 'REPLACEMENT_RECEIVED'
  | 'REFUND_DECIDED'
  | 'RETURN_DECIDED';

const SILENCE: Partial<Record<AfterSaleState, Silence>> = {
  REQUESTED: 'APPROVED',
  REFUSED: 'LAPSED',
  AWAITING_RETURN: 'LAPSED',
  RETURNING: 'RETURN_CONFIRMED',
  TO_REPLACE: 'REPLACEMENT_OVERDUE',
  REPLACING: 'REPLACEMENT_RECEIVED',
};

/** A buyer with so many fresh claims granted within the time below is looked at by a person before anything is given by silence. */
const FRESH_CLAIMS_UNSEEN_MAX = 3;
export const FRESH_CLAIMS_WITHIN_MS = 90 * DAY_MS;

export interface Doubts {
  /** A photo of the case stands in one about another order. */
  readonly isPhotoReused: boolean;
  readonly freshClaimsGranted: number;
  /** Somebody new with every order: of them nothing is known, so no silence speaks for a fresh claim. */
  readonly isGuest: boolean;
  readonly hasReturnAddress: boolean;
  /** What is said never to have come has been signed for by the buyer since. */
  readonly isSignedFor: boolean;
  /** The provider could not give it back: another try by itself would end alike. */
  readonly hasRefundFailed: boolean;
}

/** What happens by itself. Silence is consent only where nothing speaks against it; else a person decides. */
export function actOfSilence(standing: Standing, doubts: Doubts): Silence | null {
  const { kind, state } = standing;
  if (state === 'AT_PLATFORM') return actOfLatePlatform(standing, doubts);
  const act = SILENCE[state];
  if (act === undefined) return null;
  if (act !== 'APPROVED') return act;
  if (doubts.isPhotoReused || doubts.isSignedFor) return 'ESCALATED';
  const isMany = doubts.freshClaimsGranted >= FRESH_CLAIMS_UNSEEN_MAX;
  if (kind === 'FRESH_CLAIM' && (doubts.isGuest || isMany)) return 'ESCALATED';
  if (AFTER_YES(kind) === 'AWAITING_RETURN' && !doubts.hasReturnAddress) return 'ESCALATED';
  return 'APPROVED';
}

/** The buyer gets what was asked for, the goods first where they are to come back; where something speaks against it, it is said again that a person has to decide. */
function actOfLatePlatform({ kind, returnTrackingNo }: Standing, doubts: Doubts): Silence {
  const isMany = doubts.freshClaimsGranted >= FRESH_CLAIMS_UNSEEN_MAX;
  const isDoubted = doubts.isPhotoReused || doubts.isSignedFor || doubts.hasRefundFailed;
  if (isDoubted || (kind === 'FRESH_CLAIM' && (doubts.isGuest || isMany))) return 'ESCALATED';
  if (AFTER_YES(kind) !== 'AWAITING_RETURN' || returnTrackingNo !== null) return 'REFUND_DECIDED';
  return doubts.hasReturnAddress ? 'RETURN_DECIDED' : 'ESCALATED';
}

/** Units of a line in one parcel. */
export interface ParcelUnits {
  readonly quantity: number;
  readonly shippedAt: Date;
  readonly receivedAt: Date | null;
  readonly receivedBy: 'BUYER' | 'AUTO' | null;
}

/** Where a line stands when somebody asks: its windows run parcel by parcel. */
export interface LineStanding {
  readonly isPerishable: boolean;
  /** Units that nobody has signed for yet. */
  readonly onTheWay: number;
  /** Units received, whose window is open. */
  readonly open: number;
  /** Of these, units that were signed for by nobody. */
  readonly unseen: number;
  /** Units that an open cabinet has billed, and that may still be said not to have been taken. */
  readonly disputable: number;
  /** The end of the last window of what has been received, over or not; null while nothing has. */
  readonly until: Date | null;
  /** The same once nothing can be asked for any more. */
  readonly endedAt: Date | null;
}

/** States of a merchant order of which something has left and whose money has not gone out. */
const UNDER_WAY: readonly string[] = ['PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED'];

/** Weights and pictures are looked at while they are fresh. */
const DISPUTED_WITHIN_MS = 48 * HOUR_MS;

/** What of a merchant order its lines stand by. */
export interface PartStanding {
  readonly state: string;
  readonly releaseDueAt: Date | null;
  readonly handover?: string;
  readonly paidAt?: Date | null;
}

/** Units count one by one from the receipt of the parcel that carried them, and never longer than their money is kept. */
export function standingOf(
  { isPerishable }: { readonly isPerishable: boolean },
  { state, releaseDueAt, handover, paidAt }: PartStanding,
  parcels: readonly ParcelUnits[],
  now: Date,
): LineStanding {
  const windows = parcels.flatMap(({ quantity, receivedAt, receivedBy }) =>
    receivedAt === null
      ? []
      : [{ quantity, receivedBy, until: afterSaleUntil(receivedAt, isPerishable, releaseDueAt) }],
  );
  const isUnderWay = UNDER_WAY.includes(state);
  const open = windows.filter(({ until }) => isUnderWay && now < until);
  const onTheWay = isUnderWay ? sum(parcels.filter(({ receivedAt }) => receivedAt === null)) : 0;
  const until =
    windows.length === 0 ? null : new Date(Math.max(...windows.map((each) => each.until.getTime())));
  const isDisputable = isUnderWay && handover === 'TAKEN' && paidAt && now < plus(paidAt, DISPUTED_WITHIN_MS);
  const disputable = isDisputable ? sum(parcels) : 0;
  const isOver = open.length === 0 && onTheWay === 0 && disputable === 0;
  return {
    isPerishable,
    onTheWay,
    open: sum(open),
    unseen: sum(open.filter(({ receivedBy }) => receivedBy === 'AUTO')),
    disputable,
    until,
    endedAt: isOver && state !== 'CANCELLED' ? until : null,
  };
}

function sum(units: readonly { readonly quantity: number }[]): number {
  return units.reduce((total, { quantity }) => total + quantity, 0);
}

/** How many units may be asked about: whoever has signed for units cannot miss them; whoever was signed for can. */
export function askableUnits(
  { onTheWay, open, unseen, disputable }: LineStanding,
  reason: AfterSaleReason,
): number {
  if (reason === 'NOT_TAKEN') return disputable;
  return reason === 'NOT_RECEIVED' ? onTheWay + unseen : open;
}

/** Whether a case about goods that never came has been overtaken by their buyer, who has signed for so many that fewer are missing than it is about. */
export function isSignedFor(
  { reason, quantity }: Pick<AfterSale, 'reason' | 'quantity'>,
  parcels: readonly Pick<ParcelUnits, 'quantity' | 'receivedBy'>[],
): boolean {
  const missing = sum(parcels.filter(({ receivedBy }) => receivedBy !== 'BUYER'));
  return reason === 'NOT_RECEIVED' && missing < quantity;
}

/** Parcels that came only after a moment, or, where it is said that they never came, left only then: nothing said before was about them. */
export function parcelsSince<P extends ParcelUnits>(
  parcels: readonly P[],
  reason: AfterSaleReason,
  at: Date,
): P[] {
  return parcels.filter(({ shippedAt, receivedAt }) => {
    const begun = reason === 'NOT_RECEIVED' ? shippedAt : receivedAt;
    return begun !== null && begun > at;
  });
}

const KEPT: readonly AfterSaleReason[] = ['DAMAGED', 'WRONG_GOODS', 'QUALITY'];

/** What may be asked for, and why. What is on its way can only be missing. Fresh goods are not sent back: what is bad of them is weighed. */
export function possibleOf(standing: LineStanding): ReadonlyMap<AfterSaleKind, readonly AfterSaleReason[]> {
  const missing: readonly AfterSaleReason[] =
    askableUnits(standing, 'NOT_RECEIVED') > 0 ? ['NOT_RECEIVED'] : [];
  const isOpen = standing.open > 0;
  const kept = isOpen && !standing.isPerishable;
  const possible: readonly (readonly [AfterSaleKind, readonly AfterSaleReason[]])[] = [
    [
      'REFUND_ONLY',
      [...missing, ...(kept ? KEPT : []), ...(standing.disputable > 0 ? (['NOT_TAKEN'] as const) : [])],
    ],
    ['FRESH_CLAIM', isOpen && standing.isPerishable ? ['SPOILED'] : []],
    ['RETURN_REFUND', kept ? [...KEPT, 'NO_LONGER_WANTED'] : []],
    ['EXCHANGE', kept ? KEPT : []],
  ];
  return new Map(possible.filter(([, reasons]) => reasons.length > 0));
}

/** Units of a merchant order, with what has gone back of them. */
export interface SoldUnits {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly returnedQuantity: number;
}

/** The seller's fault, or the carrier's, whom the seller has chosen. */
export function isSellersFault(reason: AfterSaleReason): boolean {
  return reason !== 'NO_LONGER_WANTED';
}

/** What money stays where it is while the case is open: the line's, and the parcel's freight where that may go back. */
export function heldLines({
  orderLineId,
  merchantOrderId,
  reason,
}: Pick<AfterSale, 'orderLineId' | 'merchantOrderId' | 'reason'>): string[] {
  return isSellersFault(reason) ? [orderLineId, merchantOrderId] : [orderLineId];
}

/** Freight was paid for nothing where, through no fault of the buyer, nothing of the parcel is left to keep. */
export function isFreightBack(
  {
    orderLineId,
    quantity,
    reason,
    isWhole,
  }: Pick<AfterSale, 'orderLineId' | 'quantity' | 'reason' | 'isWhole'>,
  sold: readonly SoldUnits[],
): boolean {
  if (!isSellersFault(reason) || !isWhole) return false;
  return sold.every((line) => {
    const goesBack = line.orderLineId === orderLineId ? quantity : 0;
    return line.returnedQuantity + goesBack >= line.quantity;
  });
}

/** Cases about the same units of a line: whoever is refused may bring more, but not without end. */
export const CASES_OF_LINE_MAX = 3;

export type FormerCase = Pick<AfterSale, 'id' | 'kind' | 'state' | 'isFinal' | 'openedAt'>;

/**
 * The case that stands in the way of another one about the same line; null if none does. `askableSince`: how many units could be asked about that came
 * only after a moment. A line may come in several parcels, and what was said of the first is not said of the next.
 */
export function inTheWay(
  former: readonly FormerCase[],
  { quantity }: Pick<Ask, 'quantity'>,
  askableSince: (at: Date) => number,
): FormerCase | null {
  const open = former.find(({ state }) => !isClosed(state));
  if (open) return open;
  const about = former.filter(({ openedAt }) => askableSince(openedAt) < quantity);
  // What the platform has decided stays decided; and fruit that was paid for is weighed once.
  const last = about.find(
    ({ kind, state, isFinal }) => isFinal || (kind === 'FRESH_CLAIM' && state === 'REFUNDED'),
  );
  return last ?? (about.length >= CASES_OF_LINE_MAX ? (about.at(-1) ?? null) : null);
}

export interface Ask {
  readonly orderLineId: string;
  readonly kind: AfterSaleKind;
  readonly reason: AfterSaleReason;
  readonly quantity: number;
  /** Less than the units are worth, where that is enough (REFUND_ONLY). */
  readonly amountFen: Fen | null;
  /** Of what is bad, in grams, as the scale shows (FRESH_CLAIM). */
  readonly badWeightG: number | null;
}

export interface Evidence {
  readonly photoId: string;
  readonly subject: PhotoSubject;
}

/** Of one side in one case. */
export const EVIDENCE_MAX = 9;
export const TEXT_LENGTH_MAX = 500;
const QUANTITY_MAX = 10_000;
const WEIGHT_G_MAX = 100_000_000;

function field(path: string, zh: string, en: string): InvalidField {
  return { path, message: { zh, en } };
}

/** People count characters, not the pieces a computer keeps them in. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

function textFaults(path: string, text: string, min: number): InvalidField[] {
  const length = lengthOf(text.trim());
  if (length >= min && length <= TEXT_LENGTH_MAX) return [];
  return [
    field(
      path,
      `说明须为 ${min} 至 ${TEXT_LENGTH_MAX} 字`,
      `The text has ${min} to ${TEXT_LENGTH_MAX} characters.`,
    ),
  ];
}

export function refuseText(path: string, text: string, min = 2): InvalidInputError | null {
  const faults = textFaults(path, text, min);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

/** Malformed asks, all faults at once; whether the line allows it is another question. */
export function refuseAsk({ kind, quantity, amountFen, badWeightG }: Ask): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (!isWithin(quantity, QUANTITY_MAX))
    faults.push(
      field(
        'quantity',
        `件数须在 1 到 ${QUANTITY_MAX} 之间`,
        `The quantity lies between 1 and ${QUANTITY_MAX}.`,
      ),
    );
  if (amountFen !== null && (kind !== 'REFUND_ONLY' || amountFen <= 0n))
    faults.push(
      field(
        'amountFen',
        '仅“仅退款”可填写金额，且须大于零',
        'Only REFUND_ONLY names an amount, and a positive one.',
      ),
    );
  if (kind === 'FRESH_CLAIM' && badWeightG === null)
    faults.push(field('badWeightG', '请填写坏果重量（克）', 'Say how many grams are bad.'));
  if (badWeightG !== null && (kind !== 'FRESH_CLAIM' || !isWithin(badWeightG, WEIGHT_G_MAX)))
    faults.push(
      field(
        'badWeightG',
        '仅生鲜理赔填写坏果重量，且须大于零',
        'Only FRESH_CLAIM names a weight, and a positive one.',
      ),
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What has to be shown: the waybill and the scale for fresh goods, anything at all where goods are said to be bad. */
export function refuseEvidence(
  { kind, reason }: Pick<Ask, 'kind' | 'reason'>,
  evidence: readonly Evidence[],
): InvalidInputError | null {
  const subjects = new Set(evidence.map(({ subject }) => subject));
  const faults = evidenceFaults(evidence);
  if (kind === 'FRESH_CLAIM' && !(subjects.has('WAYBILL') && subjects.has('SCALE')))
    faults.push(
      field('photos', '请上传面单照片和坏果称重照片', 'Show the waybill, and the bad fruit on a scale.'),
    );
  else if (KEPT.includes(reason) && evidence.length === 0)
    faults.push(field('photos', '请上传商品照片', 'Show the goods.'));
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export function evidenceFaults(evidence: readonly Evidence[], before = 0): InvalidField[] {
  const faults: InvalidField[] = [];
  if (evidence.length + before > EVIDENCE_MAX)
    faults.push(field('photos', `照片不超过 ${EVIDENCE_MAX} 张`, `At most ${EVIDENCE_MAX} photos.`));
  if (new Set(evidence.map(({ photoId }) => photoId)).size < evidence.length)
    faults.push(field('photos', '同一照片只能提交一次', 'A photo stands here once.'));
  return faults;
}

export function refuseKey(key: string): InvalidInputError | null {
  if (/^[\w:.-]{8,80}$/.test(key)) return null;
  return new InvalidInputError([
    field(
      'idempotencyKey',
      '请求编号须为 8 到 80 个字母、数字或 -_.:',
      'The key has 8 to 80 letters, digits or any of -_.:',
    ),
  ]);
}

const ADDRESS_LENGTH_MIN = 5;
const ADDRESS_LENGTH_MAX = 200;

/** Where the goods go back to: named where they do, and nowhere else. */
export function refuseReturnAddress(kind: AfterSaleKind, address: string | null): InvalidInputError | null {
  if (AFTER_YES(kind) !== 'AWAITING_RETURN') return null;
  const length = lengthOf(address?.trim() ?? '');
  if (length >= ADDRESS_LENGTH_MIN && length <= ADDRESS_LENGTH_MAX) return null;
  return new InvalidInputError([
    field(
      'returnAddress',
      `请填写 ${ADDRESS_LENGTH_MIN} 至 ${ADDRESS_LENGTH_MAX} 字的退货地址（含收件人与电话）`,
      `Say where it goes back to, with name and number, in ${ADDRESS_LENGTH_MIN} to ${ADDRESS_LENGTH_MAX} characters.`,
    ),
  ]);
}
