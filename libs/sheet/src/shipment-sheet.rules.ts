import { CARRIERS, CARRIER_NAMES } from '#libs/fulfillment';
import { plainWord } from './sheet-cell.rules.js';
import type { SheetCells, SheetColumn } from './sheet-kind.rules.js';

const column = (
  key: string,
  zh: string,
  en: string,
  width: number,
  heads: readonly string[],
): SheetColumn => ({
  key,
  name: { zh, en },
  heads,
  hint: { zh: '', en: '' },
  width,
});
const told = (key: string, zh: string, en: string, width: number): SheetColumn => ({
  ...column(key, zh, en, width, []),
  isTold: true,
});

export const SHIPMENT_COLUMNS: readonly SheetColumn[] = [
  {
    ...column('ORDER', '订单号', 'Order', 34, ['订单', '订单编号', '子订单号', 'orderid', 'merchantorderid']),
    hint: { zh: '照导出的填', en: 'As exported.' },
    isNeeded: true,
  },
  {
    ...column('CARRIER', '快递公司', 'Carrier', 14, ['承运商', '快递', '物流公司']),
    hint: { zh: '如 顺丰速运、邮政', en: 'Such as SF or POST.' },
    isNeeded: true,
  },
  {
    ...column('TRACKING_NO', '运单号', 'Tracking number', 24, [
      '快递单号',
      '物流单号',
      '单号',
      'trackingno',
      'waybill',
    ]),
    hint: {
      zh: '还没有就留空，那一行先不处理',
      en: 'Blank as long as there is none: the row is left alone.',
    },
    isNeeded: true,
  },
  {
    ...column('LINE', '订单行', 'Order line', 34, ['商品行', '货品行', 'orderlineid']),
    hint: {
      zh: '照导出的填；一个订单分几个包裹时，写明每个包裹装哪一行货。都留空就是剩下的全装上',
      en: 'As exported: what is in which parcel. All that has not left, where it and the units are blank.',
    },
  },
  {
    ...column('UNITS', '件数', 'Units', 8, ['数量', '本包裹件数']),
    hint: {
      zh: '这个包裹里装几件；留空是剩下的全部',
      en: 'How many are in this parcel; all that are left where it is blank.',
    },
  },
  told('DUE_ON', '最晚发货日', 'Ship by', 12),
  told('GOODS', '货品', 'Goods', 40),
  told('RECIPIENT', '收货人', 'Recipient', 12),
  told('PHONE', '电话', 'Phone', 16),
  told('ADDRESS', '地址', 'Address', 44),
];

export const SHIPMENT_EXAMPLES: readonly SheetCells[] = [
  { ORDER: 'mor_01…', CARRIER: '顺丰速运', TRACKING_NO: 'SF1234567890', LINE: 'oln_01…', UNITS: '2' },
  { ORDER: 'mor_01…', CARRIER: '顺丰速运', TRACKING_NO: 'SF1234567891', LINE: 'oln_01…', UNITS: '1' },
];

/** As people shorten them: 顺丰 for 顺丰速运, and the like. */
const SHORT = /(速运|快递|速递)$/;

const KNOWN = new Map(
  CARRIERS.flatMap((code) => {
    const name = CARRIER_NAMES[code];
    return [code, name, name.replace(SHORT, '')].map((text) => [plainWord(text), name] as const);
  }),
);

/** As buyers know it; who is not known is called as it is written. */
export function carrierNamed(text: string): string {
  return KNOWN.get(plainWord(text)) ?? text;
}

export function shipmentKey({ ORDER = '' }: SheetCells): string {
  return ORDER;
}
