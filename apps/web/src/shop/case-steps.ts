import { t } from '../shared/i18n.js';
import type { Case } from './after-sale.documents.js';

/** What happens by itself once the time is over: silence is never against whoever asked, unless it is their own. */
export const silenceWord = (state: Case['state']): string | null => {
  const said: Partial<Record<Case['state'], string>> = {
    REQUESTED: t('到时间卖家不答复，一般就算同意。'),
    REFUSED: t('到时间您不说话，就算接受。'),
    AT_PLATFORM: t('平台最晚这个时候给结果。'),
    AWAITING_RETURN: t('到时间没寄回，就结束了。'),
    RETURNING: t('到时间卖家不查收，就算收好了。'),
    TO_REPLACE: t('到时间没寄出，就改成退钱。'),
    REPLACING: t('到时间您不说话，就算收到了。'),
  };
  return said[state] ?? null;
};

export const sideWord = (side: Case['steps'][number]['side']): string =>
  ({ BUYER: t('我'), MERCHANT: t('卖家'), PLATFORM: t('平台'), TIME: t('到时间了') })[side];

export const actWord = (act: Case['steps'][number]['act']): string =>
  ({
    OPENED: t('提出来'),
    EVIDENCE_ADDED: t('补了照片'),
    WITHDRAWN: t('撤回'),
    APPROVED: t('同意'),
    REFUSED: t('没同意'),
    APPEALED: t('请平台来判'),
    ACCEPTED: t('接受了'),
    CONTESTED: t('不服，请平台来判'),
    ESCALATED: t('转给平台'),
    SENT_BACK: t('寄回去了'),
    RETURN_CONFIRMED: t('收好了寄回的'),
    REPLACEMENT_SHIPPED: t('寄了新的'),
    REPLACEMENT_RECEIVED: t('新的收到了'),
    REPLACEMENT_OVERDUE: t('没按时寄新的，改成退钱'),
    REFUND_DECIDED: t('判退钱'),
    RETURN_DECIDED: t('判先退货'),
    REJECT_DECIDED: t('判不赔'),
    REFUND_SUCCEEDED: t('钱退好了'),
    REFUND_FAILED: t('钱没退成'),
    LAPSED: t('过期结束'),
  })[act];
