import { DAY_MS, businessDay } from '#libs/kernel';
import { type FieldTable, type RawRow, type RowFault, fault, formFaults } from './row-field.rules.js';

const MINUTES_OF_DAY = 1_440;
/** A cabinet has at most a few hundred slots. */
const SLOTS_MAX = 500;
const COUNT_MAX = 1_000_000;
const AGE_DAYS_MAX = 400;

const minutes = (about: string) =>
  ({ kind: 'count', min: 0, max: MINUTES_OF_DAY, isRequired: true, about }) as const;
const slotMinutes = (about: string) =>
  ({ kind: 'count', min: 0, max: MINUTES_OF_DAY * SLOTS_MAX, isRequired: true, about }) as const;
const count = (about: string) =>
  ({ kind: 'count', min: 0, max: COUNT_MAX, isRequired: true, about }) as const;

/** How one counter did on one day: what availability, stock-outs, faults, shrinkage and cold chain are computed from. */
export const COUNTER_DAY_FIELDS = {
  type: { kind: 'word', words: ['COUNTER_DAY'], isRequired: true, about: 'COUNTER_DAY' },
  counterId: {
    kind: 'text',
    lengthMax: 40,
    pattern: '^chp_[0-9A-Za-z]+$',
    isRequired: true,
    about: 'The counter, by the id of its channel point.',
  },
  day: { kind: 'day', isRequired: true, about: 'The day in Shanghai; it must be over.' },
  revision: {
    kind: 'count',
    min: 1,
    max: 1_000,
    isRequired: true,
    about: 'Begins with 1; a correction of the same day carries the next number and takes its place.',
  },
  operatingMinutes: minutes('Minutes in which it was meant to sell.'),
  offlineMinutes: minutes('Minutes of them without a connection; at most operatingMinutes.'),
  slotMinutes: slotMinutes('Minutes times slots in which a slot was meant to hold goods.'),
  emptySlotMinutes: slotMinutes('Of them empty; at most slotMinutes.'),
  vendCount: count('Vends that were begun.'),
  failedVendCount: count('Of them failed; at most vendCount.'),
  disputeCount: count('Disputes that buyers raised about vends of the day.'),
  expectedUnits: count('Units that should have been inside at the count; 0 without a count.'),
  countedUnits: count('Units that were.'),
  poweredMinutes: minutes('Minutes with power.'),
  inBandMinutes: minutes('Of them within the temperature band; at most poweredMinutes.'),
  lockedUnits: count('Units locked because the cold chain broke.'),
} as const satisfies FieldTable;

export interface CounterDayRow {
  readonly type: 'COUNTER_DAY';
  readonly counterId: string;
  readonly day: string;
  readonly revision: number;
  readonly operatingMinutes: number;
  readonly offlineMinutes: number;
  readonly slotMinutes: number;
  readonly emptySlotMinutes: number;
  readonly vendCount: number;
  readonly failedVendCount: number;
  readonly disputeCount: number;
  readonly expectedUnits: number;
  readonly countedUnits: number;
  readonly poweredMinutes: number;
  readonly inBandMinutes: number;
  readonly lockedUnits: number;
}

/** A part is never more than its whole. */
const PARTS = [
  ['offlineMinutes', 'operatingMinutes'],
  ['emptySlotMinutes', 'slotMinutes'],
  ['failedVendCount', 'vendCount'],
  ['inBandMinutes', 'poweredMinutes'],
] as const;

/** A row of a feed of counters, or everything that is wrong with it by itself. */
export function readCounterDay(raw: unknown, now: Date): CounterDayRow | readonly RowFault[] {
  const faults = formFaults(COUNTER_DAY_FIELDS, raw);
  if (faults.length > 0) return faults;
  const row = raw as RawRow & CounterDayRow;
  const oldest = businessDay(new Date(now.getTime() - AGE_DAYS_MAX * DAY_MS));
  const wrong = [
    ...PARTS.filter(([part, whole]) => row[part] > row[whole]).map(([part]) => fault(part, 'CONTRADICTS')),
    ...(row.day >= businessDay(now) ? [fault('day', 'IN_FUTURE')] : []),
    ...(row.day < oldest ? [fault('day', 'TOO_OLD')] : []),
  ];
  return wrong.length > 0 ? wrong : row;
}

type Told = Omit<CounterDayRow, 'type'>;

const TOLD_FIELDS = Object.keys(COUNTER_DAY_FIELDS).filter((name) => name !== 'type') as (keyof Told)[];

/** What a row adds to what has been told of its counter and day: news, nothing, a contradiction, or a word about somebody else's counter. */
export function judgeCounterDay(
  row: CounterDayRow,
  partnerId: string,
  known: (Told & { readonly partnerId: string }) | undefined,
): 'NEW' | 'KNOWN' | 'CONTRADICTS' | 'OF_ANOTHER' {
  if (!known) return 'NEW';
  // Whoever told first goes on telling of it: a higher revision is a correction, and nobody corrects others.
  if (known.partnerId !== partnerId) return 'OF_ANOTHER';
  if (row.revision > known.revision) return 'NEW';
  // An older revision has been overtaken; whoever sends it again is told nothing new.
  if (row.revision < known.revision) return 'KNOWN';
  return TOLD_FIELDS.every((name) => row[name] === known[name]) ? 'KNOWN' : 'CONTRADICTS';
}
