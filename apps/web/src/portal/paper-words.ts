import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { PAPERS } from './paper.documents.js';

export type Papers = ResultOf<typeof PAPERS>['merchantPapers'];
export type Standing = Papers['standings'][number];
export type PaperKind = Standing['kind'];

type PaperNumber = Standing['form']['number'];

/** What its number is called; null where none is typed: a licence's may be the credit code, which is known. */
export const numberWord = (number: PaperNumber): string | null =>
  ({
    NONE: null,
    CREDIT_CODE: null,
    FOOD_PRODUCTION_LICENCE: t('许可证编号，SC 加 14 位数字'),
    FOOD_BUSINESS_LICENCE: t('许可证编号，JY 加 14 位数字'),
    ANY: t('证上的编号'),
  })[number];

export const paperWord = (kind: PaperKind): string =>
  ({
    BUSINESS_LICENCE: t('营业执照'),
    COLLECTIVE_CERTIFICATE: t('集体经济组织登记证'),
    LEGAL_PERSON_ID: t('负责人身份证'),
    STANDING_PROOF: t('资质证明'),
    FOOD_PRODUCTION_LICENCE: t('食品生产许可证'),
    FOOD_BUSINESS_LICENCE: t('食品经营许可证'),
    TEST_REPORT: t('一年内检测报告'),
    SITE_AGREEMENT: t('场地协议'),
    BANK_PROOF: t('开户证明'),
    TRUTH_LETTER: t('真实性承诺书'),
    OTHER: t('其他材料'),
  })[kind];
