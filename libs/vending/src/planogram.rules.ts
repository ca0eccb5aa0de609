import { type Fen, type InvalidField, InvalidInputError, fen, yuanText } from '#libs/kernel';

const PRICE_FEN_MAX = 1_000_000n;
const CAUSE_KEY = /^[\w:.-]{1,80}$/;

export interface PlanInput {
  readonly slotCode: string;
  readonly variantId: string;
  readonly priceFen: Fen;
  readonly parLevel: number;
  /** What one weighs with its packing, and by how much that may differ: of what stands on trays that weigh, and of nothing else. */
  readonly unitG?: number | null;
  readonly toleranceG?: number | null;
}

/** More than a buyer can tell apart, and the more there are the more often a person has to. */
const TRAY_GOODS_MAX = 4;
const UNIT_G_MIN = 20;

export interface PlanFacts {
  readonly operatorId: string;
  /** Whether its slots are trays that weigh. */
  readonly isWeighing: boolean;
  readonly slots: readonly { readonly code: string; readonly capacity: number; readonly maxItemG: number }[];
  /** Products that the place shows. */
  readonly listed: ReadonlySet<string>;
  readonly variants: ReadonlyMap<
    string,
    {
      readonly merchantId: string;
      readonly productId: string;
      readonly priceFen: string;
      readonly netWeightG: number;
      readonly isOnSale: boolean;
    }
  >;
  /** What may be asked at most, by the place of what asks more in the plan: above it stands what a reviewer has to give a reason for. */
  readonly heldAbove: ReadonlyMap<number, Fen>;
}

