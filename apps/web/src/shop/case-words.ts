import { t } from '../shared/i18n.js';
import type { Case } from './after-sale.documents.js';

export const caseWord = (state: Case['state']): string =>
  ({
    REQUESTED: t('等卖家答复'),
    REFUSED: t('卖家没同意，等您决定'),
    AT_PLATFORM: t('平台正在处理'),
    AWAITING_RETURN: t('请把东西寄回'),
    RETURNING: t('寄回的路上'),
    TO_REPLACE: t('等卖家寄新的'),
    REPLACING: t('新的在路上'),
    REFUNDING: t('正在退钱'),
    REFUNDED: t('钱退好了'),
    REPLACED: t('换好了'),
    REJECTED: t('结束了，没有赔'),
    WITHDRAWN: t('您撤回了'),
    LAPSED: t('没有寄回，结束了'),
  })[state];

export const waitsForBuyer = (state: Case['state']): boolean =>
  state === 'REFUSED' || state === 'AWAITING_RETURN' || state === 'REPLACING';
