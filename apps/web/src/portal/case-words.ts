import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { CASE } from './after-sale.documents.js';

export type Case = NonNullable<ResultOf<typeof CASE>['afterSale']>;

/** Those that wait for the seller. */
export const WAITING = ['REQUESTED', 'RETURNING', 'TO_REPLACE'] as const;

export const waitsForUs = (state: Case['state']): boolean =>
  state === 'REQUESTED' || state === 'RETURNING' || state === 'TO_REPLACE';

export const kindWord = (kind: Case['kind']): string =>
  ({
    REFUND_ONLY: t('只退钱'),
    RETURN_REFUND: t('退货退钱'),
    EXCHANGE: t('换货'),
    FRESH_CLAIM: t('生鲜坏果赔付'),
  })[kind];

export const reasonWord = (reason: Case['reason']): string =>
  ({
    NOT_RECEIVED: t('没收到'),
    DAMAGED: t('破损了'),
    WRONG_GOODS: t('发错了'),
    QUALITY: t('质量不好'),
    SPOILED: t('坏了、烂了'),
    NO_LONGER_WANTED: t('不想要了'),
    NOT_TAKEN: t('柜机算错了，没拿'),
  })[reason];

export const caseWord = (state: Case['state']): string =>
  ({
    REQUESTED: t('等您答复'),
    REFUSED: t('您没同意，等买家'),
    AT_PLATFORM: t('平台在判'),
    AWAITING_RETURN: t('等买家寄回'),
    RETURNING: t('寄回来了，等您查收'),
    TO_REPLACE: t('等您寄新的'),
    REPLACING: t('新的在路上'),
    REFUNDING: t('正在退钱'),
    REFUNDED: t('钱退了'),
    REPLACED: t('换好了'),
    REJECTED: t('没有赔'),
    WITHDRAWN: t('买家撤回了'),
    LAPSED: t('买家没寄回，结束了'),
  })[state];

/** What happens by itself if nobody says anything; null where it is not the seller who is silent. */
export const silenceWord = (state: Case['state']): string | null => {
  const said: Partial<Record<Case['state'], string>> = {
    REQUESTED: t('到时间不答复，就算同意。'),
    RETURNING: t('到时间不查收，就算收好了。'),
    TO_REPLACE: t('到时间没寄出，就改成退钱。'),
  };
  return said[state] ?? null;
};

export const sideWord = (side: Case['steps'][number]['side']): string =>
  ({ BUYER: t('买家'), MERCHANT: t('我们'), PLATFORM: t('平台'), TIME: t('到时间了') })[side];

export const actWord = (act: Case['steps'][number]['act']): string =>
  ({
    OPENED: t('提出来'),
    EVIDENCE_ADDED: t('补了照片'),
    WITHDRAWN: t('撤回'),
    APPROVED: t('同意'),
    REFUSED: t('不同意'),
    APPEALED: t('请平台来判'),
    ACCEPTED: t('接受了'),
    CONTESTED: t('不服，请平台来判'),
    ESCALATED: t('转给平台'),
    SENT_BACK: t('寄回来了'),
    RETURN_CONFIRMED: t('收好了'),
    REPLACEMENT_SHIPPED: t('寄了新的'),
    REPLACEMENT_RECEIVED: t('新的收到了'),
    REPLACEMENT_OVERDUE: t('没按时寄新的，改成退钱'),
    REFUND_DECIDED: t('判退钱'),
    RETURN_DECIDED: t('判先退货'),
    REJECT_DECIDED: t('判不赔'),
    REFUND_SUCCEEDED: t('钱退了'),
    REFUND_FAILED: t('钱没退成'),
    LAPSED: t('过期结束'),
  })[act];
