import type {
  AgreedHouseholdRow,
  AgreementWish,
  HouseholdId,
  LinkageKind,
  LinkageTerms,
} from '#libs/household';
import { type CellReading, yuanCell } from './sheet-cell.rules.js';
import type { SheetCells, SheetColumn, SheetEntry, SheetRow } from './sheet-kind.rules.js';

const column = (
  key: string,
  [zh, en]: readonly [string, string],
  [hintZh, hintEn]: readonly [string, string],
  width: number,
  heads: readonly string[] = [],
): SheetColumn => ({ key, name: { zh, en }, heads, hint: { zh: hintZh, en: hintEn }, width });

export const HOUSEHOLD_COLUMNS: readonly SheetColumn[] = [
  column(
    'AGREEMENT_ID',
    ['协议编号', 'Agreement'],
    ['改已有草稿时照导出的填', 'As exported, for drafts there are.'],
    32,
    ['agreementid'],
  ),
  column(
    'AGREEMENT',
    ['协议名称', 'Called'],
    ['新协议自己起个名；同名各行是一份协议', 'Any name for a new one; rows of one name are one agreement.'],
    20,
    ['协议'],
  ),
  column(
    'KIND',
    ['协议类型', 'Kind'],
    ['如 订单收购、务工、土地流转', 'Such as purchase order, employment or land rent.'],
    14,
    ['类型'],
  ),
  column('STARTS_ON', ['起始日', 'From'], ['如 2026-10-01', 'Such as 2026-10-01.'], 12, [
    '开始日',
    'startson',
  ]),
  column('ENDS_BEFORE', ['终止日', 'Before'], ['没有就留空', 'Blank where there is none.'], 12, [
    '结束日',
    'endsbefore',
  ]),
  {
    ...column(
      'HOUSEHOLD_ID',
      ['农户编号', 'Household'],
      ['照导出的填，不要写姓名', 'As exported; never a name.'],
      32,
      ['householdid'],
    ),
    isNeeded: true,
  },
  column('WEIGHT', ['份数', 'Weight'], ['整数；不填是 1', 'A whole number; 1 unless said.'], 8, ['权重']),
  column(
    'UNIT_PRICE',
    ['单价元', 'Price in yuan'],
    ['每斤、每月、每亩或每股', 'For 500 g, a month, a mu or a share.'],
    12,
    ['单价'],
  ),
  column(
    'STATED_YEAR',
    ['每份每年元', 'A year in yuan'],
    ['一份一年约定多少', 'What a weight of one brings in a year.'],
    12,
    ['年约定金额'],
  ),
  column('SHARE', ['分成百分比', 'Part of sales in percent'], ['如 5', 'Such as 5.'], 10, [
    '分成比例',
    '分成',
  ]),
  column('NOTE', ['备注', 'Note'], ['至多 400 字', 'At most 400 characters.'], 24),
  { ...column('HEAD', ['户主', 'Head'], ['', ''], 10), isTold: true },
  { ...column('VILLAGE', ['村', 'Village'], ['', ''], 18), isTold: true },
];

export const HOUSEHOLD_EXAMPLES: readonly SheetCells[] = [
  {
    AGREEMENT: '秋桃收购',
    KIND: '订单收购',
    STARTS_ON: '2026-10-01',
    HOUSEHOLD_ID: 'hhd_01…',
    WEIGHT: '2',
    UNIT_PRICE: '4.50',
  },
];

export const LINKAGE_KIND_WORDS: Readonly<Record<LinkageKind, readonly string[]>> = {
  PURCHASE_ORDER: ['订单收购', 'Purchase order'],
  CONTRACT_FARMING: ['代种代养', 'Contract farming'],
  EMPLOYMENT: ['务工', 'Employment'],
  LAND_RENT: ['土地流转', 'Land rent'],
  EQUITY_DIVIDEND: ['入股分红', 'Equity dividend'],
  ENTRUSTED: ['委托帮扶', 'Entrusted'],
  ASSET_INCOME: ['资产收益', 'Asset income'],
  PATRONAGE_REFUND: ['二次返利', 'Patronage refund'],
  SERVICE: ['培训服务', 'Service'],
};

/** Households of one agreement are one entry; a household alone says nothing. */
export function householdKey({ AGREEMENT_ID = '', AGREEMENT = '' }: SheetCells): string {
  if (AGREEMENT_ID !== '') return `id:${AGREEMENT_ID}`;
  return AGREEMENT === '' ? '' : `name:${AGREEMENT}`;
}

/** Whoever only names a household, as it is exported, wants nothing of it. */
export function isHouseholdAlone({ rows }: SheetEntry): boolean {
  return rows.every(({ cells }) => Object.keys(cells).every((key) => key === 'HOUSEHOLD_ID'));
}

