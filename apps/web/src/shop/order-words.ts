import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { ORDER, ORDERS } from './order.documents.js';

type ListedOrder = ResultOf<typeof ORDERS>['orders']['nodes'][number];
type PartState = NonNullable<ResultOf<typeof ORDER>['order']>['merchantOrders'][number]['state'];

export const partWord = (state: PartState): string =>
  ({
    UNPAID: t('待付款'),
    TO_SHIP: t('待发货'),
    PARTLY_SHIPPED: t('部分发货'),
    SHIPPED: t('已发货'),
    RECEIVED: t('已收货'),
    COMPLETED: t('已完成'),
    CANCELLED: t('已取消'),
  })[state];

/** How an order stands, in a word: as its slowest part does. */
export function orderWord({
  state,
  depositPaidAt,
  merchantOrders,
}: Pick<ListedOrder, 'state' | 'depositPaidAt'> & {
  readonly merchantOrders: readonly { readonly state: PartState }[];
}): string {
  if (state === 'CANCELLED') return t('已取消');
  if (state === 'PLACED') return depositPaidAt === null ? t('待付款') : t('待付尾款');
  const order: readonly PartState[] = ['TO_SHIP', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED'];
  const slowest = order.find((step) => merchantOrders.some((part) => part.state === step));
  return partWord(slowest ?? 'CANCELLED');
}
