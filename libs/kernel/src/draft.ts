import { InvalidInputError } from './domain-error.js';

/** What travels of a form that is typed bit by bit: whatever is left out is null. */
export type Loose<T> = { readonly [K in keyof T]?: T[K] | null };

const KEY = /^[\x21-\x7e]{1,80}$/;

/** By its key a first save is known when it comes again. `path`: where it stands in the input. */
export function refuseKey(key: string, path = 'idempotencyKey'): InvalidInputError | null {
  if (KEY.test(key)) return null;
  const message = {
    zh: 'idempotencyKey 须为 1 到 80 个字符',
    en: 'idempotencyKey has 1 to 80 visible ASCII characters.',
  };
  return new InvalidInputError([{ path, message }]);
}
