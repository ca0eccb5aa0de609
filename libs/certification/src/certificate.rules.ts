import { DAY_MS, type InvalidField, InvalidInputError, businessDay, dayStart, plus } from '#libs/kernel';

export const ENTRIES_MAX = 500;

/** Two months before it would lapse. */
export const RECHECK_MS_BEFORE = 60 * DAY_MS;

export const CERTIFICATE_STATES = ['AHEAD', 'IN_FORCE', 'EXPIRING', 'EXPIRED', 'LAPSED', 'REVOKED'] as const;
/** LAPSED: nobody looked at it again in time. EXPIRED: its whole term is over. */
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

export interface CertificateSpan {
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Null where nothing carries it further. */
  readonly termEndsAt: Date | null;
  readonly revokedAt: Date | null;
}

export function certificateStateAt(
  { validFrom, validTo, termEndsAt, revokedAt }: CertificateSpan,
  at: Date,
): CertificateState {
  if (revokedAt !== null && revokedAt <= at) return 'REVOKED';
  if (validTo <= at) return termEndsAt !== null && validTo < termEndsAt ? 'LAPSED' : 'EXPIRED';
  if (validFrom > at) return 'AHEAD';
  return validTo.getTime() - at.getTime() <= RECHECK_MS_BEFORE ? 'EXPIRING' : 'IN_FORCE';
}

/** In days before it ends; first when it may be carried on. */
const REMINDED_DAYS = [60, 30, 7] as const;

export interface Reminder {
  readonly before: number;
  /** What ends until then has it due. */
  readonly until: Date;
}

/** The earliest first. Of several that are due the last alone is told of. */
export function remindersAt(now: Date): Reminder[] {
  return REMINDED_DAYS.map((before) => ({ before, until: plus(now, before * DAY_MS) }));
}

/** It counts up to, not at, its end. */
export function lastDayOf(validTo: Date): string {
  return businessDay(plus(validTo, -1));
}

/** The same day so many months later, or that month's last. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

export interface Term {
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly termEndsAt: Date;
}

/** From a day on (today: from now on, nothing that was sold before becomes certified), until its first re-check, and how far re-checks may carry it. */
export function termFrom(
  day: string,
  { validMonths, recheckMonths }: { readonly validMonths: number; readonly recheckMonths: number },
  now: Date,
): Term {
  const termEndsAt = dayStart(monthsAfter(day, validMonths));
  const recheckAt = dayStart(monthsAfter(day, recheckMonths));
  return {
    validFrom: day === businessDay(now) ? now : dayStart(day),
    validTo: recheckAt < termEndsAt ? recheckAt : termEndsAt,
    termEndsAt,
  };
}

/** How far a re-check carries what would have lapsed; null where its term ends anyway. */
export function carriedFrom(validTo: Date, termEndsAt: Date | null, recheckMonths: number): Date | null {
  if (termEndsAt === null || validTo >= termEndsAt) return null;
  const next = dayStart(monthsAfter(businessDay(validTo), recheckMonths));
  return next < termEndsAt ? next : termEndsAt;
}

/** ZZ430225-2026-3-0007: whose scheme, where from, when, which announcement, which of it. */
export function catalogueNoOf(
  prefix: string,
  {
    countyCode,
    year,
    batchNo,
    position,
  }: {
    readonly countyCode: string;
    readonly year: string;
    readonly batchNo: number;
    readonly position: number;
  },
): string {
  return `${prefix}${countyCode}-${year}-${batchNo}-${String(position).padStart(4, '0')}`;
}

const AHEAD_DAYS_MAX = 366;

export function refuseBatch(
  {
    applicationIds,
    validFromOn,
    idempotencyKey,
  }: {
    readonly applicationIds: readonly string[];
    readonly validFromOn: string;
    readonly idempotencyKey: string;
  },
  today: string,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (!/^[\x21-\x7e]{1,80}$/.test(idempotencyKey))
    refuse('input.idempotencyKey', '须为 1 到 80 个字符', 'It has 1 to 80 visible ASCII characters.');
  const count = new Set(applicationIds).size;
  if (count === 0 || count !== applicationIds.length || count > ENTRIES_MAX)
    refuse(
      'input.applicationIds',
      `每批 1 到 ${ENTRIES_MAX} 件，不得重复`,
      `1 to ${ENTRIES_MAX} applications, each once.`,
    );
  const aheadDays = (Date.parse(validFromOn) - Date.parse(today)) / DAY_MS;
  if (aheadDays < 0 || aheadDays > AHEAD_DAYS_MAX)
    refuse(
      'input.validFromOn',
      '生效日期须为今天或一年之内',
      'It counts from today on, or from a day within a year.',
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What registers say of an application on the day on which it is announced. */
export interface AnnouncedFinds {
  readonly applicationId: string;
  readonly isSameOrigin: boolean;
  readonly isSelling: boolean;
  /** Linked by its agreements that are in force. */
  readonly householdCount: number;
}

/** Weeks lie between handing in and a batch, and nobody says how many: what the catalogue says has to be so when it is announced. */
export function refuseAnnounced(
  finds: readonly AnnouncedFinds[],
  applicationIds: readonly string[],
  householdMin: number,
): InvalidInputError | null {
  const faults = finds.flatMap(({ applicationId, isSameOrigin, isSelling, householdCount }) => {
    const path = `input.applicationIds.${applicationIds.indexOf(applicationId)}`;
    const found: InvalidField[] = [];
    if (!isSameOrigin)
      found.push({
        path,
        message: {
          zh: '该产品的产地在提交后有变更，请退回重新提交',
          en: 'Where it comes from has changed since it was handed in; send it back.',
        },
      });
    if (!isSelling)
      found.push({
        path,
        message: {
          zh: '该经营主体暂时不能销售（被暂停，或证照已到期），恢复后再公布',
          en: 'Its seller may not sell at present (suspended, or a licence has ended); announce it once they may.',
        },
      });
    if (householdCount < householdMin)
      found.push({
        path,
        message: {
          zh: `现行协议只联结 ${householdCount} 户，须不少于 ${householdMin} 户；请退回补充`,
          en: `Agreements in force link ${householdCount} households, ${householdMin} are needed; send it back.`,
        },
      });
    return found;
  });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** Since when what an entry said was wrong: not before it counted, not after today. */
export function refuseWrongSince(
  wrongSinceOn: string,
  validFrom: Date,
  today: string,
): InvalidInputError | null {
  const first = businessDay(validFrom);
  const begins = first < today ? first : today;
  if (wrongSinceOn >= begins && wrongSinceOn <= today) return null;
  const message = {
    zh: `须在 ${begins} 与今天之间`,
    en: `A day from ${begins} to today.`,
  };
  return new InvalidInputError([{ path: 'wrongSinceOn', message }]);
}
