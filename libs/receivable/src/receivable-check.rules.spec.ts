import fc from 'fast-check';
import { differing, spanOf } from './receivable-check.rules.js';

it.each([
  ['both to their ends', ['a', 'c'], true, ['b'], true, ['a', 'b', 'c'], null],
  ['one goes on: no further than it was read', ['a', 'b'], false, ['a', 'c'], true, ['a', 'b'], 'b'],
  ['the other goes on', ['a', 'd'], true, ['b', 'c'], false, ['a', 'b', 'c'], 'c'],
  ['both go on: to the nearer end', ['a', 'd'], false, ['b', 'c'], false, ['a', 'b', 'c'], 'c'],
  ['nothing at all', [], true, [], true, [], null],
])('%s', (_, ids, isLast, others, isOtherLast, subjects, next) => {
  expect(spanOf({ ids, isLast }, { ids: others, isLast: isOtherLast })).toEqual({ subjects, next });
});

it('piece by piece everything is looked at once, whatever is on which side', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
  fc.assert(
    fc.property(ids, ids, fc.integer({ min: 1, max: 4 }), (one, other, limit) => {
      const spanAfter = (all: readonly string[], after: string) => {
        const rest = all.filter((id) => id > after).toSorted();
        return { ids: rest.slice(0, limit), isLast: rest.length < limit };
      };
      const seen: string[] = [];
      for (let after: string | null = ''; after !== null;) {
        const span: ReturnType<typeof spanOf> = spanOf(spanAfter(one, after), spanAfter(other, after));
        seen.push(...span.subjects);
        after = span.next;
      }
      expect(seen).toEqual([...new Set([...one, ...other])].toSorted());
    }),
  );
});

it('names what differs', () => {
  const pair = (subject: string, keptFen: bigint, foundFen: bigint) => ({ subject, keptFen, foundFen });
  expect(
    differing([pair('a', 1n, 1n), pair('b', 1n, 2n), pair('c', 0n, -1n)]).map(({ subject }) => subject),
  ).toEqual(['b', 'c']);
});
