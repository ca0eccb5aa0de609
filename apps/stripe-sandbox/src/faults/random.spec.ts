import fc from 'fast-check';
import { SeededRandom } from './random.js';

it('draws the same numbers for the same seed, within their bounds', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [first, second] = [new SeededRandom(seed), new SeededRandom(seed)];
      for (let index = 0; index < 20; index += 1) {
        const drawn = first.next();
        expect(drawn).toBe(second.next());
        expect(drawn >= 0 && drawn < 1).toBe(true);
      }
    }),
  );
  expect(new SeededRandom(1).next()).not.toBe(new SeededRandom(2).next());
});

it('shuffles so that something has moved, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.integer(), fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 8 }), (seed, items) => {
      const shuffled = new SeededRandom(seed).shuffled(items);
      expect(shuffled).not.toEqual(items);
      expect(new Set(shuffled)).toEqual(new Set(items));
      expect(shuffled).toHaveLength(items.length);
    }),
  );
});
