import type { Random } from '../../data/random.js';
import type { Device } from '../device.js';
import type { Kind } from './kind.js';

/** Of a hundred times that a cell is to open, so many it is stuck. */
const STUCK_PERCENT = 2;

/** A door for each parcel, and a sensor at each that sees it open. */
export class CellCabinet implements Kind {
  /** Parcels are fetched from it, and nothing is bought. */
  readonly sells = null;

  constructor(device: Device, random: Random) {
    device.opensCell = () => !random.percent(STUCK_PERCENT);
  }

  live(): void {
    // Nothing happens to it by itself.
  }
}
