import { openSpansOn } from '#libs/channel';
import { type TimeSpan, joined, lengthMs, shared, without } from '#libs/counter';
import { DAY_MS, MINUTE_MS, dayStart, plus } from '#libs/kernel';

/** A counter that has neither sold anything nor been filled for so many days, the last one included, is idle (handbook, R10). */
export const OPERATING_DAYS = 30;

/** A day is made when it is over, and again when most of what comes late has come: readings of a line that was down, disputes, an outage that has ended. */
const AGAIN_AFTER_DAYS = [0, 2, 5, 28] as const;
/** What happened before midnight is on its way for a little. */
const SETTLED_AFTER_MS = 30 * MINUTE_MS;

/** Whoever reviews a month reads what they will lock: its days are made no more, but for those that never were. */
export function isResting(closeState: string | null): boolean {
  return closeState !== null && closeState !== 'OPEN' && closeState !== 'CUT_OFF';
}

export function spanOfDay(day: string): TimeSpan {
  const fromAt = dayStart(day);
  return { fromAt, toAt: plus(fromAt, DAY_MS) };
}

export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** When a day is to be made, that has been made so many times; null once nothing is expected any more. */
export function makeAt(day: string, madeCount: number): Date | null {
  const days = AGAIN_AFTER_DAYS[madeCount];
  return days === undefined ? null : plus(dayStart(dayPlus(day, 1 + days)), SETTLED_AFTER_MS);
}

/** Whether a counter operates on a day, by when it last sold anything and was last filled. */
export function isOperatingOn(
  day: string,
  { lastSoldOn, lastFilledOn }: { readonly lastSoldOn: string | null; readonly lastFilledOn: string | null },
): boolean {
  const since = dayPlus(day, 1 - OPERATING_DAYS);
  return [lastSoldOn, lastFilledOn].some((last) => last !== null && last >= since && last <= day);
}

/** The later of two days, of which each may not be known. */
export function laterDay(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

export interface DayFacts {
  readonly day: string;
  /** As it was when the day was first made. */
  readonly openingHours: string | null;
  readonly isOpen: boolean;
  readonly registeredAt: Date;
  readonly retiredAt: Date | null;
  /** Null where it was never heard. */
  readonly firstHeardAt: Date | null;
  /** While we ourselves could hear nobody. */
  readonly ours: readonly TimeSpan[];
  /** While the whole cabinet could not sell: no line, no mains, forced, stopped from afar. */
  readonly stops: readonly TimeSpan[];
  /** Those that were planned. */
  readonly slotCodes: readonly string[];
  readonly slotLocks: readonly (TimeSpan & { readonly slotCode: string; readonly isTemperature: boolean })[];
  /** What lay in them at the beginning of the day. */
  readonly unitsAtStart: ReadonlyMap<string, number>;
  /** In their order. */
  readonly movements: readonly {
    readonly slotCode: string;
    readonly quantity: number;
    readonly movedAt: Date;
  }[];
}

/** What a day of a cabinet comes to, in minutes and units. */
export interface DayMinutes {
  /** In which it should have sold, and we could know whether it could. */
  readonly dueMinutes: number;
  /** Of which we know nothing, because we could hear nobody. */
  readonly unknownMinutes: number;
  /** Of those due: in which it could. */
  readonly sellableMinutes: number;
  /** Planned slots times minutes due; of them empty. */
  readonly slotMinutes: number;
  readonly emptySlotMinutes: number;
  /** Units in slots when these were locked because of the temperature. */
  readonly lockedUnits: number;
}

const minutesOf = (spans: readonly TimeSpan[]) => Math.floor(lengthMs(spans) / MINUTE_MS);

/** When all planned slots were locked at once: such a cabinet sells nothing. */
function allLocked({ slotCodes, slotLocks }: DayFacts): TimeSpan[] {
  const [first, ...others] = slotCodes.map((code) =>
    joined(slotLocks.filter(({ slotCode }) => slotCode === code)),
  );
  return first ? others.reduce<TimeSpan[]>((common, spans) => shared(common, spans), first) : [];
}

/** When a slot held nothing. */
function emptySpans({ day, unitsAtStart, movements }: DayFacts, code: string): TimeSpan[] {
  const { fromAt, toAt } = spanOfDay(day);
  const empty: TimeSpan[] = [];
  let units = unitsAtStart.get(code) ?? 0;
  let since = fromAt;
  for (const { quantity, movedAt } of movements.filter(({ slotCode }) => slotCode === code)) {
    if (units <= 0) empty.push({ fromAt: since, toAt: movedAt });
    units += quantity;
    since = movedAt;
  }
  return units <= 0 ? [...empty, { fromAt: since, toAt }] : empty;
}

function unitsAt({ unitsAtStart, movements }: DayFacts, code: string, at: Date): number {
  return movements
    .filter(({ slotCode, movedAt }) => slotCode === code && movedAt < at)
    .reduce((units, { quantity }) => units + quantity, unitsAtStart.get(code) ?? 0);
}

/**
 * What it should have sold in: the hours of its place, from when it was put there or first heard until it went. Of that, what it could: with a line, mains, nobody at its door, not stopped,
 * and a slot that is not locked. What we could not hear ourselves is in neither.
 */
export function minutesOfDay(facts: DayFacts): DayMinutes {
  const { day, firstHeardAt, registeredAt, retiredAt, isOpen } = facts;
  const whole = spanOfDay(day);
  const from = firstHeardAt === null ? whole.toAt : firstHeardAt > registeredAt ? firstHeardAt : registeredAt;
  const stood = [{ fromAt: from, toAt: retiredAt ?? whole.toAt }];
  const meant = isOpen ? shared(openSpansOn(facts.openingHours, day), stood) : [];
  const due = without(meant, facts.ours);
  const sellable = without(due, [...facts.stops, ...allLocked(facts)]);
  const dueMinutes = minutesOf(due);
  const empty = facts.slotCodes.map((code) => minutesOf(shared(due, emptySpans(facts, code))));
  const broken = facts.slotLocks.filter(
    ({ isTemperature, fromAt }) => isTemperature && fromAt >= whole.fromAt && fromAt < whole.toAt,
  );
  return {
    dueMinutes,
    unknownMinutes: minutesOf(meant) - dueMinutes,
    sellableMinutes: minutesOf(sellable),
    slotMinutes: dueMinutes * facts.slotCodes.length,
    emptySlotMinutes: empty.reduce((sum, minutes) => sum + minutes, 0),
    lockedUnits: broken.reduce(
      (sum, { slotCode, fromAt }) => sum + Math.max(0, unitsAt(facts, slotCode, fromAt)),
      0,
    ),
  };
}
