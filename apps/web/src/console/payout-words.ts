import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { BATCH, PAYOUTS } from './payout.documents.js';

export type Batch = ResultOf<typeof BATCH>['payoutBatch'];
export type Payout = ResultOf<typeof PAYOUTS>['payouts']['nodes'][number];
export type BankAnswer = ResultOf<typeof BATCH>['payoutImports'][number];

export const batchStateWord = (state: Batch['state']): string =>
  ({
    AWAITING_APPROVAL: t('等审批'),
    APPROVED: t('已批准，等导出文件'),
    REJECTED: t('已退回'),
    EXPORTED: t('文件已导出，等银行回盘'),
    SENDING: t('正在转账'),
    VOID_REQUESTED: t('申请作废，等审批'),
    VOIDED: t('已作废'),
    CLOSED: t('已办结'),
  })[state];

export const payoutStateWord = (state: Payout['state']): string =>
  ({
    PLANNED: t('待入批'),
    BATCHED: t('在批次里'),
    SENT: t('已发出，等结果'),
    PAID: t('已付到'),
    REJECTED: t('被拒付'),
    RETURNED: t('付后退回'),
    CANCELLED: t('已取消'),
  })[state];

export const payeeKindWord = (kind: Payout['payeeKind']): string =>
  ({ MERCHANT: t('商家'), HOUSEHOLD: t('农户'), OPERATOR: t('专柜运营方'), FUND: t('帮扶基金') })[kind];

export const methodWord = (method: Batch['method']): string =>
  ({ BANK: t('银行文件'), STRIPE: t('支付机构转账') })[method];

export const breakWord = (code: NonNullable<BankAnswer['breakCode']>): string =>
  ({
    UNREADABLE: t('读不出来'),
    WRONG_BATCH: t('不是这一批的'),
    CONTROL_TOTALS: t('合计对不上'),
    UNKNOWN_LINE: t('有不认识的行'),
    LINE_TWICE: t('一行出现两次'),
    AMOUNT_DIFFERS: t('金额不同'),
    CONTRADICTION: t('前后矛盾'),
  })[code];
