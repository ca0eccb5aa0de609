import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { MONEY, PAYOUTS, STATEMENT_LINES } from './money.documents.js';
import type { ORDER } from './order.documents.js';

type OrderState = NonNullable<ResultOf<typeof ORDER>['merchantOrder']>['state'];
type Payout = ResultOf<typeof PAYOUTS>['payouts']['nodes'][number];
type Obstacle = NonNullable<ResultOf<typeof MONEY>['payoutOutlook']['obstacle']>;
export type LineKind = ResultOf<typeof STATEMENT_LINES>['statementLines']['nodes'][number]['kind'];

export const orderWord = (state: OrderState): string =>
  ({
    UNPAID: t('等买家付款'),
    TO_SHIP: t('待发货'),
    PARTLY_SHIPPED: t('发了一部分'),
    SHIPPED: t('已发出'),
    RECEIVED: t('已收货'),
    COMPLETED: t('已完成'),
    CANCELLED: t('已取消'),
  })[state];

export const payoutWord = (state: Payout['state']): string =>
  ({
    PLANNED: t('已排上，等着打款'),
    BATCHED: t('已排上，等着打款'),
    SENT: t('银行正在打'),
    PAID: t('已到账'),
    REJECTED: t('没打成，钱还是您的，会再打'),
    RETURNED: t('退回来了，钱还是您的，会再打'),
    CANCELLED: t('已取消'),
  })[state];

/** What stands in the way of the next payout. The account comes first: it is missed before there is money to pay. */
export function obstacleOf({
  bankAccount,
  payoutOutlook,
}: Pick<ResultOf<typeof MONEY>, 'bankAccount' | 'payoutOutlook'>): Obstacle | null {
  if (!bankAccount) return 'NO_ACCOUNT';
  if (bankAccount.state === 'BLOCKED') return 'ACCOUNT_BLOCKED';
  return bankAccount.state === 'UNVERIFIED' ? 'ACCOUNT_UNVERIFIED' : payoutOutlook.obstacle;
}

/** Whether it is the merchant who has to do something. */
export const wantsAccount = (obstacle: Obstacle | null): boolean =>
  obstacle === 'NO_ACCOUNT' || obstacle === 'ACCOUNT_BLOCKED';

/** Why nothing is paid, and what to do about it. */
export const obstacleWord = (obstacle: Obstacle, minimum: string): string =>
  ({
    BELOW_MINIMUM: t('还不到 ¥{amount}，攒够了一起打，不用做什么。', { amount: minimum }),
    NO_ACCOUNT: t('还没有银行账户。先填一个，钱才打得出去。'),
    ACCOUNT_UNVERIFIED: t('银行账户还在核对，平台财务核好了就打。'),
    ACCOUNT_BLOCKED: t('银行账户用不了了，请换一个。'),
    ABOVE_MAXIMUM: t('这一笔超过了上限，请联系平台财务。'),
    NOT_FREE: t('账上的钱暂时动不了，请联系平台财务。'),
  })[obstacle];

export const lineWord = (kind: LineKind): string =>
  ({
    SALE: t('卖货'),
    RELEASE: t('过了售后期，可以打款'),
    REFUND: t('退款扣回'),
    REFUND_FAILED: t('退款没退成，还给您'),
    FEE: t('支付手续费'),
    FEE_RETURNED: t('手续费退回'),
    CLAWBACK: t('补扣以前的退款'),
    DISPUTE: t('买家银行追回'),
    POOL: t('帮扶金'),
    PAYOUT: t('打到银行'),
    PAYOUT_RETURNED: t('银行退回'),
    ADJUSTMENT: t('人工更正'),
    OTHER: t('其他'),
  })[kind];
