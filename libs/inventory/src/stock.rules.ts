import { InvalidInputError, type InvalidField } from '#libs/kernel';
import { type FreeObject, pickObjects } from './adoption-offer.rules.js';
import { DispatchDayChangedError } from './presale.errors.js';
import { type HarvestDay, promisedDay, unitsWithin } from './presale.rules.js';
import { InsufficientStockError } from './stock.errors.js';

/** No warehouse of ours receives more boxes at once. */
export const RECEIPT_QUANTITY_MAX = 1_000_000;

/** By these the movements of orders and documents are named. */
const OWN_CAUSES = /^(?:order_line|write_off|count|transfer):/;

/** One slot of the cabinet at a channel point. */
export interface SlotPlace {
  readonly channelPointId: string;
  readonly slotCode: string;
}

/** Names the place that a want is served from; '' for whatever warehouse has it. */
export function placeKey(slot: SlotPlace | null | undefined): string {
  return slot ? `${slot.channelPointId}/${slot.slotCode}` : '';
}

/** The sort of a free amount: what expires first, then what was stored first. */
export interface FreeLevel {
  readonly id: string;
  readonly variantId: string;
  readonly batchId: string;
  /** YYYY-MM-DD. */
  readonly bestBeforeOn: string;
  readonly free: number;
  /** As `placeKey` says it; missing in a warehouse. */
  readonly place?: string;
}

/** A day of a harvest: its amounts are grams, whatever variants they are packed as. */
export interface FreeDay extends HarvestDay {
  readonly id: string;
  readonly presaleId: string;
}

/** What an order can be made from: what lies there, what will be harvested, and what can be adopted. */
export interface Free {
  readonly levels: readonly FreeLevel[];
  readonly days: readonly FreeDay[];
  /** None unless said. */
  readonly objects?: readonly FreeObject[];
}

/** A line that is sold by a presale: nothing of it lies anywhere yet. */
export interface WantedHarvest {
  readonly presaleId: string;
  /** The harvest to come. */
  readonly batchId: string;
  /** Of one unit. */
  readonly unitG: number;
  /** The day that its buyer was shown: another one is refused. Any day is taken where it is missing. */
  readonly expectedOn?: string | null;
  /** The day before which its buyer does not want it; the earliest that has room where it is missing. */
  readonly notBefore?: string | null;
}

/** A line that adopts: whole objects, and of each so many portions per instalment. */
export interface WantedAdoption {
  readonly offerId: string;
  /** The harvest to come. */
  readonly batchId: string;
  /** Of one object, over all instalments. */
  readonly portions: number;
  readonly instalments: readonly {
    readonly number: number;
    readonly portions: number;
    readonly firstOn: string;
    readonly lastOn: string;
  }[];
  /** Those that the buyer has chosen; the first free ones where there are none. */
  readonly objectIds: readonly string[];
}

export interface Want {
  readonly variantId: string;
  /** Units; of what is adopted portions, of whole objects. */
  readonly quantity: number;
  /** Null or missing for what is in stock. */
  readonly harvest?: WantedHarvest | null;
  /** Out of this slot and from nowhere else; missing for what warehouses send. */
  readonly slot?: SlotPlace;
  readonly adopted?: WantedAdoption | null;
}

export interface Allocation {
  /** Index into the wants. */
  readonly want: number;
  /** A level, or a day of a harvest. */
  readonly levelId: string;
  readonly batchId: string;
  /** Units. */
  readonly quantity: number;
  /** What it takes of a day of a harvest, and on which day it leaves; missing where it comes from a level, of which it takes units. */
  readonly harvest?: { readonly grams: number; readonly promisedOn: string };
  /** Which instalment of the object `levelId` it is; each is a line of its own. */
  readonly adopted?: { readonly number: number; readonly firstOn: string; readonly promisedOn: string };
}

/** What an allocation takes of its level or day: units, or grams. */
export function takenBy({ levelId, quantity, harvest }: Allocation): Taking {
  return { levelId, quantity: harvest?.grams ?? quantity };
}

