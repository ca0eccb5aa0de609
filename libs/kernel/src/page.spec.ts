import fc from 'fast-check';
import { DomainError, InvalidInputError } from './domain-error.js';
import { PAGE_SIZE_MAX, encodeCursor, pageOf, pageRequest } from './page.js';

function faultsOf(request: unknown): string[] {
  return request instanceof InvalidInputError ? request.fields.map(({ path }) => path) : [];
}

it('takes 24 from the start unless told otherwise', () => {
  expect(pageRequest(null, undefined, 2)).toEqual({ first: 24, after: null });
});

it.each([1, PAGE_SIZE_MAX])('takes %p', (first) => {
  expect(pageRequest(first, null, 2)).toEqual({ first, after: null });
});

it.each([0, -1, PAGE_SIZE_MAX + 1, 2 ** 31 - 1])('refuses %p, and says which argument', (first) => {
  expect(faultsOf(pageRequest(first, null, 2))).toEqual(['first']);
});

it('brings back any key it has given out', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (key) => {
      expect(pageRequest(10, encodeCursor(key), key.length)).toEqual({ first: 10, after: key });
    }),
  );
});

it.each([
  ['', 'nothing'],
  ['garbage', 'no base64 of JSON'],
  ['%%%', 'no base64'],
  [Buffer.from('{"a":1}').toString('base64url'), 'an object'],
  [Buffer.from('["only one"]').toString('base64url'), 'too few parts'],
  [Buffer.from('["a","b","c"]').toString('base64url'), 'too many parts'],
  [Buffer.from('[1,2]').toString('base64url'), 'numbers'],
  [Buffer.from('[["a"],null]').toString('base64url'), 'nested parts'],
])('refuses the cursor %j: %s', (after) => {
  expect(faultsOf(pageRequest(10, after, 2))).toEqual(['after']);
});

it('never throws, whatever a stranger sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (after) => {
      const request = pageRequest(10, after, 2);
      expect(request instanceof DomainError || request.after?.length === 2).toBe(true);
    }),
  );
});

describe('a page', () => {
  const keyOf = (row: string) => [row];

  it('knows from one row too many that there is more', () => {
    expect(pageOf(['a', 'b', 'c'], 2, keyOf)).toEqual({
      nodes: ['a', 'b'],
      pageInfo: { hasNextPage: true, endCursor: encodeCursor(['b']) },
    });
  });

  it('is the last one when there is no row too many', () => {
    expect(pageOf(['a', 'b'], 2, keyOf).pageInfo).toEqual({
      hasNextPage: false,
      endCursor: encodeCursor(['b']),
    });
  });

  it('may be empty, and then has no cursor', () => {
    expect(pageOf([], 2, keyOf)).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  it('after page makes the whole, each row once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(10_000), { maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        (numbers, first) => {
          const rows = numbers.map((number) => String(number).padStart(5, '0')).toSorted();
          const seen: string[] = [];
          let after: string | null = null;
          for (let page = 0; page <= rows.length; page += 1) {
            const request = pageRequest(first, after, 1);
            if (request instanceof DomainError) throw new Error(request.code);
            const [from = ''] = request.after ?? [];
            const read = pageOf(rows.filter((row) => row > from).slice(0, first + 1), first, keyOf);
            seen.push(...read.nodes);
            after = read.pageInfo.endCursor;
            if (!read.pageInfo.hasNextPage) break;
          }
          expect(seen).toEqual(rows);
        },
      ),
    );
  });
});
