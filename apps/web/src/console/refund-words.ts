import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { BANK_REFUND, UNRETURNED } from './refund.documents.js';

export type BankRefund = NonNullable<ResultOf<typeof BANK_REFUND>['bankRefund']>;
type Unreturned = ResultOf<typeof UNRETURNED>['unreturnedPayments']['nodes'][number];

export const REFUND_STATES = [
  'WAITING',
  'APPROVED',
  'INSTRUCTED',
  'CONFIRMED',
  'REJECTED',
  'RETURNED',
] as const satisfies readonly BankRefund['state'][];

export const refundStateWord = (state: BankRefund['state']): string =>
  ({
    WAITING: t('等同意'),
    APPROVED: t('已同意，等去银行办'),
    INSTRUCTED: t('已去银行办，等回单'),
    CONFIRMED: t('已付到'),
    REJECTED: t('没同意'),
    RETURNED: t('没付到，钱已退回账上'),
  })[state];

export const methodWord = (method: Unreturned['method']): string =>
  ({ ALIPAY: t('支付宝'), WECHAT_PAY: t('微信支付'), CARD: t('银行卡') })[method];
