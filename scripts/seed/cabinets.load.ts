import { parseCsv } from '../data/csv.js';
import { type FileLoad, upsert } from './table-load.js';

/** Rows of lanes, trays or cells as such cabinets are built: how many, what each holds, and the heaviest item it takes. */
export const SLOTS_OF: Readonly<
  Record<string, { readonly count: number; readonly capacity: number; readonly maxItemG: number }>
> = {
  SLOT_CABINET: { count: 40, capacity: 10, maxItemG: 1_200 },
  OPEN_DOOR: { count: 5, capacity: 60, maxItemG: 5_000 },
  LOCKER: { count: 24, capacity: 1, maxItemG: 10_000 },
};
const SLOTS_IN_A_ROW = 8;

/** A1 to A8, B1 to B8, … */
export function codeOf(position: number): string {
  const row = 'ABCDEFGHIJ'[Math.floor(position / SLOTS_IN_A_ROW)] ?? '';
  return `${row}${(position % SLOTS_IN_A_ROW) + 1}`;
}

/** The cabinets at the counters, with their slots. What they sign in with is issued by people, or by `npm run counters`. */
export const cabinets: FileLoad = {
  file: 'cabinets.csv',
  load: async (tx, text, { dates }) => {
    const rows = parseCsv(text).map(({ registeredOn = '', ...row }) => ({
      ...row,
      activePointId: row['channelPointId'] ?? '',
      state: 'ACTIVE',
      slotRevision: 1,
      registeredBy: 'seed',
      registeredAt: dates.instant(registeredOn),
      retiredAt: null,
    }));
    const ids = parseCsv(text).map(({ id = '', model = '' }) => ({ id, slots: SLOTS_OF[model] }));
    await upsert(tx, 'cabinet', rows);
    await upsert(
      tx,
      'cabinet_link',
      ids.map(({ id }) => ({ cabinetId: id })),
    );
    await upsert(
      tx,
      'cabinet_setting',
      parseCsv(text).map(({ id = '', model = '', registeredOn = '' }) => ({
        cabinetId: id,
        temperatureBand: model === 'OPEN_DOOR' ? 'CHILLED' : 'AMBIENT',
        changedBy: 'seed',
        changedAt: dates.instant(registeredOn),
      })),
    );
    await upsert(
      tx,
      'cabinet_slot',
      ids.flatMap(({ id, slots }) =>
        Array.from({ length: slots?.count ?? 0 }, (_, position) => ({
          cabinetId: id,
          code: codeOf(position),
          position,
          capacity: slots?.capacity ?? 0,
          maxItemG: slots?.maxItemG ?? 0,
        })),
      ),
    );
    return rows.length;
  },
};
