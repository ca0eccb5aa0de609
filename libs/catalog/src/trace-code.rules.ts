/** Digits and capitals that no printer and no eye mixes up: without 0, I, L, O and U. Thirty-one, a prime: one wrong letter and two that have changed places are always noticed. */
const ALPHABET = '123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SIGNS = ALPHABET.length;

/** 31 to the tenth: whoever tries a million codes finds one of a million batches once in eight hundred times. */
const BODY_LENGTH = 10;
const CODE_LENGTH = BODY_LENGTH + 1;

/** Each place counts once more than the one before it. */
function checkOf(body: string): string {
  const sum = Array.from(body).reduce(
    (total, sign, place) => total + ALPHABET.indexOf(sign) * (place + 2),
    0,
  );
  return ALPHABET.charAt(sum % SIGNS);
}

/** Short enough to be typed, and not to be guessed; `random` answers a whole number below what it is given. */
export function newTraceCode(random: (below: number) => number): string {
  const body = Array.from({ length: BODY_LENGTH }, () => ALPHABET.charAt(random(SIGNS))).join('');
  return body + checkOf(body);
}

/**
 * What somebody who has typed or scanned it may mean, best first: in capitals, and without the blanks and dashes that make it easy to read. Codes of earlier
 * harvests have dashes of their own. Empty for what is no code of ours whatever is on file.
 */
export function traceCodesMeant(typed: string): string[] {
  const plain = typed.normalize('NFKC').trim().toUpperCase();
  if (!/^[A-Z0-9 -]{1,40}$/.test(plain)) return [];
  const bare = plain.replace(/[ -]/g, '').replace(/[IL]/g, '1');
  const isOurs =
    bare.length === CODE_LENGTH &&
    Array.from(bare).every((sign) => ALPHABET.includes(sign)) &&
    checkOf(bare.slice(0, BODY_LENGTH)) === bare.slice(BODY_LENGTH);
  return isOurs && bare !== plain ? [bare, plain] : [plain];
}
