import { DomainError, InvalidInputError } from './domain-error.js';

/** The largest page anyone may ask for; a list costs what its page costs. */
export const PAGE_SIZE_MAX = 100;

export interface PageRequest {
  readonly first: number;
  readonly after: readonly string[] | null;
}

export interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Keyset cursors: the sort key of the last row, opaque to clients. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decodeCursor(cursor: string, parts: number): readonly string[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string')
      ? key
      : null;
  } catch {
    return null; // Not one of our cursors; the caller answers with a refusal.
  }
}

/** Checks what a client sent; `parts` is the number of columns in the list's sort key. */
export function pageRequest(
  first: number | null | undefined,
  after: string | null | undefined,
  parts: number,
): PageRequest | DomainError {
  const size = first ?? 24;
  if (size < 1 || size > PAGE_SIZE_MAX) {
    const message = {
      zh: `first 须在 1 到 ${PAGE_SIZE_MAX} 之间`,
      en: `first must lie between 1 and ${PAGE_SIZE_MAX}.`,
    };
    return new InvalidInputError([{ path: 'first', message }]);
  }
  if (after === null || after === undefined) return { first: size, after: null };
  const key = decodeCursor(after, parts);
  if (key) return { first: size, after: key };
  return new InvalidInputError([
    {
      path: 'after',
      message: {
        zh: '翻页位置无效，请从第一页重新开始',
        en: 'The cursor is not valid; start from the first page.',
      },
    },
  ]);
}

/** Readers ask for one row more than the page; its presence says whether there is a next page. */
export function pageOf<T>(rows: readonly T[], first: number, keyOf: (row: T) => readonly string[]): Page<T> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : encodeCursor(keyOf(last)),
    },
  };
}
