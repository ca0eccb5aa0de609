import {
  DispatchDayChangedError,
  type PresaleTerms,
  type SoldAhead,
  type WantedHarvest,
} from '#libs/inventory';
import {
  DAY_MS,
  type DomainError,
  type Fen,
  HOUR_MS,
  InvalidInputError,
  businessDay,
  plus,
  present,
} from '#libs/kernel';
import type { PaymentTerm } from './order.entity.js';
import { adopting, refuseAdopted } from './adoption-order.rules.js';
import type { OfferedLine, OrderTotals } from './order.rules.js';
import { PresaleAloneError } from './presale-order.errors.js';

/** Basis points of all of it. */
const ALL_BPS = 10_000n;

/** Long enough for somebody who looks once a day; the fruit does not wait longer. */
export const ANSWER_WITHIN_MS = 48 * HOUR_MS;
/** What was not sent in time and nobody has said anything about is proposed for so many days later. */
export const OVERDUE_DAYS = 3;
export const DELAY_REASON_LENGTH_MAX = 200;
/** Before the rest is due, the earliest first. */
const REMIND_BEFORE_MS = [3 * DAY_MS, DAY_MS] as const;

/** A line with what takes orders for it now; in stock where that is null. */
export function presold(
  line: Omit<OfferedLine, 'harvest' | 'adopted'>,
  presale: PresaleTerms | undefined,
): OfferedLine {
  if (!presale) return line;
  const { id: presaleId, batchId } = presale;
  return { ...line, harvest: { presaleId, batchId, unitG: line.variant.netWeightG, presale } };
}

/** A line with what is sold before it is harvested; in stock where there is nothing. */
export function soldBy(
  line: Omit<OfferedLine, 'harvest' | 'adopted'>,
  { presales, adoptions }: SoldAhead,
  objectIds: readonly string[] = [],
): OfferedLine {
  const terms = adoptions.get(line.variantId);
  return terms ? adopting(line, terms, objectIds) : presold(line, presales.get(line.variantId));
}

/** What is not ordered as it is wanted: together with what goes another way, in parts, or on terms that it has not. */
export function refuseAhead(
  offered: readonly OfferedLine[],
  wish: Parameters<typeof refuseAdopted>[1],
): DomainError | null {
  return refuseAdopted(offered, wish) ?? refusePresold(offered, wish);
}

/** Lines of a presale with the day before which their buyer does not want them; only the plan knows whether there is room from then on. */
export function wantedFrom(
  offered: readonly OfferedLine[],
  notBefore: string | null,
): readonly OfferedLine[] {
  return withHarvest(offered, notBefore === null ? null : { notBefore });
}

/** The same with the day that their buyer was shown. */
export function expecting(
  offered: readonly OfferedLine[],
  expectedOn: string | null,
): readonly OfferedLine[] {
  return withHarvest(offered, expectedOn === null ? null : { expectedOn });
}

function withHarvest(
  offered: readonly OfferedLine[],
  said: Pick<WantedHarvest, 'expectedOn' | 'notBefore'> | null,
): readonly OfferedLine[] {
  if (said === null) return offered;
  return offered.map((line) => (line.harvest ? { ...line, harvest: { ...line.harvest, ...said } } : line));
}

/** Only a presale has days to choose from: what is in stock leaves as soon as it can, and what is adopted on its own days. */
export function refuseNotBefore(
  offered: readonly Pick<OfferedLine, 'harvest'>[],
  notBefore: string | null,
): InvalidInputError | null {
  return notBefore === null || offered.some(({ harvest }) => harvest) ? null : noDayToChoose;
}

const noDayToChoose = new InvalidInputError([
  {
    path: 'dispatchNotBefore',
    message: {
      zh: '只有预售商品可以选择发货日',
      en: 'Only what is presold has days of dispatch to choose from; leave it out.',
    },
  },
]);

