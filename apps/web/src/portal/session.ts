/** What this phone remembers of whoever works with it; the session itself is in cookies that no script can read. */
const SESSION = 'session';
const PHONE = 'phone';
const MERCHANT = 'merchant';

export const hadSession = (): boolean => localStorage.getItem(SESSION) === '1';
export const rememberSession = (isThere: boolean): void => localStorage.setItem(SESSION, isThere ? '1' : '');

/** Nobody types eleven digits twice. */
export const lastPhone = (): string => localStorage.getItem(PHONE) ?? '';
export const rememberPhone = (phone: string): void => localStorage.setItem(PHONE, phone);

/** Of several merchants, the one that was looked at last. */
export const lastMerchant = (): string | null => localStorage.getItem(MERCHANT);
export const rememberMerchant = (id: string): void => localStorage.setItem(MERCHANT, id);
