import { InvalidInputError } from '#libs/kernel';
import { CartFullError } from './cart.errors.js';
import { LINE_QUANTITY_MAX, ORDER_LINES_MAX } from './order.rules.js';

/** Whatever fits into a cart fits into an order. */
export const CART_LINES_MAX = ORDER_LINES_MAX;

/** Zero takes the line out. */
export function refuseQuantity(quantity: number): InvalidInputError | null {
  if (Number.isInteger(quantity) && quantity >= 0 && quantity <= LINE_QUANTITY_MAX) return null;
  const message = {
    zh: `数量须在 0 到 ${LINE_QUANTITY_MAX} 之间`,
    en: `A quantity lies between 0 and ${LINE_QUANTITY_MAX}.`,
  };
  return new InvalidInputError([{ path: 'quantity', message }]);
}

/** Lines in the cart already may still change when it is full. */
export function refuseLine(linesInCart: number, isInCart: boolean): CartFullError | null {
  return !isInCart && linesInCart >= CART_LINES_MAX ? new CartFullError(CART_LINES_MAX) : null;
}
