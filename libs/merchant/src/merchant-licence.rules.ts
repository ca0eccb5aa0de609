import { DAY_MS } from '#libs/kernel';
import type { MerchantPaper } from './merchant-paper.entity.js';
import { type MerchantPaperKind, PAPER_FORMS, type Paper } from './merchant-paper.rules.js';

/** Without these nobody sells. What else ends is reminded of and stops nothing. */
export const LICENCE_KINDS: readonly MerchantPaperKind[] = [
  'BUSINESS_LICENCE',
  'COLLECTIVE_CERTIFICATE',
  'FOOD_PRODUCTION_LICENCE',
  'FOOD_BUSINESS_LICENCE',
];

/** How many days before its last day owners are reminded of a paper: renewing takes an office some weeks. */
export const REMINDED_DAYS = [30, 7, 0] as const;
const SOON_DAYS = REMINDED_DAYS[0];

/** Of these hours of Shanghai a telephone may ring. */
const REMINDED_FROM_HOUR = 9;
const REMINDED_UNTIL_HOUR = 20;

export function isHourToRemind(at: Date): boolean {
  const hour = (at.getUTCHours() + 8) % 24;
  return hour >= REMINDED_FROM_HOUR && hour < REMINDED_UNTIL_HOUR;
}

/** Of the reminders that are due the last alone: whoever was not reminded in time is not told twice. */
export function reminderOf(endsOn: string, today: string): number {
  return REMINDED_DAYS.findLast((days) => endsOn <= plusDays(today, days)) ?? SOON_DAYS;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The last day on which a paper of its kind is good for something; null for ever. */
export function lastDayOf(
  kind: MerchantPaperKind,
  { validFrom, validTo }: Pick<Paper<MerchantPaperKind>, 'validFrom' | 'validTo'>,
): string | null {
  const { hasValidTo, ageDaysMax } = PAPER_FORMS[kind];
  if (ageDaysMax !== null) return validFrom === null ? null : plusDays(validFrom, ageDaysMax);
  return hasValidTo === 'NEVER' ? null : validTo;
}

export type AcceptedPaper = Pick<MerchantPaper, 'id' | 'kind' | 'endsOn' | 'decidedAt'>;

/** For ever ends last. */
const endOf = ({ endsOn }: Pick<MerchantPaper, 'endsOn'>) => endsOn ?? '9999-12-31';

/** Of each kind that a merchant has to have, the last that was accepted; of two that were accepted together, the one that ends first. */
export function countingPapers<P extends AcceptedPaper>(
  papers: readonly P[],
  required: readonly MerchantPaperKind[],
): P[] {
  return required.flatMap((kind) => {
    const [last] = papers
      .filter((paper) => paper.kind === kind)
      .toSorted(
        (a, b) =>
          Number(b.decidedAt) - Number(a.decidedAt) ||
          endOf(a).localeCompare(endOf(b)) ||
          a.id.localeCompare(b.id),
      );
    return last ? [last] : [];
  });
}

/** The last day on which whoever holds these may sell; null where none of their licences ends. */
export function licensedUntil(counting: readonly AcceptedPaper[]): string | null {
  const ends = counting.filter(({ kind }) => LICENCE_KINDS.includes(kind)).map(endOf);
  const first = ends.toSorted()[0] ?? '9999-12-31';
  return first === '9999-12-31' ? null : first;
}

/** On which day a renewal may begin at the latest: today, or the day after what it renews, so that no day lies between them. */
export function beginsBy(current: Pick<MerchantPaper, 'endsOn'> | null, today: string): string {
  const next = current?.endsOn ? plusDays(current.endsOn, 1) : today;
  return next > today ? next : today;
}

/** MISSING: none was ever accepted. ENDED: its last day is over. ENDING: within thirty days. */
export const PAPER_STANDINGS = ['MISSING', 'ENDED', 'ENDING', 'VALID'] as const;
export type MerchantPaperStanding = (typeof PAPER_STANDINGS)[number];

export function standingOf(
  paper: Pick<MerchantPaper, 'endsOn'> | undefined,
  today: string,
): MerchantPaperStanding {
  if (!paper) return 'MISSING';
  if (paper.endsOn === null) return 'VALID';
  if (paper.endsOn < today) return 'ENDED';
  return paper.endsOn <= plusDays(today, SOON_DAYS) ? 'ENDING' : 'VALID';
}
