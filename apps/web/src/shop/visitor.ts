import { hadSession } from '../shared/session.js';

/** What this browser remembers of its visitor. Nobody is asked who they are, and no guest begun for them, before they have put something into a cart. */
const CART = 'cart';

export const hasCart = (): boolean => localStorage.getItem(CART) === '1';
export const rememberCart = (): void => localStorage.setItem(CART, '1');

/** Whether there is anything here of theirs that may be asked for. */
export const isKnown = (): boolean => hadSession() || hasCart();
