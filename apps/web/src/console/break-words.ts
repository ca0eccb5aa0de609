import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { BREAK, BREAKS } from './break.documents.js';

export type Break = NonNullable<ResultOf<typeof BREAK>['reconciliationBreak']>;
export type BreakRow = ResultOf<typeof BREAKS>['reconciliationBreaks']['nodes'][number];
export type Check = Break['check'];

export const CHECKS = [
  'TRIAL_BALANCE',
  'CLEARING',
  'ORDERS',
  'PROVIDER_MONEY',
  'PROVIDER_STATE',
  'BANK',
  'VOLUME',
  'DELIVERIES',
  'SEALS',
  'SPLITS',
] as const satisfies readonly Check[];

export const checkWord = (check: Check): string =>
  ({
    TRIAL_BALANCE: t('借贷与余额'),
    CLEARING: t('过路账户归零'),
    ORDERS: t('订单与账本'),
    PROVIDER_MONEY: t('支付机构流水与账本'),
    PROVIDER_STATE: t('支付机构状态'),
    BANK: t('付款与银行回盘'),
    VOLUME: t('交易额登记与账本'),
    DELIVERIES: t('系统内消息'),
    SEALS: t('封存'),
    SPLITS: t('分账份额'),
  })[check];

/** What the two sides are that do not say the same: whoever is believed stands first. */
export const sidesOf = (check: Check): readonly [expected: string, actual: string] =>
  ({
    TRIAL_BALANCE: [t('按分录应有'), t('账户里是')] as const,
    CLEARING: [t('了结后应剩'), t('账上还剩')] as const,
    ORDERS: [t('订单和支付应有'), t('账本里是')] as const,
    PROVIDER_MONEY: [t('支付机构流水'), t('账本里是')] as const,
    PROVIDER_STATE: [t('应有'), t('支付机构说')] as const,
    BANK: [t('付款应有'), t('银行说')] as const,
    VOLUME: [t('账本应有'), t('登记里是')] as const,
    DELIVERIES: [t('应送达'), t('没送达')] as const,
    SEALS: [t('应封存'), t('现在是')] as const,
    SPLITS: [t('按分账应有'), t('份额合计')] as const,
  })[check];

export const adviceOf = (check: Check): string =>
  ({
    TRIAL_BALANCE: t(
      '数据库被从外面改过：停止付款，通知平台运营，原样保留数据库。不能说明了就算，错着就会再来。',
    ),
    CLEARING: t('有一半没有记完：看这个订单的凭证，再请平台运营看没送达的消息。'),
    ORDERS: t('先看没送达的消息；都送达了，就做一笔两人签字的账务调整。'),
    PROVIDER_MONEY: t('到支付机构后台查这一笔是什么；账错了就做调整，钱错了在那边退。'),
    PROVIDER_STATE: t('多数会自己好。买家付错的和没退成的钱，在这里退回去。'),
    BANK: t('问银行；要来对的回盘文件，在付款批次里导入。'),
    VOLUME: t('汇总不对请平台运营重算；单笔不对，先看没送达的消息。'),
    DELIVERIES: t('请平台运营看没送达的消息，修好后重发。'),
    SEALS: t('被改过：停止付款，通知平台运营，请审计逐条核验。'),
    SPLITS: t('数据库被从外面改过，或者是我们的错：停止付款，通知平台运营。'),
  })[check];

export const classWord = (kind: Break['class']): string =>
  ({
    MISSING_INTERNAL: t('账上没有'),
    MISSING_EXTERNAL: t('只有账上有'),
    AMOUNT: t('金额不同'),
    DUPLICATE: t('重复'),
    TIMING: t('迟到'),
    UNKNOWN_TYPE: t('没见过的类型'),
    AMOUNT_MISMATCH: t('买家付的金额不对'),
    UNRETURNED: t('该退没退成'),
    REVIEW: t('要人说明'),
    ALTERED: t('被改过'),
  })[kind];

export const breakStateWord = (state: Break['state']): string =>
  ({
    OPEN: t('待处理'),
    ASSIGNED: t('处理中'),
    RESOLVED: t('已处理'),
    AUTO_CLOSED: t('自动核销'),
  })[state];

export const breakActWord = (act: Break['steps'][number]['act']): string =>
  ({
    OPENED: t('发现'),
    CHANGED: t('金额变了'),
    VANISHED: t('不再出现'),
    RETURNED: t('又出现'),
    ASSIGNED: t('认领'),
    NOTED: t('备注'),
    REFUND_REQUESTED: t('申请退回'),
    RESOLVED: t('已处理'),
    AUTO_CLOSED: t('自动核销'),
  })[act];

const DETAILS: Readonly<Record<string, () => string>> = {
  account: () => t('账户'),
  orderId: () => t('订单'),
  paymentId: () => t('支付'),
  refundId: () => t('退款'),
  batchId: () => t('付款批次'),
  what: () => t('是什么'),
  about: () => t('关于'),
  subject: () => t('事由'),
  day: () => t('哪一天'),
  note: () => t('备注'),
  code: () => t('代码'),
  kind: () => t('类型'),
  ours: () => t('我们说'),
  theirs: () => t('对方说'),
  lastError: () => t('最后一次出错'),
  attempts: () => t('试了几次'),
  fileHash: () => t('文件指纹（SHA-256）'),
  resolveBy: () => t('最晚应有结果'),
};

/** What a check has found besides amounts; a name that nobody has put into words is told as the check tells it. */
export const detailWord = (name: string): string => DETAILS[name]?.() ?? name;

/** How long it has stood there. */
export function ageText(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  if (hours >= 48) return t('{n} 天', { n: Math.floor(hours / 24) });
  if (hours >= 1) return t('{n} 小时', { n: hours });
  return t('{n} 分钟', { n: Math.floor(seconds / 60) });
}
