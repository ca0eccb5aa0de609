/** What this browser remembers of whoever has signed in; the session itself is in cookies that no script can read. */
const SESSION = 'session';
const PHONE = 'phone';

export const hadSession = (): boolean => localStorage.getItem(SESSION) === '1';
export const rememberSession = (isThere: boolean): void => localStorage.setItem(SESSION, isThere ? '1' : '');

/** Nobody types eleven digits twice. */
export const lastPhone = (): string => localStorage.getItem(PHONE) ?? '';
export const rememberPhone = (phone: string): void => localStorage.setItem(PHONE, phone);
