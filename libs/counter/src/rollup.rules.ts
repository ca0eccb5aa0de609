import { DAY_MS, HOUR_MS, InvalidInputError, MINUTE_MS, dayStart, plus } from '#libs/kernel';
import type { TelemetryGrain } from './telemetry.entity.js';

/** A reading is believed for so long, unless another comes before: cabinets tell every few minutes. */
export const HOLD_MS = 10 * MINUTE_MS;

/** Longer than anything may come late (60 days, see dating.rules), so that an hour can be made again from all that belongs to it. */
export const READINGS_KEPT_MS = 62 * DAY_MS;
/** A year and a month, to hold one summer beside the last. Days are kept. */
export const HOURS_KEPT_MS = 397 * DAY_MS;

/** As it was told; null where nothing was said of it. */
export interface Reading {
  readonly takenAt: Date;
  readonly deciCelsius: number | null;
  readonly isInBand: boolean | null;
  readonly isDoorOpen: boolean | null;
  readonly isMainsOn: boolean | null;
  readonly signalDbm: number | null;
}

export interface Sums {
  readonly readingCount: number;
  readonly celsiusCount: number;
  readonly deciCelsiusSum: bigint;
  readonly deciCelsiusMin: number | null;
  readonly deciCelsiusMax: number | null;
  readonly measuredSeconds: number;
  readonly inBandSeconds: number;
  readonly doorOpenSeconds: number;
  readonly poweredSeconds: number;
  readonly unpoweredSeconds: number;
  readonly signalDbmMin: number | null;
}

export interface Span {
  readonly fromAt: Date;
  readonly toAt: Date;
}

/** Shanghai's hours begin with those of UTC. */
export function hourOf(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / HOUR_MS) * HOUR_MS);
}

/** The hours that a reading tells something of: its own, and the next where it is believed into that. */
export function hoursOf(takenAt: Date): Date[] {
  const hours = [hourOf(takenAt), hourOf(plus(takenAt, HOLD_MS))];
  return hours[0]?.getTime() === hours[1]?.getTime() ? hours.slice(0, 1) : hours;
}

const secondsOf = (ms: number) => Math.round(ms / 1_000);

/** How long something was so within a span: each reading counts until the next that says something of it, and no longer than it is believed. */
function lasting<T>(
  readings: readonly Reading[],
  { fromAt, toAt }: Span,
  valueOf: (reading: Reading) => T | null,
): Map<T, number> {
  const telling = readings.filter((reading) => valueOf(reading) !== null);
  const lasted = new Map<T, number>();
  for (const [index, reading] of telling.entries()) {
    const value = valueOf(reading);
    const next = telling[index + 1]?.takenAt.getTime() ?? Infinity;
    const from = Math.max(reading.takenAt.getTime(), fromAt.getTime());
    const to = Math.min(next, reading.takenAt.getTime() + HOLD_MS, toAt.getTime());
    if (value !== null && to > from) lasted.set(value, (lasted.get(value) ?? 0) + to - from);
  }
  return lasted;
}

const leastOf = (values: readonly number[]) => (values.length === 0 ? null : Math.min(...values));
const mostOf = (values: readonly number[]) => (values.length === 0 ? null : Math.max(...values));
const told = (values: readonly (number | null)[]) => values.filter((value) => value !== null);

/** `readings`: those of the span and those believed into it, in their order. The same readings always come to the same. */
export function sumsOf(readings: readonly Reading[], span: Span): Sums {
  const within = readings.filter(({ takenAt }) => takenAt >= span.fromAt && takenAt < span.toAt);
  const celsius = told(within.map(({ deciCelsius }) => deciCelsius));
  const inBand = lasting(readings, span, ({ isInBand }) => isInBand);
  const mains = lasting(readings, span, ({ isMainsOn }) => isMainsOn);
  const door = lasting(readings, span, ({ isDoorOpen }) => isDoorOpen);
  return {
    readingCount: within.length,
    celsiusCount: celsius.length,
    deciCelsiusSum: BigInt(celsius.reduce((sum, deci) => sum + deci, 0)),
    deciCelsiusMin: leastOf(celsius),
    deciCelsiusMax: mostOf(celsius),
    measuredSeconds: secondsOf((inBand.get(true) ?? 0) + (inBand.get(false) ?? 0)),
    inBandSeconds: secondsOf(inBand.get(true) ?? 0),
    doorOpenSeconds: secondsOf(door.get(true) ?? 0),
    poweredSeconds: secondsOf(mains.get(true) ?? 0),
    unpoweredSeconds: secondsOf(mains.get(false) ?? 0),
    signalDbmMin: leastOf(told(within.map(({ signalDbm }) => signalDbm))),
  };
}

/** A reading's hours are summed once it is no longer believed, however many come meanwhile. */
export function dueAt(now: Date): Date {
  return plus(now, HOLD_MS);
}

/** When an hour is to be summed again although nothing has come: until it is over. Null: it is. */
export function againAt(hourAt: Date, now: Date): Date | null {
  const endAt = plus(hourAt, HOUR_MS);
  if (now >= endAt) return null;
  const laterAt = plus(now, HOLD_MS);
  return laterAt < endAt ? laterAt : endAt;
}

/** So many at most in one answer. */
export const ROWS_MAX: Readonly<Record<TelemetryGrain, number>> = { HOUR: 31 * 24, DAY: 366 };

const daysOf = (fromOn: string, toOn: string) =>
  (dayStart(toOn).getTime() - dayStart(fromOn).getTime()) / DAY_MS + 1;

export function refuseRange(grain: TelemetryGrain, fromOn: string, toOn: string): InvalidInputError | null {
  const days = daysOf(fromOn, toOn);
  const max = grain === 'HOUR' ? ROWS_MAX.HOUR / 24 : ROWS_MAX.DAY;
  if (days >= 1 && days <= max) return null;
  return new InvalidInputError([
    {
      path: 'to',
      message: { zh: `须为起始日起 1 到 ${max} 天`, en: `It is 1 to ${max} days, the first one included.` },
    },
  ]);
}

/** Hours or days from one day to another, both included, as far as they have begun. */
export function bucketsOf(grain: TelemetryGrain, fromOn: string, toOn: string, now: Date): Span[] {
  const lengthMs = grain === 'HOUR' ? HOUR_MS : DAY_MS;
  const endAt = plus(dayStart(toOn), DAY_MS);
  const spans: Span[] = [];
  for (
    let fromAt = dayStart(fromOn);
    fromAt < endAt && fromAt <= now && spans.length < ROWS_MAX[grain];
    fromAt = plus(fromAt, lengthMs)
  )
    spans.push({ fromAt, toAt: plus(fromAt, lengthMs) });
  return spans;
}

/** Seconds of a span that lie in outages, which do not overlap; one that lasts reaches to now. */
export function secondsWithin(
  { fromAt, toAt }: Span,
  outages: readonly { readonly beganAt: Date; readonly endedAt: Date | null }[],
  now: Date,
): number {
  const ms = outages.reduce((sum, { beganAt, endedAt }) => {
    const from = Math.max(beganAt.getTime(), fromAt.getTime());
    const to = Math.min((endedAt ?? now).getTime(), toAt.getTime());
    return sum + Math.max(0, to - from);
  }, 0);
  return secondsOf(ms);
}
