import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { DESK } from './account.documents.js';
import type { MONTH } from './month.documents.js';
import type { LIVE, SALES } from './volume.documents.js';

export type Channel = ResultOf<typeof LIVE>['volumeLive']['sales'][number]['channel'];
type Role = NonNullable<ResultOf<typeof DESK>['viewer']>['grants'][number]['role'];
type Source = ResultOf<typeof SALES>['reportDrill']['nodes'][number]['source'];

export const channelWord = (channel: Channel): string =>
  ({
    PAVILION: t('专馆'),
    ZONE: t('专区'),
    COUNTER: t('专柜'),
    ONLINE: t('线上'),
    PROCUREMENT: t('单位采购'),
    FAIR: t('展销'),
    UNKNOWN: t('未知'),
  })[channel];

export const roleWord = (role: Role): string =>
  ({
    RESTOCKER: t('补货员'),
    MERCHANT_CLERK: t('商家店员'),
    MERCHANT_OWNER: t('商家负责人'),
    OFFICIAL: t('消费帮扶专班'),
    STATISTICIAN: t('统计员'),
    CERTIFIER: t('县级认定专员'),
    FINANCE_REVIEWER: t('财政局审核'),
    DEPARTMENT_OFFICER: t('部门工作人员'),
    TOWNSHIP_REVIEWER: t('乡镇审核'),
    VILLAGE_OFFICER: t('村干部'),
    INSPECTOR: t('督查'),
    FINANCE: t('平台财务'),
    OPERATOR: t('平台运营'),
    AUDITOR: t('审计'),
  })[role];

export const sourceWord = (source: Source): string =>
  ({
    PLATFORM: t('平台'),
    DEVICE: t('专柜设备'),
    PARTNER: t('合作方'),
    IMPORT: t('导入'),
    DECLARED: t('线下申报'),
  })[source];

/** What happened to a sale, by the first word of a fact's key. */
const KINDS: Readonly<Record<string, () => string>> = {
  ordered: () => t('下单'),
  unordered: () => t('取消'),
  paid: () => t('支付'),
  delivered: () => t('签收'),
  refunded: () => t('退款'),
  reversed: () => t('签收后退款'),
  declared: () => t('申报'),
  undeclared: () => t('撤回申报'),
};

export const factWord = (key: string): string => {
  const [kind = ''] = key.split(':');
  return KINDS[kind]?.() ?? kind;
};

type Close = NonNullable<ResultOf<typeof MONTH>['monthClose']>;

export const closeWord = (state: Close['state']): string =>
  ({
    OPEN: t('收数中'),
    CUT_OFF: t('已截止收数'),
    IN_REVIEW: t('复核中'),
    LOCKING: t('正在锁定'),
    LOCKED: t('已锁定'),
    PUBLISHED: t('已公布'),
  })[state];

export const blockerWord = (kind: Close['blockers'][number]['kind']): string =>
  ({
    FACTS_WAITING: t('还没汇总的记录'),
    ROLLUP_DIFFERS: t('汇总与记录不一致的日子'),
    FROZEN_DIFFERS: t('与固定的数不一致的汇总表'),
    FACTS_UNCHECKED: t('还没检查的记录'),
    FLAGS_OPEN: t('没有结论的异常'),
    DUPLICATES_HELD: t('没有结论的疑似重复'),
    CLAIMS_OPEN: t('没有审的申报'),
    FEEDS_LATE: t('没有交齐的合作方'),
    PREVIOUS_MONTH_OPEN: t('没有锁定的上一个月'),
  })[kind];