/** Why an order's wants are not planned: there is not so much, or not on the day that was expected. */
export type PlanRefusal = InsufficientStockError | DispatchDayChangedError;

export interface Taking {
  readonly levelId: string;
  readonly quantity: number;
}

/**
 * An order's wants, all of them or none: of stock what lies there, of a presale what one day of the harvest has room for. What is ordered of one
 * presale leaves on one day, because it travels in one parcel; nobody is promised half a box today and half a box next week.
 */
export function allocateWants(
  wants: readonly Want[],
  { levels, days, objects = [] }: Free,
): Allocation[] | PlanRefusal {
  const isPresold = ({ harvest, adopted }: Want) => Boolean(harvest ?? adopted);
  const stocked = allocateStock(
    wants.map((want) => (isPresold(want) ? { ...want, quantity: 0 } : want)),
    levels,
  );
  if (!Array.isArray(stocked)) return stocked;
  const harvested = allocateHarvest(wants, days);
  if (!Array.isArray(harvested)) return harvested;
  const adopted = allocateObjects(wants, objects);
  return Array.isArray(adopted)
    ? [...stocked, ...harvested, ...adopted].toSorted((a, b) => a.want - b.want)
    : adopted;
}

/** Whole objects, each cut into its instalments: they have days of their own, so they are lines of their own. */
function allocateObjects(
  wants: readonly Want[],
  objects: readonly FreeObject[],
): Allocation[] | InsufficientStockError {
  const allocations: Allocation[] = [];
  for (const [want, { variantId, quantity, adopted }] of wants.entries()) {
    if (!adopted) continue;
    const { offerId, batchId, portions, instalments, objectIds } = adopted;
    const free = objects.filter((object) => object.offerId === offerId);
    const picked = pickObjects(free, { count: Math.floor(quantity / portions), chosen: objectIds });
    if (!picked) return new InsufficientStockError(variantId, free.length * portions);
    for (const { id: levelId } of picked)
      for (const { number, portions: units, firstOn, lastOn } of instalments)
        allocations.push({
          want,
          levelId,
          batchId,
          quantity: units,
          adopted: { number, firstOn, promisedOn: lastOn },
        });
  }
  return allocations;
}

function allocateHarvest(wants: readonly Want[], days: readonly FreeDay[]): Allocation[] | PlanRefusal {
  const presold = wants.flatMap((want, index) => (want.harvest ? [{ ...want, ...want.harvest, index }] : []));
  const allocations: Allocation[] = [];
  for (const presaleId of new Set(presold.map((want) => want.presaleId))) {
    const together = presold.filter((want) => want.presaleId === presaleId);
    const grams = together.reduce((sum, { unitG, quantity }) => sum + unitG * quantity, 0);
    const notBefore = together.find((want) => want.notBefore)?.notBefore ?? '';
    const open = days.filter(({ day, ...of }) => of.presaleId === presaleId && day >= notBefore);
    const promised = promisedDay(open, grams);
    if (!promised) {
      // The heaviest of the lines is the one that does not fit.
      const [first] = together.toSorted((a, b) => b.unitG * b.quantity - a.unitG * a.quantity);
      return new InsufficientStockError(first?.variantId ?? '', unitsWithin(open, first?.unitG ?? 1));
    }
    const isOther = together.some(({ expectedOn }) => expectedOn && expectedOn !== promised.day);
    if (isOther) return new DispatchDayChangedError(promised.day);
    for (const { index, batchId, quantity, unitG } of together)
      allocations.push({
        want: index,
        levelId: promised.id,
        batchId,
        quantity,
        harvest: { grams: unitG * quantity, promisedOn: promised.day },
      });
  }
  return allocations;
}

