import fc from 'fast-check';
import { NOISE_G, type Tray, type TrayGood, combinationsOf, judgeWeights } from './tray-weight.rules.js';

const peach: TrayGood = { variantId: 'peach', unitG: 510, toleranceG: 20 };
const tea: TrayGood = { variantId: 'tea', unitG: 137, toleranceG: 4 };
const jam: TrayGood = { variantId: 'jam', unitG: 505, toleranceG: 20 };
const goodsOn = new Map([
  ['A1', [peach]],
  ['A2', [peach, tea]],
  ['A3', [peach, jam]],
  ['B1', [tea]],
]);
const tray = (slotCode: string, takenG: number, more: Partial<Tray> = {}): Tray => ({
  slotCode,
  beforeG: 5_000,
  afterG: 5_000 - takenG,
  isSettled: true,
  ...more,
});
const judge = (trays: readonly Tray[], drifting: readonly string[] = []) =>
  judgeWeights(trays, goodsOn, new Set(drifting));
const one = (variantId: string, quantity: number, slotCode: string) => ({ slotCode, variantId, quantity });

describe('what was taken, by weight', () => {
  it.each<[string, Tray, readonly object[], string | null]>([
    ['nothing', tray('A1', 0), [], null],
    ['a scale that moves a little', tray('A1', NOISE_G), [], null],
    ['one', tray('A1', 510), [one('peach', 1, 'A1')], null],
    ['one that is light', tray('A1', 490), [one('peach', 1, 'A1')], null],
    ['one that is heavy', tray('A1', 530), [one('peach', 1, 'A1')], null],
    ['one that is too light for it', tray('A1', 480), [], 'NO_MATCH'],
    ['three', tray('A1', 1_545), [one('peach', 3, 'A1')], null],
    ['two kinds from one tray', tray('A2', 784), [one('peach', 1, 'A2'), one('tea', 2, 'A2')], null],
    ['one of two that weigh alike', tray('A3', 507), [], 'SEVERAL'],
    ['half a thing', tray('A1', 200), [], 'NO_MATCH'],
    ['something from a tray that is for nothing', tray('Z9', 510), [], 'UNPLANNED'],
    ['something put in', tray('A1', -300), [], 'ADDED'],
    ['a scale that did not come to rest', tray('A1', 510, { isSettled: false }), [], 'UNSETTLED'],
  ])('%s', (_, weighed, taken, doubt) => {
    const judged = judge([weighed]);
    expect(judged.taken).toEqual(taken);
    expect(judged.doubts.map((each) => each.doubt)).toEqual(doubt === null ? [] : [doubt]);
  });

  it('of a scale that cannot be believed is for a person, unless it has not moved', () => {
    expect(judge([tray('A1', 510)], ['A1'])).toMatchObject({ taken: [], doubts: [{ doubt: 'DRIFTING' }] });
    expect(judge([tray('A1', 2), tray('B1', 137)], ['A1'])).toMatchObject({
      taken: [one('tea', 1, 'B1')],
      doubts: [],
    });
  });

  it('and put back on another tray was not taken', () => {
    expect(judge([tray('A1', 1_020), tray('B1', -512)])).toEqual({
      taken: [one('peach', 1, 'A1')],
      doubts: [],
      misplaced: [one('peach', 1, 'A1')],
    });
    expect(judge([tray('A1', 510), tray('B1', -510)])).toMatchObject({ taken: [], doubts: [] });
    // Heavier than anything that was taken: a stranger's thing.
    expect(judge([tray('A1', 510), tray('B1', -800)])).toMatchObject({
      taken: [one('peach', 1, 'A1')],
      doubts: [{ slotCode: 'B1', doubt: 'ADDED' }],
    });
    // From two trays the same: nobody knows whose it is, and it is one of them either way.
    expect(judge([tray('A1', 510), tray('A2', 510), tray('B1', -510)])).toMatchObject({
      doubts: [{ slotCode: 'B1', doubt: 'ADDED' }],
    });
  });

  it('of more light things than anybody can tell apart is for a person', () => {
    const light = Array.from({ length: 6 }, (_, index) => ({
      variantId: `v${index}`,
      unitG: 20 + index,
      toleranceG: 2,
    }));
    expect(combinationsOf(1_000, light).length).toBeGreaterThan(1);
  });

  it('is never more than weighs so, and whatever one honest buyer takes of goods that differ enough is recognised', () => {
    const goods = fc
      .uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 })
      // So far apart that no number of one weighs like any number of another.
      .map((places) =>
        places.map((place, index): TrayGood => ({
          variantId: `v${place}`,
          unitG: 100 * 60 ** index + place * 3,
          toleranceG: 2,
        })),
      );
    fc.assert(
      fc.property(
        goods,
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: -2, max: 2 }),
        (standing, counts, noise) => {
          const chosen = standing.map((good, index) => ({ ...good, quantity: counts[index] ?? 0 }));
          const grams = chosen.reduce((sum, { unitG, quantity }) => sum + unitG * quantity, 0) + noise;
          const { taken, doubts } = judgeWeights([tray('A1', grams)], new Map([['A1', standing]]));
          const expected = chosen
            .filter(({ quantity }) => quantity > 0)
            .map(({ variantId, quantity }) => one(variantId, quantity, 'A1'));
          expect({ taken, doubts }).toEqual({ taken: expected, doubts: [] });
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            variantId: fc.constantFrom('a', 'b', 'c'),
            unitG: fc.integer({ min: 20, max: 900 }),
            toleranceG: fc.integer({ min: 0, max: 8 }),
          }),
          { maxLength: 3 },
        ),
        fc.array(fc.integer({ min: -2_000, max: 2_000 }), { minLength: 1, maxLength: 3 }),
        (standing, changes) => {
          const trays = changes.map((grams, index) => tray(`T${index}`, grams));
          const on = new Map(trays.map(({ slotCode }) => [slotCode, standing]));
          const { taken, misplaced } = judgeWeights(trays, on);
          for (const [index, grams] of changes.entries()) {
            const units = [...taken, ...misplaced].filter(({ slotCode }) => slotCode === `T${index}`);
            const lightest = units.reduce((sum, { variantId, quantity }) => {
              const least = Math.min(
                ...standing
                  .filter((good) => good.variantId === variantId)
                  .map((good) => good.unitG - good.toleranceG),
              );
              return sum + least * quantity;
            }, 0);
            expect(lightest).toBeLessThanOrEqual(Math.max(0, grams) + NOISE_G);
          }
        },
      ),
    );
  });
});
