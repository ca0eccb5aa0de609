/**
 * What this browser remembers of its visitor; the session itself is in cookies that no script can read. Nobody is asked who they are,
 * and no guest begun for them, before they have put something into a cart.
 */
const CART = 'cart';
const SESSION = 'session';

export const hasCart = (): boolean => localStorage.getItem(CART) === '1';
export const rememberCart = (): void => localStorage.setItem(CART, '1');

export const hadSession = (): boolean => localStorage.getItem(SESSION) === '1';
export const rememberSession = (isThere: boolean): void => localStorage.setItem(SESSION, isThere ? '1' : '');

/** Whether there is anything here of theirs that may be asked for. */
export const isKnown = (): boolean => hadSession() || hasCart();