/** All faults at once. Nobody sells somebody else's goods that the place does not show, nor below their price. */
export function refusePlan(plan: readonly PlanInput[], facts: PlanFacts): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const slotOf = new Map(facts.slots.map((slot) => [slot.code, slot]));
  const seen = new Map<string, PlanInput[]>();
  const placesMax = facts.slots.length * (facts.isWeighing ? TRAY_GOODS_MAX : 1);
  for (const [index, input] of plan.slice(0, placesMax + 1).entries()) {
    const refuse = (field: string, zh: string, en: string) =>
      faults.push({ path: `slots.${index}.${field}`, message: { zh, en } });
    const slot = slotOf.get(input.slotCode);
    if (!slot) refuse('slotCode', '柜机没有这个货道', 'The cabinet has no such slot.');
    const beside = seen.get(input.slotCode) ?? [];
    if (facts.isWeighing) checkBeside(input, beside, facts, refuse);
    else if (beside.length > 0) refuse('slotCode', '货道重复', 'A slot stands here once.');
    seen.set(input.slotCode, [...beside, input]);
    checkWeight(input, facts, slot?.maxItemG ?? Number.POSITIVE_INFINITY, refuse);
    const shared = facts.isWeighing ? beside.reduce((sum, { parLevel }) => sum + parLevel, 0) : 0;
    const par = (slot?.capacity ?? 1) - shared;
    if (!Number.isInteger(input.parLevel) || input.parLevel < 1 || input.parLevel > par)
      refuse('parLevel', `标准存量须为 1 到 ${par}`, `The par level is 1 to ${par}.`);
    checkGoods(input, { ...facts, slot }, refuse);
    const most = facts.heldAbove.get(index);
    if (most !== undefined)
      refuse(
        'priceFen',
        `超过参考价 30%：至多 ${yuanText(most)}；要更高，先由供货方报审商品售价`,
        `More than 30 percent above the reference price: at most ${yuanText(most)}, unless a reviewer agrees to a higher price of the goods first.`,
      );
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What goods cost already at a cabinet, whichever of its slots asks most, or wherever else they are sold. */
export function priceAlready(
  { id, priceFen }: { readonly id: string; readonly priceFen: string },
  before: readonly { readonly variantId: string; readonly priceFen: Fen }[],
): Fen {
  return before.reduce(
    (most, slot) => (slot.variantId === id && slot.priceFen > most ? slot.priceFen : most),
    fen(priceFen),
  );
}

type Refuse = (field: string, zh: string, en: string) => void;

/** What stands beside it on one tray has to be another product: whoever fills says which batch, and that has to say which of them it is. */
function checkBeside(
  { variantId }: PlanInput,
  beside: readonly PlanInput[],
  { variants }: Pick<PlanFacts, 'variants'>,
  refuse: Refuse,
): void {
  const productOf = (id: string) => variants.get(id)?.productId ?? id;
  if (beside.length >= TRAY_GOODS_MAX)
    refuse(
      'slotCode',
      `每个托盘至多 ${TRAY_GOODS_MAX} 种商品`,
      `At most ${TRAY_GOODS_MAX} things stand on a tray.`,
    );
  if (beside.some((other) => productOf(other.variantId) === productOf(variantId)))
    refuse('variantId', '同一托盘上的商品须各不相同', 'Things on one tray are of different products.');
}

function checkWeight(
  { unitG = null, toleranceG = null }: PlanInput,
  { isWeighing }: Pick<PlanFacts, 'isWeighing'>,
  mostG: number,
  refuse: Refuse,
): void {
  if (!isWeighing) {
    if (unitG !== null || toleranceG !== null)
      refuse(
        'unitG',
        '只有称重柜的托盘须填毛重',
        'Only what stands on a tray that weighs has a weight here.',
      );
    return;
  }
  if (unitG === null || unitG < UNIT_G_MIN || unitG > mostG)
    refuse(
      'unitG',
      `请填单件毛重（至少 ${UNIT_G_MIN} 克，不超过托盘的单件上限）`,
      `Say what one weighs with its packing: ${UNIT_G_MIN} grams at least, and no more than the tray takes.`,
    );
  else if (toleranceG === null || toleranceG < 0 || toleranceG * 3 > unitG)
    refuse(
      'toleranceG',
      '重量误差须为 0 到单件毛重的三分之一',
      'It may differ by 0 to a third of what one weighs.',
    );
}

function checkGoods(
  { variantId, priceFen }: PlanInput,
  {
    operatorId,
    listed,
    variants,
    slot,
  }: PlanFacts & { readonly slot: { readonly maxItemG: number } | undefined },
  refuse: Refuse,
): void {
  if (priceFen < 1n || priceFen > PRICE_FEN_MAX)
    refuse('priceFen', '价格须为 0.01 到 10000 元', 'The price is 0.01 to 10,000 yuan.');
  const variant = variants.get(variantId);
  const isOwn = variant?.merchantId === operatorId;
  if (!variant?.isOnSale || (!isOwn && !listed.has(variant.productId))) {
    refuse(
      'variantId',
      '只能上架本社在售商品，或本点位展示的在售商品',
      'Only what is on sale, and either the operator’s own or shown at this place.',
    );
    return;
  }
  if (slot && variant.netWeightG > slot.maxItemG)
    refuse('variantId', '商品超过货道的最大重量', 'It is heavier than what this slot takes.');
  if (!isOwn && priceFen < fen(variant.priceFen))
    refuse('priceFen', '不得低于供货方的售价', 'Not below the price of whose goods they are.');
}

export function refuseCause(causeKey: string): InvalidField[] {
  if (CAUSE_KEY.test(causeKey)) return [];
  const message = {
    zh: '单号须为 1 到 80 个字母、数字或 -_.:',
    en: 'The key has 1 to 80 letters, digits or any of -_.:',
  };
  return [{ path: 'causeKey', message }];
}

export function refuseFilling(
  { quantity, causeKey }: { readonly quantity: number; readonly causeKey: string },
  bestBeforeOn: string | null,
  today: string,
): InvalidInputError | null {
  const faults = refuseCause(causeKey);
  if (!Number.isInteger(quantity) || quantity < 1)
    faults.push({ path: 'quantity', message: { zh: '数量须大于零', en: 'The quantity is positive.' } });
  if (bestBeforeOn !== null && bestBeforeOn < today)
    faults.push({
      path: 'batchId',
      message: { zh: '该批次已过保质期', en: 'This batch has passed its day.' },
    });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export function refuseCounting(
  found: readonly { readonly batchId: string; readonly quantity: number }[],
  causeKey: string,
  capacity: number,
): InvalidInputError | null {
  const faults = refuseCause(causeKey);
  if (new Set(found.map(({ batchId }) => batchId)).size < found.length)
    faults.push({ path: 'batches', message: { zh: '批次重复', en: 'A batch stands here once.' } });
  for (const [index, { quantity }] of found.entries())
    if (!Number.isInteger(quantity) || quantity < 0)
      faults.push({
        path: `batches.${index}.quantity`,
        message: { zh: '数量不能为负', en: 'The quantity is not negative.' },
      });
  const units = found.reduce((sum, { quantity }) => sum + quantity, 0);
  if (found.length > capacity || units > capacity)
    faults.push({
      path: 'batches',
      message: { zh: `该货道至多 ${capacity} 件`, en: `The slot holds at most ${capacity} units.` },
    });
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
