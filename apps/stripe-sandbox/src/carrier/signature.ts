import { createHmac, timingSafeEqual } from 'node:crypto';

/** As docs/shipping.md says it, written down a second time, so that neither side agrees with its own mistakes. */
export function signedAs(body: string, secret: string, seconds: number): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

/** Whoever asks by an old clock is served: this is a sandbox. */
export function isSigned(body: string, secret: string, signature: string): boolean {
  const seconds = Number(/^t=(\d+),/.exec(signature)?.[1] ?? Number.NaN);
  const [expected, given] = [Buffer.from(signedAs(body, secret, seconds)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
