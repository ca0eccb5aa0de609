/** Mainland mobile numbers, without the country code. */
const MOBILE = /^1[3-9]\d{9}$/;

/** Eleven digits, however they were typed: with spaces or hyphens, full-width, with +86 or 0086. Null if it is no mobile number. */
export function normalisePhone(text: string): string | null {
  if (text.length > 40) return null;
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\-()]/g, '')
    .replace(/^(\+|00)?86(?=1[3-9]\d{9}$)/, '');
  return MOBILE.test(digits) ? digits : null;
}

/** Whatever is shorter is no mobile number: three digits and four would be all of it, or nearly. */
const MOBILE_LENGTH = 11;

/** 13812345678 → 138****5678: enough for its owner, too little for anyone else. */
export function maskPhone(phone: string): string {
  return phone.length < MOBILE_LENGTH
    ? `****${phone.slice(-2)}`
    : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
