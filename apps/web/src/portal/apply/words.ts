import { t } from '../../shared/i18n.js';
import type { Application, MerchantKind, ProcessedFood } from './form.js';

export const KINDS: readonly MerchantKind[] = [
  'COOPERATIVE',
  'FAMILY_FARM',
  'LARGE_GROWER',
  'VILLAGE_COLLECTIVE',
  'ENTERPRISE',
  'LEADING_ENTERPRISE',
  'VENUE_OPERATOR',
];

export const kindWord = (kind: MerchantKind): string =>
  ({
    COOPERATIVE: t('合作社'),
    FAMILY_FARM: t('家庭农场'),
    LARGE_GROWER: t('种养大户'),
    VILLAGE_COLLECTIVE: t('村集体'),
    ENTERPRISE: t('企业（公司）'),
    LEADING_ENTERPRISE: t('龙头企业'),
    VENUE_OPERATOR: t('场馆专区运营'),
  })[kind];

/** The licence that is asked for follows from who has made it. */
export const PROCESSED_FOODS: readonly ProcessedFood[] = ['NONE', 'MADE', 'TRADED', 'MADE_AND_TRADED'];

export const processedFoodWord = (food: ProcessedFood): string =>
  ({
    NONE: t('不卖，只卖鲜货'),
    MADE: t('卖，自己加工的'),
    TRADED: t('卖，代卖别家加工的'),
    MADE_AND_TRADED: t('自己加工的和别家的都卖'),
  })[food];

export const applicationWord = (state: Application['state']): string =>
  ({
    DRAFT: t('没写完'),
    SUBMITTED: t('等县里推荐'),
    RETURNED: t('退回来了，改一改'),
    RECOMMENDED: t('县里推荐了，等平台审核'),
    APPROVED: t('通过了'),
    REFUSED: t('没有通过'),
    WITHDRAWN: t('撤回了'),
  })[state];

export const stepWord = (act: Application['steps'][number]['act']): string =>
  ({
    SUBMITTED: t('交上去了'),
    RETURNED: t('退回来了'),
    RECOMMENDED: t('县里推荐了'),
    APPROVED: t('平台通过了'),
    REFUSED: t('没有通过'),
    WITHDRAWN: t('撤回了'),
  })[act];
