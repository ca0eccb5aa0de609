import { createHmac } from 'node:crypto';

/** 128 bits: no two of a billion people meet by chance, and a key fits an id's column. */
const BYTES = 16;

/** Widths, spaces and punctuation differ from form to form; the place is the same. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Names for people and places that can be compared and not read: digests under a secret, so that nobody who sees the register can try
 * phone numbers until one fits. The same everywhere, so that one buyer is recognised in two sources. Changing the secret makes strangers
 * of everybody.
 */
export class Pseudonyms {
  constructor(private readonly secret: string) {}

  /** A phone number as `normalisePhone` of identity writes it. */
  ofPhone(phone: string): string {
    return this.digest('phone', phone);
  }

  /** A unified social credit code. */
  ofCreditCode(code: string): string {
    return this.digest('credit', code.toUpperCase());
  }

  /** Where goods went. '' where nothing is said but the county. */
  ofAddress(countyCode: string, address: string): string {
    const place = normalised(address);
    return place === '' ? '' : this.digest('address', `${countyCode}:${place}`);
  }

  /** Of whole documents that hold personal data: the same bytes again are recognised, and nothing can be tried out. */
  ofBytes(bytes: Buffer): Buffer {
    return createHmac('sha256', this.secret).update('bytes:').update(bytes).digest();
  }

  private digest(kind: string, text: string): string {
    return createHmac('sha256', this.secret)
      .update(`${kind}:${text}`)
      .digest()
      .subarray(0, BYTES)
      .toString('base64url');
  }
}
