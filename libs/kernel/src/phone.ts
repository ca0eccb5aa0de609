/** A mobile number, or a landline with its area code: what one can call, however it was typed. */
export function isPhone(text: string): boolean {
  return /^\+?\d[\d-]{6,18}$/.test(text);
}
