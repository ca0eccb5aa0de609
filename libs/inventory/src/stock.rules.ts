import { InvalidInputError, type InvalidField } from '#libs/kernel';
import { InsufficientStockError } from './stock.errors.js';

/** No warehouse of ours receives more boxes at once. */
export const RECEIPT_QUANTITY_MAX = 1_000_000;

/** The sort of a free amount: what expires first, then what was stored first. */
export interface FreeLevel {
  readonly id: string;
  readonly variantId: string;
  readonly batchId: string;
  /** YYYY-MM-DD. */
  readonly bestBeforeOn: string;
  readonly free: number;
}

export interface Want {
  readonly variantId: string;
  readonly quantity: number;
}

export interface Allocation {
  /** Index into the wants. */
  readonly want: number;
  readonly levelId: string;
  readonly batchId: string;
  readonly quantity: number;
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
  for (const [want, { variantId, quantity }] of wants.entries()) {
    let missing = quantity;
    for (const level of inOrder) {
      if (missing === 0) break;
      if (level.variantId !== variantId) continue;
      const taken = Math.min(missing, left.get(level.id) ?? 0);
      if (taken <= 0) continue;
      allocations.push({ want, levelId: level.id, batchId: level.batchId, quantity: taken });
      left.set(level.id, (left.get(level.id) ?? 0) - taken);
      missing -= taken;
    }
    if (missing > 0) return new InsufficientStockError(variantId, freeOf(variantId, levels));
  }
  return allocations;
}

/** The same for many who come one after another: whoever comes first is served first, and who cannot be served takes nothing. */
export function allocateInTurn(
  orders: readonly (readonly Want[])[],
  levels: readonly FreeLevel[],
): (Allocation[] | InsufficientStockError)[] {
  let left = levels;
  return orders.map((wants) => {
    const allocations = allocateStock(wants, left);
    if (!Array.isArray(allocations)) return allocations;
    const taken = new Map(perLevel(allocations).map(({ levelId, quantity }) => [levelId, quantity]));
    left = left.map((level) => ({ ...level, free: level.free - (taken.get(level.id) ?? 0) }));
    return allocations;
  });
}

function freeOf(variantId: string, levels: readonly FreeLevel[]): number {
  return levels
    .filter((level) => level.variantId === variantId)
    .reduce((sum, level) => sum + Math.max(0, level.free), 0);
}

/** Several amounts of one level become one, in order of level id: the order in which everyone takes locks. */
export function perLevel(
  amounts: readonly { readonly levelId: string; readonly quantity: number }[],
): { readonly levelId: string; readonly quantity: number }[] {
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
  if (!/^[\w:.-]{1,80}$/.test(receipt.causeKey)) {
    const message = {
      zh: '单号须为 1 到 80 个字母、数字或 -_.:',
      en: 'The key has 1 to 80 letters, digits or any of -_.:',
    };
    fields.push({ path: 'causeKey', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
