import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import type { CERTIFICATES, CERTIFICATION } from '../certification.documents.js';
import type { PaperNeeds } from '../papers.js';

export type Certification = NonNullable<ResultOf<typeof CERTIFICATION>['certificationApplication']>;
type State = Certification['state'];
type ChainStep = Certification['chain'][number];
type Certificate = ResultOf<typeof CERTIFICATES>['certificationEntries']['nodes'][number];
export type PaperKind = NonNullable<Certification['content']['papers'][number]['kind']>;

export const certificationWord = (state: State): string =>
  ({
    DRAFT: t('没写完'),
    IN_REVIEW: t('在审核'),
    ON_NOTICE: t('在公示'),
    RETURNED: t('退回来了，改一改'),
    CONFIRMED: t('审核过了，等公布'),
    LISTED: t('认定了'),
    REFUSED: t('没通过'),
    WITHDRAWN: t('撤回了'),
  })[state];

export const certificateWord = (state: Certificate['state']): string =>
  ({
    AHEAD: t('还没开始算'),
    IN_FORCE: t('有效'),
    EXPIRING: t('快到期，请县里复核'),
    EXPIRED: t('到期了，要重新申请'),
    LAPSED: t('没复核，失效了，要重新申请'),
    REVOKED: t('撤销了'),
  })[state];

const officeWord = (office: ChainStep['office']): string =>
  ({
    TOWNSHIP: t('乡镇'),
    SECTOR: t('县行业部门'),
    COUNTY: t('县'),
    CITY: t('市'),
    PROVINCE: t('省'),
    NATION: t('国家'),
  })[office];

export const stepWord = ({ kind, office, days }: ChainStep): string =>
  kind === 'NOTICE' ? t('公示 {n} 天', { n: days ?? 0 }) : t('{office}审', { office: officeWord(office) });

export const actWord = (act: Certification['steps'][number]['act']): string =>
  ({
    SUBMITTED: t('交上去了'),
    PASSED: t('通过了'),
    RETURNED: t('退回来了'),
    REFUSED: t('没通过'),
    WITHDRAWN: t('撤回了'),
    NOTICE_BEGUN: t('开始公示'),
    NOTICE_ENDED: t('公示完了'),
    OBJECTION_UPHELD: t('有人提异议，成立，退回来了'),
    OBJECTION_DISMISSED: t('有人提异议，不成立'),
    LISTED: t('公布了，编号在下面'),
  })[act];

/** What each paper of the pack says. In the order in which they are asked for; those of the region and the brand only help. */
export const paperNeeds = (kind: PaperKind): PaperNeeds =>
  ({
    TEST_REPORT: { name: t('检测报告，一年以内的'), number: t('上面的编号'), from: t('哪天出的'), to: null },
    FOOD_PRODUCTION_LICENCE: {
      name: t('食品生产许可证，做这样货的厂家的'),
      number: t('许可证编号，SC 加 14 位数字'),
      from: null,
      to: t('到哪天有效'),
    },
    FOOD_BUSINESS_LICENCE: {
      name: t('食品经营许可证'),
      number: t('许可证编号，JY 加 14 位数字'),
      from: null,
      to: t('到哪天有效'),
    },
    FRESH_COMMITMENT: { name: t('承诺达标合格证'), number: null, from: null, to: null },
    PRODUCT_PHOTO: { name: t('产品照片'), number: null, from: null, to: null },
    TRUTH_LETTER: { name: t('真实性承诺书，签字盖章'), number: null, from: null, to: null },
    HOUSEHOLD_PROOF: { name: t('带动农户的证明'), number: null, from: null, to: null },
    GI_CERTIFICATE: { name: t('地理标志证书'), number: t('上面的编号'), from: null, to: null },
    GREEN_CERTIFICATE: {
      name: t('绿色或有机证书'),
      number: t('上面的编号'),
      from: null,
      to: t('到哪天有效'),
    },
    TRADEMARK: { name: t('商标注册证'), number: t('上面的编号'), from: null, to: t('到哪天有效') },
    OTHER: { name: t('别的材料'), number: null, from: null, to: null },
  })[kind];

/** Which papers are asked for: a licence of what is made, a commitment for what is picked. */
export const papersAsked = (isProcessedFood: boolean | null): readonly PaperKind[] => [
  'TEST_REPORT',
  ...(isProcessedFood === true ? (['FOOD_PRODUCTION_LICENCE'] as const) : []),
  ...(isProcessedFood === false ? (['FRESH_COMMITMENT'] as const) : []),
  'PRODUCT_PHOTO',
  'TRUTH_LETTER',
];

/** What only helps. */
export const PAPERS_BESIDE: readonly PaperKind[] = [
  'HOUSEHOLD_PROOF',
  'FOOD_BUSINESS_LICENCE',
  'GI_CERTIFICATE',
  'GREEN_CERTIFICATE',
  'TRADEMARK',
  'OTHER',
];