/** A percentage with two decimals, in basis points. */
function shareIn(reading: CellReading, row: SheetRow): number | null {
  const text = reading.code(row, 'SHARE')?.replace('%', '') ?? null;
  if (text === null) return null;
  const [, whole, part = ''] = /^(\d{1,3})(?:\.(\d{1,2})0*)?$/.exec(text) ?? [];
  if (whole !== undefined) return Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return reading.refuse(row, 'SHARE', 'PERCENT', '请填写百分比，如 5', 'is a percentage, such as 5.');
}

export interface LiveAgreement extends Omit<AgreementWish, 'households'> {
  readonly households: readonly Pick<AgreedHouseholdRow, 'householdId' | 'weight'>[];
}

/** What the rows say, over what there is; null where it cannot be said whole. Its households are those that are named. */
export function wishIn(
  reading: CellReading,
  { rows }: SheetEntry,
  live: LiveAgreement | null,
): AgreementWish | null {
  const first = <T>(name: string, read: (row: SheetRow) => T | null) => reading.together(rows, name, read);
  const kind = first('KIND', (row) => reading.choice(row, 'KIND', LINKAGE_KIND_WORDS)) ?? live?.kind ?? null;
  const startsOn = first('STARTS_ON', (row) => reading.day(row, 'STARTS_ON')) ?? live?.startsOn ?? null;
  const endsBefore =
    first('ENDS_BEFORE', (row) => reading.day(row, 'ENDS_BEFORE')) ?? live?.endsBefore ?? null;
  const terms: LinkageTerms = {
    unitFen: first('UNIT_PRICE', (row) => reading.money(row, 'UNIT_PRICE')) ?? live?.terms.unitFen ?? null,
    statedYearFen:
      first('STATED_YEAR', (row) => reading.money(row, 'STATED_YEAR')) ?? live?.terms.statedYearFen ?? null,
    shareBps: first('SHARE', (row) => shareIn(reading, row)) ?? live?.terms.shareBps ?? null,
    note: first('NOTE', (row) => reading.text(row, 'NOTE')) ?? live?.terms.note ?? '',
  };
  const households = rows.map((row) => {
    reading.require(row, 'HOUSEHOLD_ID');
    const householdId = (reading.code(row, 'HOUSEHOLD_ID') ?? '') as HouseholdId;
    return { householdId, weight: reading.whole(row, 'WEIGHT', 0, 1_000_000) ?? 1 };
  });
  const [head] = rows;
  if (head && kind === null && !reading.faults.some((fault) => fault.column === 'KIND'))
    reading.require(head, 'KIND');
  if (head && startsOn === null && !reading.faults.some((fault) => fault.column === 'STARTS_ON'))
    reading.require(head, 'STARTS_ON');
  return kind === null || startsOn === null ? null : { kind, startsOn, endsBefore, terms, households };
}

/** The same households whatever their order. */
export function isSameAgreement(live: LiveAgreement, wish: AgreementWish): boolean {
  const told = ({ kind, startsOn, endsBefore, terms, households }: LiveAgreement) =>
    JSON.stringify([
      kind,
      startsOn,
      endsBefore,
      String(terms.unitFen),
      String(terms.statedYearFen),
      terms.shareBps,
      terms.note.trim(),
      households.map(({ householdId, weight }) => `${householdId}:${weight}`).toSorted(),
    ]);
  return told(live) === told(wish);
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  startsOn: 'STARTS_ON',
  endsBefore: 'ENDS_BEFORE',
  'terms.unitFen': 'UNIT_PRICE',
  'terms.statedYearFen': 'STATED_YEAR',
  'terms.shareBps': 'SHARE',
  'terms.note': 'NOTE',
};

/** Where a fault of an agreement stands in the table. */
export function agreementCell(
  path: string,
  rows: readonly SheetRow[],
): { row: SheetRow | undefined; column: string } {
  const [, index, field] = /^households\.(\d+)\.(\w+)$/.exec(path) ?? [];
  if (index !== undefined)
    return { row: rows[Number(index)], column: field === 'weight' ? 'WEIGHT' : 'HOUSEHOLD_ID' };
  return { row: rows[0], column: COLUMN_OF[path] ?? '' };
}

/** An agreement as a table tells it: a row for each household. */
export function agreementCells(
  agreementId: string,
  { kind, startsOn, endsBefore, terms }: Omit<AgreementWish, 'households'>,
): SheetCells {
  const { unitFen, statedYearFen, shareBps, note } = terms;
  return {
    AGREEMENT_ID: agreementId,
    KIND: LINKAGE_KIND_WORDS[kind][0] ?? kind,
    STARTS_ON: startsOn,
    ENDS_BEFORE: endsBefore ?? '',
    UNIT_PRICE: unitFen === null ? '' : yuanCell(unitFen),
    STATED_YEAR: statedYearFen === null ? '' : yuanCell(statedYearFen),
    SHARE: shareBps === null ? '' : String(shareBps / 100),
    NOTE: note,
  };
}
