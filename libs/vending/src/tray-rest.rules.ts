import { DAY_MS } from '#libs/kernel';
import { NOISE_G, type TrayGood, combinationsOf } from './tray-weight.rules.js';

/** A scale creeps by so much a day, and is set again before it has crept further. */
const CREEP_G_PER_DAY = 10;
const CREEP_G_MAX = 30;
/** Fresh goods dry: so much of their weight a day, in parts of ten thousand, and never more than a tenth of it between two openings. */
const DRIES_BPS_PER_DAY = 150;
const DRIES_BPS_MAX = 1_000;
const BPS = 10_000;

/** What a tray weighed when the door was shut, and when somebody had it opened next. */
export interface RestedTray {
  readonly slotCode: string;
  readonly shutG: number;
  readonly nextG: number;
  readonly restedMs: number;
}

export interface RestedGood extends TrayGood {
  readonly isPerishable: boolean;
}

/**
 * What has become of a tray behind a shut door. STILL: it has moved by no more than scales do. DRIED: fresh goods weigh less than they did. FILLED: somebody has put goods in and not said so. MISSING: as
 * much is gone as one of what stands there weighs, or more. DRIFTED: nothing that stands there explains it, so its scale cannot be believed.
 */
export type RestFinding = 'STILL' | 'DRIED' | 'FILLED' | 'MISSING' | 'DRIFTED';

export function findingOf(tray: RestedTray, goods: readonly RestedGood[]): RestFinding {
  const goneG = tray.shutG - tray.nextG;
  const days = tray.restedMs / DAY_MS;
  const creepsG = Math.max(NOISE_G, Math.min(CREEP_G_MAX, NOISE_G + days * CREEP_G_PER_DAY));
  if (Math.abs(goneG) <= creepsG) return 'STILL';
  if (goneG < 0) return combinationsOf(-goneG, goods, 1).length > 0 ? 'FILLED' : 'DRIFTED';
  const driesBps = Math.min(DRIES_BPS_MAX, days * DRIES_BPS_PER_DAY);
  const driesG = goods.some(({ isPerishable }) => isPerishable) ? (tray.shutG * driesBps) / BPS : 0;
  if (goneG <= creepsG + driesG) return 'DRIED';
  const lightestG = Math.min(...goods.map(({ unitG, toleranceG }) => unitG - toleranceG));
  return goneG >= lightestG - creepsG ? 'MISSING' : 'DRIFTED';
}

/** Which and how many of what stands there weigh as much as is gone; null where nobody can tell. */
export function unitsGone(tray: RestedTray, goods: readonly RestedGood[]): number | null {
  const [first, second] = combinationsOf(tray.shutG - tray.nextG, goods);
  return first && !second ? first.reduce((sum, { quantity }) => sum + quantity, 0) : null;
}
