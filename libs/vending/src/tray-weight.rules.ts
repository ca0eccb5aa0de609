/** A scale that has come to rest still moves by so much: less than that is nothing. */
export const NOISE_G = 6;
/** More of one kind at once is nobody's shopping; it bounds how many combinations there are. */
const UNITS_MAX = 40;
/** Combinations that are looked at; a tray of so many light things is for a person. */
const COMBINATIONS_MAX = 20_000;

/** What stands on a tray, and what one of it weighs with its packing. */
export interface TrayGood {
  readonly variantId: string;
  readonly unitG: number;
  readonly toleranceG: number;
}

export interface Tray {
  readonly slotCode: string;
  readonly beforeG: number;
  readonly afterG: number;
  readonly isSettled: boolean;
}

export interface TakenUnits {
  readonly slotCode: string;
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * Why a person has to look. UNSETTLED: the scale did not come to rest. DRIFTING: it has said before that it cannot be believed. UNPLANNED: nothing is planned for the tray, and it
 * weighs otherwise. NO_MATCH: nothing that stands there weighs so. SEVERAL: more than one thing, or number of things, may have been taken. ADDED: something was put in that nobody
 * took from another tray.
 */
export const TRAY_DOUBTS = ['UNSETTLED', 'DRIFTING', 'UNPLANNED', 'NO_MATCH', 'SEVERAL', 'ADDED'] as const;
export type TrayDoubt = (typeof TRAY_DOUBTS)[number];

export interface DoubtfulTray {
  readonly slotCode: string;
  readonly doubt: TrayDoubt;
}

export interface WeighedResult {
  readonly taken: readonly TakenUnits[];
  /** Empty where the weights leave no doubt. */
  readonly doubts: readonly DoubtfulTray[];
  /** What was taken from its own tray and put back on another. */
  readonly misplaced: readonly TakenUnits[];
}

interface Counted {
  readonly variantId: string;
  readonly quantity: number;
}

/** Of some numbers of some goods, that weigh so much within what they may differ. Two are enough: then nobody knows. */
export function combinationsOf(
  grams: number,
  goods: readonly (TrayGood & { readonly max?: number })[],
  enough = 2,
): Counted[][] {
  const found: Counted[][] = [];
  let looked = 0;
  const search = (index: number, leftG: number, slackG: number, chosen: Counted[]): void => {
    if (found.length >= enough || looked > COMBINATIONS_MAX) return;
    looked += 1;
    const good = goods[index];
    if (!good) {
      if (chosen.length > 0 && Math.abs(leftG) <= Math.max(NOISE_G, slackG)) found.push(chosen);
      return;
    }
    const { variantId, unitG, toleranceG, max = UNITS_MAX } = good;
    // Never more than it weighs, as light as all of it may be.
    const most = Math.min(max, Math.floor((leftG + slackG + NOISE_G) / Math.max(1, unitG - toleranceG)));
    for (let quantity = 0; quantity <= most; quantity += 1)
      search(
        index + 1,
        leftG - quantity * unitG,
        slackG + quantity * toleranceG,
        quantity === 0 ? chosen : [...chosen, { variantId, quantity }],
      );
  };
  search(0, grams, 0, []);
  // Not looked through to the end, so there may be others.
  return looked > COMBINATIONS_MAX ? [...found, ...found, []] : found;
}

type Judged =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'TAKEN'; readonly units: readonly Counted[] }
  | { readonly kind: 'ADDED'; readonly grams: number }
  | { readonly kind: 'DOUBT'; readonly doubt: TrayDoubt };

function judge(tray: Tray, goods: readonly TrayGood[], isDrifting: boolean): Judged {
  const grams = tray.beforeG - tray.afterG;
  if (!tray.isSettled) return { kind: 'DOUBT', doubt: 'UNSETTLED' };
  if (Math.abs(grams) <= NOISE_G) return { kind: 'NOTHING' };
  if (isDrifting) return { kind: 'DOUBT', doubt: 'DRIFTING' };
  if (grams < 0) return { kind: 'ADDED', grams: -grams };
  if (goods.length === 0) return { kind: 'DOUBT', doubt: 'UNPLANNED' };
  const [first, second] = combinationsOf(grams, goods);
  if (!first) return { kind: 'DOUBT', doubt: 'NO_MATCH' };
  return second ? { kind: 'DOUBT', doubt: 'SEVERAL' } : { kind: 'TAKEN', units: first };
}

/**
 * What somebody has taken, by what the trays weighed before and after. Only where one answer fits is anything billed; what may have been this or that, or was put in, is for a person. What was taken from
 * one tray and put back on another was not taken.
 */
export function judgeWeights(
  trays: readonly Tray[],
  goodsOn: ReadonlyMap<string, readonly TrayGood[]>,
  drifting: ReadonlySet<string> = new Set(),
): WeighedResult {
  const judged = trays.map((tray) => ({
    slotCode: tray.slotCode,
    ...judge(tray, goodsOn.get(tray.slotCode) ?? [], drifting.has(tray.slotCode)),
  }));
  const doubts: DoubtfulTray[] = judged.flatMap((each) =>
    each.kind === 'DOUBT' ? [{ slotCode: each.slotCode, doubt: each.doubt }] : [],
  );
  let taken: TakenUnits[] = judged.flatMap((each) =>
    each.kind === 'TAKEN' ? each.units.map((unit) => ({ slotCode: each.slotCode, ...unit })) : [],
  );
  const misplaced: TakenUnits[] = [];
  for (const each of judged) {
    if (each.kind !== 'ADDED') continue;
    const back = putBack(each.grams, each.slotCode, taken, goodsOn);
    if (back) {
      misplaced.push(...back);
      taken = less(taken, back);
    } else doubts.push({ slotCode: each.slotCode, doubt: 'ADDED' });
  }
  return { taken, doubts, misplaced };
}

/** Of what was taken from other trays, what weighs as much as was put in here; null unless one answer fits. */
function putBack(
  grams: number,
  slotCode: string,
  taken: readonly TakenUnits[],
  goodsOn: ReadonlyMap<string, readonly TrayGood[]>,
): TakenUnits[] | null {
  const elsewhere = taken.filter((units) => units.slotCode !== slotCode);
  const goods = elsewhere.flatMap((units, index) => {
    const good = goodsOn.get(units.slotCode)?.find(({ variantId }) => variantId === units.variantId);
    // By its place in the list: the same goods may have come from two trays.
    return good ? [{ ...good, variantId: String(index), max: units.quantity }] : [];
  });
  const [first, second] = combinationsOf(grams, goods);
  if (!first || second) return null;
  return first.flatMap(({ variantId: index, quantity }) => {
    const from = elsewhere[Number(index)];
    return from ? [{ ...from, quantity }] : [];
  });
}

function less(taken: readonly TakenUnits[], back: readonly TakenUnits[]): TakenUnits[] {
  return taken.flatMap((units) => {
    const returned = back
      .filter(({ slotCode, variantId }) => slotCode === units.slotCode && variantId === units.variantId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return units.quantity > returned ? [{ ...units, quantity: units.quantity - returned }] : [];
  });
}
