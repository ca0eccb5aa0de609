import { RECEIPT_QUANTITY_MAX } from '#libs/inventory';
import type { InvalidInputError } from '#libs/kernel';
import { faults } from './stock-line.rules.js';

/** Of these hours of Shanghai a telephone may ring. */
const TOLD_FROM_HOUR = 9;
const TOLD_UNTIL_HOUR = 20;
/** It is enough again once a fifth more than that lies there: what an unpaid order gives back is no delivery. */
const MARGIN_DIVISOR = 5;

export function isHourToTell(at: Date): boolean {
  const hour = (at.getUTCHours() + 8) % 24;
  return hour >= TOLD_FROM_HOUR && hour < TOLD_UNTIL_HOUR;
}

/** Null takes it away. */
export function refuseThreshold(units: number | null): InvalidInputError | null {
  const { refuse, told } = faults();
  if (units !== null && (!Number.isInteger(units) || units < 1 || units > RECEIPT_QUANTITY_MAX))
    refuse('units', `须在 1 到 ${RECEIPT_QUANTITY_MAX} 之间`, `It is 1 to ${RECEIPT_QUANTITY_MAX}.`);
  return told();
}

export interface JudgedThreshold {
  readonly units: number;
  readonly lowSince: Date | null;
}

/** What has become of it: it has fallen below and nobody knows yet, or there is enough again; null where neither is new. */
export function judge({ units, lowSince }: JudgedThreshold, available: number): 'LOW' | 'ENOUGH' | null {
  if (lowSince === null) return available < units ? 'LOW' : null;
  return available >= units + Math.ceil(units / MARGIN_DIVISOR) ? 'ENOUGH' : null;
}
