import { type Fen, sumFen } from '#libs/kernel';

/** What a month's statement shows of an order: what came less what went back. */
export interface OrderFee {
  readonly orderId: string;
  readonly month: string;
  readonly feeFen: Fen;
}

export interface ServiceFees {
  /** Billed for the month. */
  readonly blueFen: Fen;
  /** Taken back of earlier months, the earliest first. */
  readonly reds: readonly { readonly month: string; readonly amountFen: Fen }[];
}

/**
 * What goes back of an order in the month in which it came was never billed. What goes back later is taken back of the months that billed it,
 * the earliest first. Blue less red is what the statement shows, to the fen.
 */
export function serviceFeesOf(month: string, feeFen: Fen, takenBack: readonly OrderFee[]): ServiceFees {
  const redOf = new Map<string, Fen>();
  const byOrder = new Map<string, OrderFee[]>();
  for (const fee of takenBack) byOrder.set(fee.orderId, [...(byOrder.get(fee.orderId) ?? []), fee]);
  for (const fees of byOrder.values())
    for (const [from, amountFen] of backOf(month, fees)) redOf.set(from, (redOf.get(from) ?? 0n) + amountFen);
  const reds = [...redOf]
    .map(([from, amountFen]) => ({ month: from, amountFen }))
    .toSorted((one, two) => one.month.localeCompare(two.month));
  return { blueFen: feeFen + sumFen(reds.map(({ amountFen }) => amountFen)), reds };
}

/** Of one order: its months are played through, so that what was taken back before is not taken back again. */
function backOf(month: string, fees: readonly OrderFee[]): ReadonlyMap<string, Fen> {
  const open: { month: string; fen: Fen }[] = [];
  let last = new Map<string, Fen>();
  for (const fee of fees.toSorted((one, two) => one.month.localeCompare(two.month))) {
    last = new Map();
    if (fee.feeFen > 0n) open.push({ month: fee.month, fen: fee.feeFen });
    let backFen = fee.feeFen < 0n ? 0n - fee.feeFen : 0n;
    for (const billed of open) {
      const takenFen = backFen < billed.fen ? backFen : billed.fen;
      if (takenFen === 0n) continue;
      billed.fen -= takenFen;
      backFen -= takenFen;
      last.set(billed.month, takenFen);
    }
    // Never in books that are right: nobody gives back of an order what it has not brought.
    if (backFen > 0n) throw new Error(`of ${fee.orderId} more went back by ${month} than ever came`);
    if (fee.month === month) return last;
  }
  return new Map();
}
