import { monotonicFactory } from 'ulid';

/** `ord_01J…`: a prefix that names the noun, then a ULID, so ids sort by time and are made before the write. */
export type IdOf<Prefix extends string> = `${Prefix}_${string}`;

const ulid = monotonicFactory();

export function newId<Prefix extends string>(prefix: Prefix): IdOf<Prefix> {
  return `${prefix}_${ulid()}`;
}

/** True for text that could be an id of this noun; strangers' input is checked with this before it reaches SQL. */
export function isId<Prefix extends string>(prefix: Prefix, text: string): text is IdOf<Prefix> {
  return text.length <= 40 && text.startsWith(`${prefix}_`) && /^[a-z]+_[0-9A-Za-z]+$/.test(text);
}
