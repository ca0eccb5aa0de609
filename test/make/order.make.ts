import { type IdOf, newId, refused } from '#libs/kernel';
import {
  MerchantOrderReader,
  type MerchantOrderRow,
  type OrderId,
  type OrderInput,
  OrderPlacementService,
  OrderService,
} from '#libs/ordering';
import { type Ground, type MadeProduct, makeProduct } from './product.make.js';

export const RECIPIENT = {
  name: '李女士',
  phone: '13900001234',
  countyCode: '430211',
  address: '泰山路街道 1 号',
};

export interface OrderOptions extends Partial<OrderInput> {
  readonly buyerId?: IdOf<'usr'>;
  readonly quantity?: number;
}

export interface MadeOrder {
  readonly orderId: OrderId;
  readonly buyerId: IdOf<'usr'>;
}

export function orderInput(changes: Partial<OrderInput> = {}): OrderInput {
  return { idempotencyKey: newId('req'), lines: null, recipient: RECIPIENT, totalFen: null, ...changes };
}

/** An order of one product (made for it unless given) by somebody new. */
export async function makeOrder(
  ground: Ground,
  { buyerId = newId('usr'), quantity = 1, ...changes }: OrderOptions = {},
  product?: MadeProduct,
): Promise<MadeOrder> {
  const { variantId } = product ?? (await makeProduct(ground));
  const lines = [{ variantId, quantity, channelPointId: '' }];
  const orderId = await ground.get(OrderPlacementService).place(buyerId, orderInput({ lines, ...changes }));
  if (refused(orderId)) throw new Error(orderId.message.en);
  return { orderId, buyerId };
}

/** The same, paid now. */
export async function makePaidOrder(
  ground: Ground,
  options: OrderOptions = {},
  product?: MadeProduct,
): Promise<MadeOrder> {
  const order = await makeOrder(ground, options, product);
  await pay(ground, order.orderId);
  return order;
}

export function pay(ground: Ground, orderId: OrderId, paymentId = newId('pay')) {
  const payment = { orderId, paymentId, paidAt: ground.clock.now() };
  return ground.database.transaction((tx) => ground.get(OrderService).markPaid(tx, payment));
}

export async function partsOf(ground: Ground, orderId: OrderId): Promise<readonly MerchantOrderRow[]> {
  return ground.get(MerchantOrderReader).ofOrders([orderId]);
}