/** Of what is not presold: whether the latest day by which something leaves, of what is adopted of the first instalment, is the one that was shown. */
export function refuseDay(
  offered: readonly Pick<OfferedLine, 'harvest' | 'adopted' | 'variant'>[],
  promises: ReadonlyMap<string, string>,
  expectedOn: string | null,
): DispatchDayChangedError | null {
  if (expectedOn === null || offered.some(({ harvest }) => harvest)) return null;
  const days = offered.flatMap(({ adopted, variant }) =>
    adopted ? (adopted.instalments[0]?.lastOn ?? []) : (promises.get(variant.merchantId) ?? []),
  );
  const latest = days.toSorted().at(-1);
  return latest === undefined || latest === expectedOn ? null : new DispatchDayChangedError(latest);
}

/** The presale that an order is of; null for what is in stock. */
export function presaleOf(offered: readonly Pick<OfferedLine, 'harvest'>[]): PresaleTerms | null {
  return offered[0]?.harvest?.presale ?? null;
}

/**
 * What is presold is paid for and sent in its own time, so an order is of one presale or of none. What is owed on account
 * is owed whole: nobody pays a deposit of it.
 */
export function refusePresold(
  offered: readonly OfferedLine[],
  { paymentTerm }: { readonly paymentTerm?: PaymentTerm | undefined },
): DomainError | null {
  const waiting = offered.filter(({ harvest }) => harvest);
  if (waiting.length === 0) return null;
  const presales = new Set(offered.map(({ harvest }) => harvest?.presaleId));
  if (presales.size > 1)
    return new PresaleAloneError([...new Set(waiting.map(({ variantId }) => variantId))]);
  if (paymentTerm === 'ON_ACCOUNT' && presaleOf(offered)?.payment === 'DEPOSIT') return notOnAccount;
  return null;
}

const notOnAccount = new InvalidInputError([
  {
    path: 'paymentTerm',
    message: {
      zh: '订金预售不能先货后款，请选择先付款',
      en: 'What takes a deposit is not bought on account; pay for it.',
    },
  },
]);

/**
 * What of the order is paid when it is placed, rounded down; the freight comes with the rest. 0 where all of it is paid at once.
 *
 * It is an advance payment (订金) and no earnest money in the sense of Civil Code of the PRC art. 586 and 587 (定金): whoever does not pay the rest gets it
 * back whole, and whoever does not deliver gives it back once and not twice. docs/adr/0017-a-deposit-comes-back.md says why.
 */
export function depositOf(
  { goodsFen, subsidyFen }: Pick<OrderTotals, 'goodsFen' | 'subsidyFen'>,
  presale: Pick<PresaleTerms, 'depositBps'> | null,
): Fen {
  return presale ? ((goodsFen - subsidyFen) * BigInt(presale.depositBps)) / ALL_BPS : 0n;
}

/** The end of the day, as people here count days. */
export function balanceDueAt(presale: Pick<PresaleTerms, 'balanceDueOn'>): Date {
  const dueOn = present(presale.balanceDueOn, 'the day on which the rest is due');
  return plus(new Date(`${dueOn}T00:00:00+08:00`), DAY_MS);
}

/** When the buyer is reminded next; null when it is too late for that. */
export function nextReminderAt(dueAt: Date, now: Date): Date | null {
  return REMIND_BEFORE_MS.map((beforeMs) => plus(dueAt, -beforeMs)).find((at) => at > now) ?? null;
}

/** For what is late and nobody has said anything about. */
export function proposedFor(now: Date): string {
  return businessDay(plus(now, OVERDUE_DAYS * DAY_MS));
}

/** What the merchant says why. */
export function refuseReason(reason: string): InvalidInputError | null {
  if (reason.trim().length >= 1 && reason.length <= DELAY_REASON_LENGTH_MAX) return null;
  const message = {
    zh: `延期原因须为 1 到 ${DELAY_REASON_LENGTH_MAX} 个字`,
    en: `The reason has 1 to ${DELAY_REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}
