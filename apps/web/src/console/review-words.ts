import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { BATCH_ENTRIES } from './batch.documents.js';
import type { Desk } from './desk.js';
import type { APPLICATION, CERTIFICATION, LISTING } from './review.documents.js';

export type Listing = NonNullable<ResultOf<typeof LISTING>['listing']>;
export type Application = NonNullable<ResultOf<typeof APPLICATION>['merchantApplication']>;
export type Certification = NonNullable<ResultOf<typeof CERTIFICATION>['certificationApplication']>;
type Kind = NonNullable<Application['content']['kind']>;
type PaperKind =
  | NonNullable<Application['content']['papers'][number]['kind']>
  | NonNullable<Certification['content']['papers'][number]['kind']>;
type Entry = ResultOf<typeof BATCH_ENTRIES>['certificationEntries']['nodes'][number];
export type Office = Certification['chain'][number]['office'];

export const listingWord = (state: Listing['state']): string =>
  ({
    DRAFT: t('填写中'),
    SUBMITTED: t('待审核'),
    RETURNED: t('已退回修改'),
    APPROVED: t('已通过'),
    WITHDRAWN: t('已撤回'),
  })[state];

export const applicationWord = (state: Application['state']): string =>
  ({
    DRAFT: t('填写中'),
    SUBMITTED: t('待县里推荐'),
    RECOMMENDED: t('待平台审批'),
    RETURNED: t('已退回修改'),
    APPROVED: t('已通过'),
    REFUSED: t('不予通过'),
    WITHDRAWN: t('已撤回'),
  })[state];

export const certificationWord = (state: Certification['state']): string =>
  ({
    DRAFT: t('填写中'),
    IN_REVIEW: t('审核中'),
    ON_NOTICE: t('公示中'),
    RETURNED: t('已退回修改'),
    CONFIRMED: t('待公布'),
    LISTED: t('已入目录'),
    REFUSED: t('不予通过'),
    WITHDRAWN: t('已撤回'),
  })[state];

export const officeWord = (office: Office): string =>
  ({
    TOWNSHIP: t('乡镇'),
    SECTOR: t('行业部门'),
    COUNTY: t('县级'),
    CITY: t('市级'),
    PROVINCE: t('省级'),
    NATION: t('国家'),
  })[office];

export const kindWord = (kind: Kind): string =>
  ({
    COOPERATIVE: t('合作社'),
    ENTERPRISE: t('企业'),
    LEADING_ENTERPRISE: t('龙头企业'),
    FAMILY_FARM: t('家庭农场'),
    LARGE_GROWER: t('种养大户'),
    VILLAGE_COLLECTIVE: t('村集体'),
    VENUE_OPERATOR: t('场馆专区运营方'),
  })[kind];

export const paperWord = (kind: PaperKind): string =>
  ({
    BUSINESS_LICENCE: t('营业执照'),
    COLLECTIVE_CERTIFICATE: t('集体经济组织登记证'),
    LEGAL_PERSON_ID: t('法定代表人身份证'),
    STANDING_PROOF: t('主体资格证明'),
    FOOD_PRODUCTION_LICENCE: t('食品生产许可证'),
    FOOD_BUSINESS_LICENCE: t('食品经营许可证'),
    TEST_REPORT: t('检测报告'),
    SITE_AGREEMENT: t('场地协议'),
    BANK_PROOF: t('开户证明'),
    TRUTH_LETTER: t('真实性承诺书'),
    FRESH_COMMITMENT: t('承诺达标合格证'),
    PRODUCT_PHOTO: t('产品照片'),
    HOUSEHOLD_PROOF: t('农户签字或收款凭证'),
    GI_CERTIFICATE: t('地理标志'),
    GREEN_CERTIFICATE: t('绿色食品证书'),
    TRADEMARK: t('商标'),
    OTHER: t('其他'),
  })[kind];

export const processedFoodWord = (food: NonNullable<Application['content']['processedFood']>): string =>
  ({
    NONE: t('不卖'),
    MADE: t('自己加工'),
    TRADED: t('代销别家的'),
    MADE_AND_TRADED: t('自己加工，也代销'),
  })[food];

export const gradeWord = (grade: string): string =>
  ({ EXTRA: t('特级'), FIRST: t('一级'), SECOND: t('二级'), UNGRADED: t('不分级') })[grade] ?? grade;

const ACTS = (): Readonly<Record<string, string>> => ({
  SUBMITTED: t('提交'),
  PASSED: t('通过本级'),
  TAKEN_BACK: t('商家拿回修改'),
  RETURNED: t('退回修改'),
  REFUSED: t('不予通过'),
  WITHDRAWN: t('申请人撤回'),
  RECOMMENDED: t('县里推荐'),
  APPROVED: t('通过'),
  NOTICE_BEGUN: t('开始公示'),
  NOTICE_ENDED: t('公示期满'),
  OBJECTION_UPHELD: t('异议成立，退回'),
  OBJECTION_DISMISSED: t('异议不成立'),
  LISTED: t('进入目录'),
});

export const actWord = (act: string): string => ACTS()[act] ?? act;

/** Whose turn it is, or who has said it, by the first word of a desk. */
export const deskWord = (desk: string | null): string =>
  desk === null ? '—' : officeWord(desk.split(':')[0] as Office);

export const certificateWord = (state: Entry['state']): string =>
  ({
    AHEAD: t('还没生效'),
    IN_FORCE: t('有效'),
    EXPIRING: t('快到期'),
    EXPIRED: t('已期满'),
    LAPSED: t('没复核，已失效'),
    REVOKED: t('已撤销认定'),
  })[state];

/** A county of one's own by its name; of others the code. */
export const countyName = ({ divisions }: Pick<Desk, 'divisions'>, code: string): string => {
  const all = divisions.flatMap((division) => [division, ...division.counties]);
  return all.find((place) => place.code === code)?.name ?? code;
};
