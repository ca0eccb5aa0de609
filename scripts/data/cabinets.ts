import { present } from '#libs/kernel';
import type { CabinetRow, ChannelPointRow, MerchantRow } from './files.js';
import { seededId } from './seeded-id.js';

const MODEL_OF: Readonly<Record<string, CabinetRow['model']>> = {
  SLOT: 'SLOT_CABINET',
  GRAVITY: 'OPEN_DOOR',
  VISION: 'OPEN_DOOR',
  RFID: 'OPEN_DOOR',
  CELL: 'LOCKER',
};

/** One cabinet at each counter. Merchants of the county run them in turn; where there are none, those of the whole city. */
export function generateCabinets(
  points: readonly ChannelPointRow[],
  merchants: readonly MerchantRow[],
): CabinetRow[] {
  return points
    .filter(({ kind }) => kind === 'COUNTER')
    .map(({ id, key, countyCode, cabinetKind, openedOn }, index) => {
      const own = merchants.filter((merchant) => merchant.countyCode === countyCode);
      const operators = own.length > 0 ? own : merchants;
      return {
        id: seededId('cab', key),
        channelPointId: id,
        countyCode,
        operatorId: present(operators[index % operators.length], 'an operator').id,
        serialNo: `TY-${String(index + 1).padStart(5, '0')}`,
        model: present(MODEL_OF[cabinetKind ?? ''], `the model of ${key}`),
        registeredOn: openedOn,
      };
    });
}
