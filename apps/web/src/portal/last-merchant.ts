const MERCHANT = 'merchant';

/** Of several merchants, the one that was looked at last. */
export const lastMerchant = (): string | null => localStorage.getItem(MERCHANT);
export const rememberMerchant = (id: string): void => localStorage.setItem(MERCHANT, id);
