import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import { amountOf } from '../shared/money.js';
import type { CLAIM, CLAIMS, DUPLICATE, FLAG } from './claim.documents.js';
import { bpsText, countText, weightText } from './figures.js';

export type Claim = NonNullable<ResultOf<typeof CLAIM>['claim']>;
export type ClaimRow = ResultOf<typeof CLAIMS>['claims']['nodes'][number];
export type Duplicate = NonNullable<ResultOf<typeof DUPLICATE>['suspectedDuplicate']>;
export type Flag = NonNullable<ResultOf<typeof FLAG>['integrityFlag']>;
export type Effect = Claim['effect'][number];

export const claimWord = (state: Claim['state']): string =>
  ({
    DRAFT: t('填写中'),
    SUBMITTED: t('待审核'),
    RETURNED: t('已退回修改'),
    APPROVED: t('已计入申报'),
    REJECTED: t('不予通过'),
    REVERSED: t('已撤销'),
  })[state];

export const claimActWord = (act: Claim['steps'][number]['act']): string =>
  ({
    SUBMITTED: t('提交'),
    RETURNED: t('退回修改'),
    APPROVED: t('通过'),
    REJECTED: t('不予通过'),
    REVERSED: t('撤销'),
  })[act];

export const claimantWord = (kind: Claim['claimantKind']): string =>
  ({ MERCHANT: t('商家'), DIVISION: t('本级申报') })[kind];

export const evidenceWord = (kind: Claim['evidence'][number]['kind']): string =>
  ({
    E_INVOICE: t('电子发票'),
    CONTRACT: t('合同'),
    BANK_SLIP: t('银行回单'),
    PHOTO: t('照片'),
    OTHER: t('其他'),
  })[kind];

export const buyerWord = (kind: NonNullable<Claim['content']['buyerKind']>): string =>
  ({
    CONSUMER: t('个人'),
    ORGANISATION: t('单位'),
    UNION: t('工会'),
    STAFF: t('职工'),
    UNKNOWN: t('未知'),
  })[kind];

export const duplicateWord = (state: Duplicate['state']): string =>
  ({ HELD: t('待判定'), CLEARED: t('是两笔，已放行'), CONFIRMED: t('是同一笔，不计') })[state];

/** DEVICE, PLATFORM, PARTNER or DECLARED: whom the register trusts most stands first. */
export const tellerWord = (source: string): string =>
  (
    {
      DEVICE: t('专柜设备'),
      PLATFORM: t('平台'),
      PARTNER: t('合作方'),
      DECLARED: t('线下申报'),
    } as Readonly<Record<string, string>>
  )[source] ?? source;

export const ruleWord = (rule: Flag['rule']): string =>
  ({
    SELF_PURCHASE: t('自买自卖'),
    RING: t('几家互相买'),
    REFUND_AFTER_PERIOD: t('月末买、月初退'),
    ADDRESS_CLUSTER: t('许多买家同一地址'),
    CAPACITY_EXCEEDED: t('卖的比种的多'),
    DUPLICATE_SALE: t('合作方先报过的一笔'),
    DEVICE_RATE: t('专柜卖得太快'),
    DEVICE_OFFLINE: t('专柜离线时卖货'),
    DEVICE_CLOCK: t('专柜时钟不对'),
    NIGHT_BULK: t('深夜大额'),
  })[rule];

export const ruleNote = (rule: Flag['rule']): string =>
  ({
    SELF_PURCHASE: t('买的人在卖家那里任职，一个月里的合在一起看。'),
    RING: t('两到四家商家的人互相买，绕了一圈。'),
    REFUND_AFTER_PERIOD: t('月底前买下，下个月初就退。'),
    ADDRESS_CLUSTER: t('许多不同的买家，货都送到一个地址。'),
    CAPACITY_EXCEEDED: t('这个村这一季卖出的，比种得出的还多；列出的是最后卖的几笔。'),
    DUPLICATE_SALE: t('合作方先报了，后来我们自己也卖了同一笔；列出的是合作方那一笔。'),
    DEVICE_RATE: t('一小时卖出的次数，人手拿不过来。'),
    DEVICE_OFFLINE: t('连不上的时候还在卖货。'),
    DEVICE_CLOCK: t('卖货的时间和收到的时间差得太远。'),
    NIGHT_BULK: t('深夜里付了很多钱。'),
  })[rule];

export const flagWord = (state: Flag['state']): string =>
  ({
    OPEN: t('待判定'),
    DISMISSED: t('没有问题'),
    CONFIRMED: t('属实，已扣除'),
    APPEALED: t('商家申诉，待判定'),
    UPHELD: t('申诉不成立'),
    OVERTURNED: t('申诉成立，已加回'),
  })[state];

export const flagActWord = (act: Flag['steps'][number]['act']): string =>
  ({
    DISMISSED: t('没有问题'),
    CONFIRMED: t('属实，已扣除'),
    APPEALED: t('商家申诉'),
    UPHELD: t('申诉不成立'),
    OVERTURNED: t('申诉成立，已加回'),
  })[act];

export const severityWord = (severity: Flag['severity']): string =>
  ({ NOTICE: t('提醒'), SERIOUS: t('严重') })[severity];

/** What was measured, and against what: thresholds are named as such. */
const NUMBERS: Readonly<Record<string, () => string>> = {
  fen: () => t('金额'),
  ownFen: () => t('我们自己那一笔'),
  boughtFen: () => t('月底前买下'),
  backFen: () => t('之后退回'),
  sales: () => t('笔数'),
  count: () => t('笔数'),
  vends: () => t('一小时卖出'),
  merchants: () => t('商家数'),
  buyers: () => t('买家数'),
  soldG: () => t('这一季卖出'),
  capacityG: () => t('种得出'),
  operatingMinutes: () => t('应营业（分钟）'),
  offlineMinutes: () => t('离线（分钟）'),
  minFen: () => t('起点：金额'),
  min: () => t('起点：买家数'),
  max: () => t('起点：一小时次数'),
  days: () => t('起点：天数'),
  shareBp: () => t('起点：占比'),
  offlineShareBp: () => t('起点：离线占比'),
  aheadMinutes: () => t('起点：快（分钟）'),
  behindDays: () => t('起点：慢（天）'),
  toHour: () => t('起点：几点以前'),
};

export const numberWord = (name: string): string => NUMBERS[name]?.() ?? name;

export function numberText(name: string, value: string): string {
  if (/fen$/i.test(name)) return amountOf(value);
  if (name.endsWith('G')) return weightText(Number(value));
  if (name.endsWith('Bp')) return bpsText(Number(value));
  return countText(Number(value));
}
