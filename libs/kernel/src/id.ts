import { encodeTime, monotonicFactory } from 'ulid';

/** `ord_01J…`: a prefix that names the noun, then a ULID, so ids sort by time and are made before the write. */
export type IdOf<Prefix extends string> = `${Prefix}_${string}`;

/** Random bytes by the thousand: an id takes them one by one, and asking the system for each would cost more than the rest of it. */
const bytes = new Uint8Array(4_096);
let used = bytes.length;

function fraction(): number {
  if (used === bytes.length) {
    crypto.getRandomValues(bytes);
    used = 0;
  }
  const byte = bytes[used] ?? 0;
  used += 1;
  return byte / 256;
}

const ulid = monotonicFactory(fraction);

export function newId<Prefix extends string>(prefix: Prefix): IdOf<Prefix> {
  return `${prefix}_${ulid()}`;
}

/** True for text that could be an id of this noun; strangers' input is checked with this before it reaches SQL. */
export function isId<Prefix extends string>(prefix: Prefix, text: string): text is IdOf<Prefix> {
  return text.length <= 40 && text.startsWith(`${prefix}_`) && /^[a-z]+_[0-9A-Za-z]+$/.test(text);
}

/** The least id of a noun that can have been made at an instant: ids begin with their time. */
export function leastIdAt<Prefix extends string>(prefix: Prefix, instant: Date): IdOf<Prefix> {
  return `${prefix}_${encodeTime(Math.max(0, instant.getTime()), 10)}${'0'.repeat(16)}`;
}
