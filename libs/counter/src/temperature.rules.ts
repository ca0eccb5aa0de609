import type { TemperatureBand } from './telemetry.entity.js';

/** Where nobody has said what a cabinet is for, what holds for goods that need no cooling. */
export const DEFAULT_BAND: TemperatureBand = 'AMBIENT';

interface Limits {
  readonly fromDeci: number | null;
  readonly toDeci: number;
}

/** Of the handbook (2.5), in tenths of a degree. */
const LIMITS: Readonly<Record<TemperatureBand, Limits>> = {
  CHILLED: { fromDeci: 0, toDeci: 80 },
  PEACHES: { fromDeci: 20, toDeci: 80 },
  AMBIENT: { fromDeci: null, toDeci: 280 },
};

/** Whatever was out has to come back so far before it counts as in: a thermometer at the border does not flap. */
const MARGIN_DECI = 5;

export function isInBand(band: TemperatureBand, deciCelsius: number): boolean {
  const { fromDeci, toDeci } = LIMITS[band];
  return deciCelsius <= toDeci && (fromDeci === null || deciCelsius >= fromDeci);
}

/** Out of the band; or, once it was, not clearly back in it. */
export function isOut(band: TemperatureBand, deciCelsius: number, wasOut: boolean): boolean {
  if (!wasOut) return !isInBand(band, deciCelsius);
  const { fromDeci, toDeci } = LIMITS[band];
  return deciCelsius > toDeci - MARGIN_DECI || (fromDeci !== null && deciCelsius < fromDeci + MARGIN_DECI);
}

/** Of two readings out of the band, the one further out. */
export function furtherOut(band: TemperatureBand, one: number | null, other: number): number {
  if (one === null) return other;
  const { fromDeci, toDeci } = LIMITS[band];
  const beyond = (deci: number) => Math.max(deci - toDeci, fromDeci === null ? -Infinity : fromDeci - deci);
  return beyond(other) > beyond(one) ? other : one;
}
