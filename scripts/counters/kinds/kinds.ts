import type { CabinetRow } from '#libs/counter';
import type { Random } from '../../data/random.js';
import type { Device } from '../device.js';
import type { Temper } from '../temper.js';
import type { Kind, ShelfSlot, TrayGoods } from './kind.js';
import { CellCabinet } from './cell-cabinet.js';
import { PLAIN } from './plain-cabinet.js';
import { SlotCabinet } from './slot-cabinet.js';
import { WeighingCabinet } from './weighing-cabinet.js';

/** One line for each kind of cabinet that does something of its own. */
export function kindOf(
  model: CabinetRow['model'],
  device: Device,
  { shelf, trays }: { readonly shelf: readonly ShelfSlot[]; readonly trays: readonly TrayGoods[] },
  temper: Temper,
  chance: (of: string) => Random,
): Kind {
  if (model === 'SLOT_CABINET') return new SlotCabinet(device, shelf, temper, chance('kind'), chance('luck'));
  if (model === 'LOCKER') return new CellCabinet(device, chance('kind'));
  if (trays.length > 0) return new WeighingCabinet(device, trays, temper, chance('kind'), chance('luck'));
  return PLAIN;
}
