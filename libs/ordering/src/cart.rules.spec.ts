import { CART_LINES_MAX, refuseLine, refuseQuantity } from './cart.rules.js';

describe('refuseQuantity', () => {
  it.each([
    [0, true],
    [1, true],
    [999, true],
    [1_000, false],
    [-1, false],
    [1.5, false],
  ])('%s: %s', (quantity, isFine) => {
    expect(refuseQuantity(quantity) === null).toBe(isFine);
  });
});

describe('refuseLine', () => {
  it.each([
    // in the cart         is one of them  fine
    [0, false, true],
    [CART_LINES_MAX - 1, false, true],
    [CART_LINES_MAX, false, false],
    [CART_LINES_MAX, true, true],
  ])('with %s lines, being one of them %s: %s', (count, isInCart, isFine) => {
    expect(refuseLine(count, isInCart) === null).toBe(isFine);
  });
});
