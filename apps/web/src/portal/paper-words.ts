import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { PAPERS } from './paper.documents.js';

export type Papers = ResultOf<typeof PAPERS>['merchantPapers'];
export type Standing = Papers['standings'][number];
export type PaperKind = Standing['kind'];

export const paperWord = (kind: PaperKind): string =>
  ({
    BUSINESS_LICENCE: t('营业执照'),
    COLLECTIVE_CERTIFICATE: t('集体经济组织登记证'),
    LEGAL_PERSON_ID: t('负责人身份证'),
    STANDING_PROOF: t('资质证明'),
    FOOD_LICENCE: t('食品许可证'),
    TEST_REPORT: t('一年内检测报告'),
    SITE_AGREEMENT: t('场地协议'),
    BANK_PROOF: t('开户证明'),
    TRUTH_LETTER: t('真实性承诺书'),
    OTHER: t('其他材料'),
  })[kind];
