import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { ORDER, ORDERS } from './order.documents.js';

type ListedOrder = ResultOf<typeof ORDERS>['orders']['nodes'][number];
type Part = Pick<
  NonNullable<ResultOf<typeof ORDER>['order']>['merchantOrders'][number],
  'state' | 'handover'
>;
type PartState = Part['state'];

/** What a cabinet hands out is on no road. */
export function partWord({ state, handover }: Part): string {
  if (handover === 'VEND' && state === 'TO_SHIP') return t('待出货');
  if (handover === 'PICK_UP' && state === 'TO_SHIP') return t('备货中');
  if (handover === 'PICK_UP' && state === 'SHIPPED') return t('待取货');
  if (handover !== 'PARCEL' && (state === 'RECEIVED' || state === 'COMPLETED')) return t('已取货');
  return wordOf(state);
}

const wordOf = (state: PartState): string =>
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
  readonly merchantOrders: readonly Part[];
}): string {
  if (state === 'CANCELLED') return t('已取消');
  if (state === 'PLACED') return depositPaidAt === null ? t('待付款') : t('待付尾款');
  const order: readonly PartState[] = ['TO_SHIP', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED'];
  const slowest = order.flatMap((step) => merchantOrders.find((part) => part.state === step) ?? [])[0];
  return slowest ? partWord(slowest) : t('已取消');
}
