import { createHash } from 'node:crypto';
import type { IdOf } from '#libs/kernel';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The start of 2019: everything that is loaded sorts before everything that happens. */
const EPOCH_MS = Date.UTC(2019, 0, 1);

function textOf(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 32n)
    text = CROCKFORD.charAt(Number(rest % 32n)) + text;
  return text;
}

/** `prd_01D03BBF00…`: shaped like our own ids, and always the same for the same thing, so that documents may name it. */
export function seededId<Prefix extends string>(
  prefix: Prefix,
  naturalKey: string,
  atMs = EPOCH_MS,
): IdOf<Prefix> {
  const hash = createHash('sha256').update(`${prefix}:${naturalKey}`).digest('hex').slice(0, 20);
  return `${prefix}_${textOf(BigInt(atMs), 10)}${textOf(BigInt(`0x${hash}`), 16)}`;
}
