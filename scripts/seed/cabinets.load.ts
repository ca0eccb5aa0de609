import { parseCsv } from '../data/csv.js';
import { type FileLoad, type LoadDates, upsert } from './table-load.js';

/** Rows of lanes, trays or cells as such cabinets are built: how many, what each holds, and the heaviest item it takes. */
export const SLOTS_OF: Readonly<
  Record<string, { readonly count: number; readonly capacity: number; readonly maxItemG: number }>
> = {
  SLOT_CABINET: { count: 40, capacity: 10, maxItemG: 1_200 },
  OPEN_DOOR: { count: 5, capacity: 60, maxItemG: 5_000 },
  LOCKER: { count: 24, capacity: 1, maxItemG: 10_000 },
};
const SLOTS_IN_A_ROW = 8;

/** A locker has a row of small cells, one of medium ones, and one of large ones. */
const CELLS = [
  { maxItemG: 5_000, innerL: 12 },
  { maxItemG: 10_000, innerL: 36 },
  { maxItemG: 20_000, innerL: 80 },
];

/** A1 to A8, B1 to B8, … */
export function codeOf(position: number): string {
  const row = 'ABCDEFGHIJ'[Math.floor(position / SLOTS_IN_A_ROW)] ?? '';
  return `${row}${(position % SLOTS_IN_A_ROW) + 1}`;
}

/** Fresh fruit wants a licence; packed goods a filing and a report of the machine. Some have none, or one that ends soon, so that there is something to see. */
function papersOf(id: string, model: string, index: number, dates: LoadDates) {
  const recordedAt = dates.instant('-30');
  const paper = (kind: string, number: string, validUntil: string | null) => ({
    id: `cpp_${id.slice('cab_'.length)}${kind.slice(0, 1)}`,
    cabinetId: id,
    kind,
    openKind: kind,
    number,
    authority: '株洲市市场监督管理局',
    validUntil,
    fileNo: '',
    recordedBy: 'seed',
    recordedAt,
    endedAt: null,
  });
  const no = String(index + 1).padStart(6, '0');
  if (index % 20 === 7) return [];
  if (model === 'OPEN_DOOR')
    return [paper('LICENCE', `JY14302${no}`, dates.day(index % 20 === 3 ? 20 : 900))];
  return [paper('FILING', `YB14302${no}`, null), paper('PLACEMENT', `ZG14302${no}`, null)];
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
    const ids = parseCsv(text).map(({ id = '', model = '' }) => ({ id, model, slots: SLOTS_OF[model] }));
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
      ids.flatMap(({ id, model, slots }) =>
        Array.from({ length: slots?.count ?? 0 }, (_, position) => ({
          cabinetId: id,
          code: codeOf(position),
          position,
          capacity: slots?.capacity ?? 0,
          maxItemG: slots?.maxItemG ?? 0,
          ...(model === 'LOCKER' ? CELLS[Math.floor(position / SLOTS_IN_A_ROW)] : { innerL: null }),
        })),
      ),
    );
    await upsert(
      tx,
      'cabinet_paper',
      parseCsv(text).flatMap(({ id = '', model = '' }, index) => papersOf(id, model, index, dates)),
    );
    return rows.length;
  },
};
