import { t } from '../shared/i18n.js';
import type { BulkOrder } from './bulk.documents.js';

export const bulkWord = (state: BulkOrder['state']): string =>
  ({
    CHECKED: t('查过了，等您确认'),
    DISCARDED: t('不要了'),
    PLACING: t('正在下单'),
    PLACED: t('下好了'),
    SIGNING: t('正在签字'),
    SIGNED: t('签好了'),
    UNDOING: t('正在取消'),
    UNDONE: t('取消了'),
  })[state];

/** Somebody is at work on it. */
export const isAtWork = ({ state }: Pick<BulkOrder, 'state'>): boolean =>
  state === 'PLACING' || state === 'SIGNING' || state === 'UNDOING';