function byExpiry(a: FreeLevel, b: FreeLevel): number {
  if (a.bestBeforeOn !== b.bestBeforeOn) return a.bestBeforeOn < b.bestBeforeOn ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/**
 * Cuts each want over levels: first expired, first sold. Two wants of one variant share what there is, in the order given.
 * One allocation names one batch, because an order line has one origin; levels of the same batch stay apart.
 */
export function allocateStock(
  wants: readonly Want[],
  levels: readonly FreeLevel[],
): Allocation[] | InsufficientStockError {
  const left = new Map(levels.map((level) => [level.id, level.free]));
  const inOrder = levels.toSorted(byExpiry);
  const allocations: Allocation[] = [];
  for (const [want, { variantId, quantity, slot }] of wants.entries()) {
    const isThere = (level: FreeLevel) =>
      level.variantId === variantId && (level.place ?? '') === placeKey(slot);
    let missing = quantity;
    for (const level of inOrder) {
      if (missing === 0) break;
      if (!isThere(level)) continue;
      const taken = Math.min(missing, left.get(level.id) ?? 0);
      if (taken <= 0) continue;
      allocations.push({ want, levelId: level.id, batchId: level.batchId, quantity: taken });
      left.set(level.id, (left.get(level.id) ?? 0) - taken);
      missing -= taken;
    }
    if (missing > 0) return new InsufficientStockError(variantId, freeOf(levels.filter(isThere)));
  }
  return allocations;
}

/** The same for many who come one after another: whoever comes first is served first, and who cannot be served takes nothing. */
export function allocateInTurn(
  orders: readonly (readonly Want[])[],
  free: Free,
): (Allocation[] | PlanRefusal)[] {
  let left = free;
  return orders.map((wants) => {
    const allocations = allocateWants(wants, left);
    if (!Array.isArray(allocations)) return allocations;
    const taken = new Map(
      perLevel(allocations.map(takenBy)).map(({ levelId, quantity }) => [levelId, quantity]),
    );
    left = {
      levels: left.levels.map((level) => ({ ...level, free: level.free - (taken.get(level.id) ?? 0) })),
      days: left.days.map((day) => ({ ...day, freeG: day.freeG - (taken.get(day.id) ?? 0) })),
      objects: left.objects?.filter(({ id }) => !taken.has(id)) ?? [],
    };
    return allocations;
  });
}

function freeOf(levels: readonly FreeLevel[]): number {
  return levels.reduce((sum, level) => sum + Math.max(0, level.free), 0);
}

/** Several amounts of one level become one, in order of level id: the order in which everyone takes locks. */
export function perLevel(amounts: readonly Taking[]): Taking[] {
  const sums = new Map<string, number>();
  for (const { levelId, quantity } of amounts) sums.set(levelId, (sums.get(levelId) ?? 0) + quantity);
  return [...sums]
    .map(([levelId, quantity]) => ({ levelId, quantity }))
    .toSorted((a, b) => (a.levelId < b.levelId ? -1 : 1));
}

/** Malformed receipts of goods, all faults at once. */
export function refuseReceipt(receipt: { quantity: number; causeKey: string }): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (
    !Number.isInteger(receipt.quantity) ||
    receipt.quantity < 1 ||
    receipt.quantity > RECEIPT_QUANTITY_MAX
  ) {
    const message = {
      zh: `数量须在 1 到 ${RECEIPT_QUANTITY_MAX} 之间`,
      en: `The quantity lies between 1 and ${RECEIPT_QUANTITY_MAX}.`,
    };
    fields.push({ path: 'quantity', message });
  }
  // What orders, transfers and the like call their own movements is no delivery note.
  if (!/^[\w:.-]{1,80}$/.test(receipt.causeKey) || OWN_CAUSES.test(receipt.causeKey)) {
    const message = {
      zh: '单号须为 1 到 80 个字母、数字或 -_.:，且不得以系统单据前缀（如 transfer:）开头',
      en: 'The key has 1 to 80 letters, digits or any of -_.:, and begins with none of our own names (as transfer: is).',
    };
    fields.push({ path: 'causeKey', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
