/** Eleven digits, however a phone fills them in: with blanks, with +86, or as wide as Chinese characters. */
export const tidyPhone = (said: string): string =>
  said
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(?:00)?86(?=1)/, '');

export const isPhone = (phone: string): boolean => /^1[3-9]\d{9}$/.test(phone);
