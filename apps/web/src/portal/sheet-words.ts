import { t } from '../shared/i18n.js';
import type { SheetImport, SheetKind } from './sheet.documents.js';

export const kindWord = (kind: SheetKind['kind']): string =>
  ({
    PRODUCTS: t('商品和价格'),
    SHIPMENTS: t('发货运单号'),
    HOUSEHOLDS: t('和农户的协议'),
    BATCHES: t('采收批次'),
    STOCK: t('仓库盘点'),
  })[kind];

/** What a table of the kind is good for. */
export const kindNote = (kind: SheetKind['kind']): string =>
  ({
    PRODUCTS: t(
      '一行一种规格。新商品先成草稿，拍了照片再交；改价马上生效，超过参考价三成的和改别的要审核。空着的格子不动。',
    ),
    HOUSEHOLDS: t('一行一户，只写编号不写姓名。同名各行是一份协议，先成草稿，拍了照片再签。'),
    STOCK: t('先导出仓库里的货，把数出来的件数填上。传上来记到盘点里，到库存页写明原因再交。'),
    BATCHES: t('一行一批。已有的批次只能改采收到哪天和多少公斤。'),
    SHIPMENTS: t(
      '先导出等着发的单，一行一样货，填好快递公司和运单号再传上来。同一个运单号是一个包裹；运单号不同就分开发。没有运单号的那几行先不动。',
    ),
  })[kind];

export const importWord = (state: SheetImport['state']): string =>
  ({
    CHECKED: t('查过了，还没导入'),
    RUNNING: t('正在导入'),
    STOPPED: t('停下了'),
    DONE: t('导入完了'),
    DISCARDED: t('不要了'),
  })[state];
