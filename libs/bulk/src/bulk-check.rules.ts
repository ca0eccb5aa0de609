import type { CountyFinder } from '#libs/division';
import { promisedDay } from '#libs/inventory';
import { type Fen, type Message, isPhone, sumFen } from '#libs/kernel';
import { LINE_QUANTITY_MAX, ORDER_LINES_MAX } from '#libs/ordering';
import { BULK_COLUMNS, type BulkColumn, COLUMN_NAMES, type SheetRow } from './bulk-sheet.rules.js';

/** Two thousand people get a gift. */
export const BULK_PARCELS_MAX = 2_000;
/** Each has to be paid by itself within a quarter of an hour. */
export const BULK_PREPAID_PARCELS_MAX = 20;

export const ROW_FAULTS = [
  'REQUIRED',
  'TOO_LONG',
  'PHONE',
  'COUNTY_UNKNOWN',
  'COUNTY_AMBIGUOUS',
  'GOODS_UNKNOWN',
  'NOT_ON_SALE',
  'QUANTITY',
  'REPEATED',
  'TOO_MANY_LINES',
  'PRESALE_ALONE',
  'ADOPTED',
  'SOLD_OUT',
  'NOT_SERVED',
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

const FAULTS: Readonly<Record<RowFault, Message>> = {
  REQUIRED: { zh: '必填', en: 'is missing' },
  TOO_LONG: {
    zh: '过长：收货人至多 60 字，地址至多 200 字',
    en: 'is too long: 60 characters for a name, 200 for an address',
  },
  PHONE: { zh: '不是电话号码', en: 'is no phone number' },
  COUNTY_UNKNOWN: {
    zh: '没有这个县市区，请填六位代码或如“湖南省株洲市炎陵县”',
    en: 'is no county; write its code of six digits, or its name with city and province',
  },
  COUNTY_AMBIGUOUS: {
    zh: '有几个同名的县市区，请写明省和市',
    en: 'is the name of several counties; name its city and province',
  },
  GOODS_UNKNOWN: { zh: '没有这个货号', en: 'is no code of goods' },
  NOT_ON_SALE: { zh: '已下架', en: 'is not on sale' },
  QUANTITY: {
    zh: `须为 1 到 ${LINE_QUANTITY_MAX} 的整数`,
    en: `is a whole number between 1 and ${LINE_QUANTITY_MAX}`,
  },
  REPEATED: {
    zh: '同一收货人的同一商品已在前面的行中，请合并',
    en: 'stands in an earlier row for the same recipient; add them up',
  },
  TOO_MANY_LINES: {
    zh: `同一收货人至多 ${ORDER_LINES_MAX} 种商品`,
    en: `is beyond the ${ORDER_LINES_MAX} kinds of goods that one recipient may have`,
  },
  PRESALE_ALONE: {
    zh: '预售商品须单独下单，且一单只含同一期预售；同一收货人的其他商品请另列清单',
    en: 'cannot be ordered together with what stands in an earlier row for the same recipient: what is presold is ordered by itself',
  },
  ADOPTED: {
    zh: '认养商品须选编号单独下单，不能用清单',
    en: 'is adopted by its number, each by an order of its own and not by a list',
  },
  SOLD_OUT: { zh: '库存不足', en: 'is sold out, counting the rows above' },
  NOT_SERVED: { zh: '商家不发往该地', en: 'is not sent there by its seller' },
};

export interface FaultAt {
  readonly column: BulkColumn;
  readonly code: RowFault;
}

export function faultMessage({ column, code }: FaultAt): Message {
  const [name, says] = [COLUMN_NAMES[column], FAULTS[code]];
  return { zh: `${name.zh}：${says.zh}`, en: `${name.en} ${says.en}.` };
}

/** As it is kept, and read again. */
export function faultsText(faults: readonly FaultAt[]): string {
  return JSON.stringify(faults.map(({ column, code }) => [column, code]));
}

export function faultsOf(text: string): FaultAt[] {
  const pairs = JSON.parse(text) as [BulkColumn, RowFault][];
  return pairs.map(([column, code]) => ({ column, code }));
}

export interface CheckedRow extends SheetRow {
  readonly countyCode: string;
  /** '' where the code is unknown. */
  readonly variantId: string;
  /** 0 where it is no number. */
  readonly quantity: number;
  readonly faults: readonly FaultAt[];
}

/** Everything that goes to one recipient: one order. */
export interface CheckedParcel {
  readonly parcelNo: number;
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  readonly address: string;
  readonly lines: readonly {
    readonly rowNo: number;
    readonly variantId: string;
    readonly quantity: number;
  }[];
}

export interface RowTerms {
  readonly counties: CountyFinder;
  /** By code, the seller's or ours. */
  readonly variantOf: ReadonlyMap<string, string>;
  readonly onSale: ReadonlyMap<string, GoodsOnSale>;
}

/** Of a variant, as much as a list depends on. */
export interface GoodsOnSale {
  readonly available: number;
  readonly netWeightG: number;
  /** The presale that takes orders for it, with what its days have room for; null for what is in stock. */
  readonly presale: {
    readonly id: string;
    readonly days: readonly { readonly day: string; readonly freeG: number }[];
  } | null;
  readonly isAdopted: boolean;
}

const NAME_MAX = 60;
const ADDRESS_MAX = 200;

/** What is wrong with each row by itself, all faults at once. */
export function checkRows(rows: readonly SheetRow[], terms: RowTerms): CheckedRow[] {
  return rows.map(({ rowNo, cells }) => {
    const faults: FaultAt[] = [];
    const at = (column: BulkColumn, code: RowFault) => faults.push({ column, code });
    for (const column of BULK_COLUMNS) if (cells[column] === '') at(column, 'REQUIRED');
    if (cells.RECIPIENT.length > NAME_MAX) at('RECIPIENT', 'TOO_LONG');
    if (cells.ADDRESS.length > ADDRESS_MAX) at('ADDRESS', 'TOO_LONG');
    if (cells.PHONE !== '' && !isPhone(cells.PHONE)) at('PHONE', 'PHONE');
    const county = cells.COUNTY === '' ? '' : terms.counties.find(cells.COUNTY);
    if (county === 'UNKNOWN') at('COUNTY', 'COUNTY_UNKNOWN');
    if (county === 'AMBIGUOUS') at('COUNTY', 'COUNTY_AMBIGUOUS');
    const variantId = terms.variantOf.get(cells.GOODS) ?? '';
    if (cells.GOODS !== '' && variantId === '') at('GOODS', 'GOODS_UNKNOWN');
    if (variantId !== '' && !terms.onSale.has(variantId)) at('GOODS', 'NOT_ON_SALE');
    if (terms.onSale.get(variantId)?.isAdopted) at('GOODS', 'ADOPTED');
    const quantity = /^[1-9]\d{0,2}(\.0+)?$/.test(cells.QUANTITY) ? Number(cells.QUANTITY) : 0;
    if (cells.QUANTITY !== '' && quantity === 0) at('QUANTITY', 'QUANTITY');
    const countyCode = /^\d{6}$/.test(county) ? county : '';
    return { rowNo, cells, countyCode, variantId, quantity, faults };
  });
}

function keyOf({ cells, countyCode }: CheckedRow): string {
  return JSON.stringify([cells.RECIPIENT, cells.PHONE, countyCode, cells.ADDRESS]);
}

/** What is wrong with rows beside others: the same goods twice for one recipient, more than an order holds, what is not ordered together, more than there is. */
export function checkTogether(
  rows: readonly CheckedRow[],
  { onSale }: Pick<RowTerms, 'onSale'>,
): CheckedRow[] {
  const linesOf = new Map<string, Set<string>>();
  const taken = new Map<string, number>();
  const presaleOf = ({ variantId }: { readonly variantId: string }) =>
    onSale.get(variantId)?.presale?.id ?? null;
  const checked = rows.map((row) => {
    if (row.faults.length > 0) return row;
    const lines = linesOf.get(keyOf(row)) ?? new Set<string>();
    linesOf.set(keyOf(row), lines);
    const fault = (column: BulkColumn, code: RowFault) => ({ ...row, faults: [{ column, code }] });
    if (lines.has(row.variantId)) return fault('GOODS', 'REPEATED');
    if (lines.size >= ORDER_LINES_MAX) return fault('GOODS', 'TOO_MANY_LINES');
    const [first] = lines;
    if (first !== undefined && presaleOf({ variantId: first }) !== presaleOf(row))
      return fault('GOODS', 'PRESALE_ALONE');
    if (presaleOf(row) !== null) {
      lines.add(row.variantId);
      return row;
    }
    const wanted = (taken.get(row.variantId) ?? 0) + row.quantity;
    if (wanted > (onSale.get(row.variantId)?.available ?? 0)) return fault('QUANTITY', 'SOLD_OUT');
    taken.set(row.variantId, wanted);
    lines.add(row.variantId);
    return row;
  });
  const late = unharvested(checked, onSale);
  return checked.map((row) =>
    late.has(row.rowNo) ? { ...row, faults: [{ column: 'QUANTITY', code: 'SOLD_OUT' }] } : row,
  );
}

/** Of what is presold the rows that no day has room for, where each recipient's takes its day in turn: together, because it leaves together. */
function unharvested(rows: readonly CheckedRow[], onSale: RowTerms['onSale']): ReadonlySet<number> {
  const late = new Set<number>();
  const left = new Map<string, { readonly day: string; freeG: number }[]>();
  for (const group of byRecipient(rows)) {
    const presale = onSale.get(group[0]?.variantId ?? '')?.presale;
    if (!presale) continue;
    const days = left.get(presale.id) ?? presale.days.map((day) => ({ ...day }));
    left.set(presale.id, days);
    let grams = 0;
    for (const { rowNo, variantId, quantity } of group) {
      const more = quantity * (onSale.get(variantId)?.netWeightG ?? 0);
      if (promisedDay(days, grams + more)) grams += more;
      else late.add(rowNo);
    }
    const promised = promisedDay(days, grams);
    if (promised) promised.freeG -= grams;
  }
  return late;
}

function byRecipient(rows: readonly CheckedRow[]): readonly (readonly CheckedRow[])[] {
  const groups = new Map<string, CheckedRow[]>();
  for (const row of rows) {
    if (row.faults.length > 0) continue;
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}

/** The rows without fault, by recipient, in the order in which the list names them. */
export function parcelsOf(rows: readonly CheckedRow[]): CheckedParcel[] {
  return byRecipient(rows).flatMap((group, index): CheckedParcel[] => {
    const [first] = group;
    if (!first) return [];
    const { cells, countyCode } = first;
    const lines = group.map(({ rowNo, variantId, quantity }) => ({ rowNo, variantId, quantity }));
    const { RECIPIENT: name, PHONE: phone, ADDRESS: address } = cells;
    return [{ parcelNo: index + 1, name, phone, countyCode, address, lines }];
  });
}

/** What a seller does not send where it should go. */
export function markUnserved(
  rows: readonly CheckedRow[],
  unserved: ReadonlyMap<number, readonly string[]>,
  merchantOf: (variantId: string) => string | undefined,
): CheckedRow[] {
  return rows.map((row) => {
    const merchants = unserved.get(row.rowNo) ?? [];
    const isUnserved = merchants.includes(merchantOf(row.variantId) ?? '');
    return isUnserved ? { ...row, faults: [{ column: 'COUNTY', code: 'NOT_SERVED' }] } : row;
  });
}

export interface CheckTotals {
  readonly goodsFen: Fen;
  readonly freightFen: Fen;
  readonly totalFen: Fen;
}

export function totalsOf(prices: readonly CheckTotals[]): CheckTotals {
  return {
    goodsFen: sumFen(prices.map(({ goodsFen }) => goodsFen)),
    freightFen: sumFen(prices.map(({ freightFen }) => freightFen)),
    totalFen: sumFen(prices.map(({ totalFen }) => totalFen)),
  };
}
