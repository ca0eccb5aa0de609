import { HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import type { AlarmAddressee, AlarmKind, AlarmSeverity, AlarmState } from './alarm.entity.js';

export interface AlarmRule {
  readonly severity: AlarmSeverity;
  /** It has to last for so long. */
  readonly afterMs: number;
  /** It has to be over for so long; what begins again before is the same alarm. Null: a person has to see to it. */
  readonly calmMs: number | null;
  /** Measured over and over: while it lasts nobody can say that it is over. Of the rest we hear once, and perhaps not of its end. */
  readonly isMeasured: boolean;
  /** Known at times only, so that readings at both ends have to say so; what lies between two others is known from when it begins until it ends. */
  readonly isSampled: boolean;
}

const once = { afterMs: 0, calmMs: 0, isMeasured: false, isSampled: false } as const;
const measured = { ...once, isMeasured: true } as const;

/** Thresholds of the handbook (2.5); what it leaves open is how soon something is over. */
export const ALARM_RULES: Readonly<Record<AlarmKind, AlarmRule>> = {
  TEMPERATURE: {
    ...measured,
    severity: 'CRITICAL',
    afterMs: 10 * MINUTE_MS,
    calmMs: null, // Back in its band says nothing of the goods: somebody decides about them.
    isSampled: true,
  },
  POWER_LOST: { ...measured, severity: 'CRITICAL', calmMs: 5 * MINUTE_MS },
  // The clock has waited for five minutes of silence before it says so.
  OFFLINE: { ...measured, severity: 'WARNING', calmMs: 10 * MINUTE_MS },
  DOOR_OPEN: { ...measured, severity: 'WARNING', afterMs: 2 * MINUTE_MS, calmMs: 2 * MINUTE_MS },
  TAMPER: { ...once, severity: 'CRITICAL', calmMs: null },
  TRAY_DRIFT: { ...once, severity: 'WARNING', calmMs: 10 * MINUTE_MS },
  JAM: { ...once, severity: 'WARNING' },
  SLOT_EMPTY: { ...once, severity: 'NOTICE' },
  EXPIRED_GOODS: { ...measured, severity: 'WARNING' },
  // Nobody but a person can say where it has gone.
  STOCK_LOSS: { ...once, severity: 'WARNING', calmMs: null },
  SNAPSHOT_MISMATCH: { ...once, severity: 'WARNING' },
  PAYMENT_DEVICE: { ...once, severity: 'WARNING', calmMs: 5 * MINUTE_MS },
  // Whoever has measured by hand is told every day until it is repaired.
  THERMOMETER: { ...once, severity: 'WARNING', calmMs: null },
  BOOT_COUNT: { ...once, severity: 'WARNING' },
  PAPERS_EXPIRING: { ...measured, severity: 'NOTICE' },
  PAPERS_LAPSED: { ...measured, severity: 'WARNING' },
  OTHER: { ...once, severity: 'NOTICE' },
};

/** What is known of it before something is seen. */
export type Known =
  | { readonly as: 'CONDITION'; readonly raiseAt: Date }
  | { readonly as: 'ALARM'; readonly endedAt: Date | null };

/**
 * What comes of seeing it on or off: it is noted as not yet an alarm, forgotten, raised (and over in the same moment, where we hear of both late),
 * back again, over, or nothing at all.
 */
export type Turn = 'NOTHING' | 'NOTE' | 'FORGET' | 'RAISE' | 'RAISE_AND_END' | 'RETURN' | 'END';

export function turnOf(
  known: Known | null,
  isOn: boolean,
  at: Date,
  { afterMs, isSampled }: Pick<AlarmRule, 'afterMs' | 'isSampled'>,
): Turn {
  if (known === null) {
    if (!isOn) return 'NOTHING';
    return afterMs > 0 ? 'NOTE' : 'RAISE';
  }
  if (known.as === 'ALARM') {
    if (isOn) return known.endedAt === null ? 'NOTHING' : 'RETURN';
    return known.endedAt === null ? 'END' : 'NOTHING';
  }
  const isLong = at >= known.raiseAt || (isOn && afterMs === 0);
  if (isOn) return isLong ? 'RAISE' : 'NOTHING';
  return isLong && !isSampled ? 'RAISE_AND_END' : 'FORGET';
}

/** When it resolves by itself, once it is over. */
export function resolveAt(kind: AlarmKind, endedAt: Date): Date | null {
  const { calmMs } = ALARM_RULES[kind];
  return calmMs === null ? null : plus(endedAt, calmMs);
}

interface Patience {
  readonly seenMs: number;
  readonly doneMs: number;
}

/** How long the operator has to say that it is seen, and to be done with it, before the county is told. A notice goes no further. */
const PATIENCE: Readonly<Record<AlarmSeverity, Patience | null>> = {
  CRITICAL: { seenMs: 15 * MINUTE_MS, doneMs: 2 * HOUR_MS },
  WARNING: { seenMs: 2 * HOUR_MS, doneMs: 24 * HOUR_MS },
  NOTICE: null,
};

/** When the county is told as well; null where it never is, or has been. */
export function escalateAt(
  severity: AlarmSeverity,
  escalatedTo: AlarmAddressee,
  raisedAt: Date,
  isAcknowledged: boolean,
): Date | null {
  const patience = PATIENCE[severity];
  if (patience === null || escalatedTo === 'COUNTY') return null;
  return plus(raisedAt, isAcknowledged ? patience.doneMs : patience.seenMs);
}

/** Whoever says that it is over while its sensor says that it is not would be wrong a minute later. */
export function isStillOn(kind: AlarmKind, state: AlarmState, endedAt: Date | null): boolean {
  return state !== 'RESOLVED' && ALARM_RULES[kind].isMeasured && endedAt === null;
}
