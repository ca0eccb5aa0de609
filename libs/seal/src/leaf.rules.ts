import { createHash, hash as digest } from 'node:crypto';
import type { Hash } from './merkle.rules.js';
import { HASH_BYTES } from './merkle.rules.js';

/** What a leaf may be made of. Integers come as text: readers of other languages keep them whole. */
export type LeafValue =
  | string
  | boolean
  | undefined
  | readonly LeafValue[]
  | { readonly [key: string]: LeafValue };

export type Leaf = Readonly<Record<string, LeafValue>>;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** By UTF-16 code units, as RFC 8785 wants, which is how JavaScript compares text. */
function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = '';
  for (const [key, each] of Object.entries(value)) {
    if (key < last || !isInOrder(each)) return false;
    last = key;
  }
  return true;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${written(each)}`).join(',')}}`;
}

/** JSON as RFC 8785 writes it: members in order, no blanks, text and numbers as ECMAScript writes them. */
export function canonicalJson(value: Json | Leaf): string {
  // What is in order already, JavaScript writes by itself, and much faster.
  return isInOrder(value) ? JSON.stringify(value) : written(value);
}

/**
 * The one text of a leaf. FROZEN: what has been sealed is hashed again with every verification, so a record of today must be written
 * the same way for ever (`leaf.rules.spec.ts` has the vectors). A column that is added later is left out where it is null, and so
 * leaves old records as they were.
 */
export function leafText(leaf: Leaf): string {
  return canonicalJson(leaf);
}

/** `2026-11-02 02:00:00.123456`, as SQL writes an instant in UTC, is `2026-11-02T02:00:00.123456Z`: no digit is lost. */
export function instantText(sql: string): string {
  return `${sql.replace(' ', 'T')}Z`;
}

/**
 * Stands for what may name a person. The record's id is the salt, so equal words give unequal digests; the leaf shows that the words
 * were not changed, and not what they are.
 */
export function digestText(id: string, words: Json): string {
  return createHash('sha256').update(id).update('\n').update(canonicalJson(words)).digest('hex');
}

/** Before the first leaf. */
export const CHAIN_START: Hash = Buffer.alloc(HASH_BYTES);

/** Each link holds the whole past. */
export function chainHashOf(previous: Hash, leafHash: Hash): Hash {
  return digest('sha256', Buffer.concat([previous, leafHash]), 'buffer');
}
