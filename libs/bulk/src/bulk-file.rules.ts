import { type Locale, type Message, yuanText } from '#libs/kernel';
import { faultMessage } from './bulk-check.rules.js';
import type { BulkParcelState } from './bulk-order.entity.js';
import type { BulkParcelView, BulkRowView } from './bulk-order.reader.js';
import { BULK_COLUMNS, COLUMN_NAMES } from './bulk-sheet.rules.js';

export const BULK_FORMATS = ['CSV', 'XLSX'] as const;
export type BulkFormat = (typeof BULK_FORMATS)[number];

/** Wide enough for what the columns hold. */
export const WIDTHS: readonly number[] = [14, 18, 28, 40, 24, 10];
export const RESULT_WIDTHS: readonly number[] = [8, ...WIDTHS, 14, 32, 16, 60];

const say = ({ zh, en }: Message, locale: Locale) => (locale === 'en' ? en : zh);

const OUTCOMES: Readonly<Record<BulkParcelState | 'FAULTY' | 'CANCELLED', Message>> = {
  WAITING: { zh: '待下单', en: 'waiting' },
  PLACED: { zh: '已下单', en: 'placed' },
  SIGNED: { zh: '已签批', en: 'signed' },
  REFUSED: { zh: '未能下单', en: 'refused' },
  UNDONE: { zh: '已取消', en: 'called off' },
  FAULTY: { zh: '有误', en: 'faulty' },
  CANCELLED: { zh: '订单已取消', en: 'order cancelled' },
};

const HEAD: Readonly<Record<'row' | 'outcome' | 'order' | 'total' | 'reason', Message>> = {
  row: { zh: '行号', en: 'Row' },
  outcome: { zh: '结果', en: 'Outcome' },
  order: { zh: '订单号', en: 'Order' },
  total: { zh: '订单金额', en: 'Order total' },
  reason: { zh: '说明', en: 'Reason' },
};

/** The head, and two rows that show how to fill it in: a code and a name of a county. */
export function templateRows(locale: Locale, goods: string): string[][] {
  const head = BULK_COLUMNS.map((column) => say(COLUMN_NAMES[column], locale));
  return [
    head,
    ['示例：李桂英', '13800138000', '湖南省株洲市炎陵县', '霞阳镇 1 号', goods, '2'],
    ['示例：王建国', '13800138001', '430211', '泰山路街道 1 号', goods, '1'],
  ];
}

/** Every row of the list with what became of it. Orders that were cancelled since are named so. */
export function resultRows(
  { rows, parcels }: { readonly rows: readonly BulkRowView[]; readonly parcels: readonly BulkParcelView[] },
  cancelled: ReadonlySet<string>,
  locale: Locale,
): string[][] {
  const parcelOf = new Map(parcels.map((parcel) => [parcel.parcelNo, parcel]));
  const head = [
    say(HEAD.row, locale),
    ...BULK_COLUMNS.map((column) => say(COLUMN_NAMES[column], locale)),
    ...(['outcome', 'order', 'total', 'reason'] as const).map((name) => say(HEAD[name], locale)),
  ];
  const body = rows.map((row) => {
    const parcel = row.parcelNo === null ? undefined : parcelOf.get(row.parcelNo);
    const isCancelled = cancelled.has(parcel?.orderId ?? '') && parcel?.state !== 'UNDONE';
    const outcome = parcel ? OUTCOMES[isCancelled ? 'CANCELLED' : parcel.state] : OUTCOMES.FAULTY;
    const faults = row.faults.map((fault) => say(faultMessage(fault), locale));
    const reasons = parcel?.refusal ? [say(parcel.refusal.message, locale)] : faults;
    return [
      String(row.rowNo),
      row.recipient,
      row.phone,
      row.county,
      row.address,
      row.goods,
      row.quantity,
      say(outcome, locale),
      parcel?.orderId ?? '',
      parcel ? yuanText(parcel.totalFen) : '',
      reasons.join(locale === 'en' ? ' ' : '；'),
    ];
  });
  return [head, ...body];
}
