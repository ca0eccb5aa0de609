/** GB 32100-2015: digits and capital letters without I, O, S, V, Z; a character's value is its place here. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const MODULUS = ALPHABET.length;
const BODY_LENGTH = 17;
/** Registering body (2), division (6 digits), organisation (9), check character (1). */
const FORM = /^[1-9A-HJ-NP-RT-UW-Y][1-9A-HJ-NP-RT-UW-Y]\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}$/;

/**
 * The eighteenth character of a unified social credit code: characters weighted by powers of 3 modulo 31, and what is missing
 * to a multiple of 31. Null if the first seventeen are not of the alphabet.
 */
export function creditCodeCheck(body: string): string | null {
  if (body.length !== BODY_LENGTH) return null;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    sum += value * weight;
    weight = (weight * 3) % MODULUS;
  }
  return ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}

export function isCreditCode(code: string): boolean {
  return FORM.test(code) && creditCodeCheck(code.slice(0, BODY_LENGTH)) === code.charAt(BODY_LENGTH);
}
