import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '#libs/kernel';
import { type RestFinding, type RestedGood, findingOf, unitsGone } from './tray-rest.rules.js';

const honey: RestedGood = { variantId: 'honey', unitG: 520, toleranceG: 10, isPerishable: false };
const tea: RestedGood = { variantId: 'tea', unitG: 140, toleranceG: 3, isPerishable: false };
const peach: RestedGood = { variantId: 'peach', unitG: 300, toleranceG: 15, isPerishable: true };
const tray = (goneG: number, restedMs = HOUR_MS) => ({
  slotCode: 'A1',
  shutG: 6_000,
  nextG: 6_000 - goneG,
  restedMs,
});

describe('a tray behind a shut door', () => {
  it.each<[string, number, number, readonly RestedGood[], RestFinding]>([
    ['has not moved', 0, HOUR_MS, [honey], 'STILL'],
    ['moves as scales do', 6, HOUR_MS, [honey], 'STILL'],
    ['moves more than that within an hour', 8, HOUR_MS, [honey], 'DRIFTED'],
    ['creeps within two days', 25, 2 * DAY_MS, [honey], 'STILL'],
    ['creeps the other way', -25, 2 * DAY_MS, [honey], 'STILL'],
    ['creeps further than anybody leaves it', 40, 30 * DAY_MS, [honey], 'DRIFTED'],
    ['becomes heavier by nothing that stands there', -200, HOUR_MS, [honey], 'DRIFTED'],
    ['was filled, and nobody said so', -1_040, HOUR_MS, [honey], 'FILLED'],
    ['has lost one', 520, HOUR_MS, [honey], 'MISSING'],
    ['has lost two of one kind and one of another', 800, HOUR_MS, [honey, tea], 'MISSING'],
    ['has lost the lightest', 139, HOUR_MS, [honey, tea], 'MISSING'],
    ['has lost more than one weighs, and no number of them', 700, HOUR_MS, [honey], 'MISSING'],
    ['has lost less than one weighs', 300, HOUR_MS, [honey], 'DRIFTED'],
    ['has peaches on it that dry for a day', 100, DAY_MS, [peach], 'DRIED'],
    ['has peaches on it that dry for four days', 390, 4 * DAY_MS, [peach], 'DRIED'],
    ['has lost peaches that did not dry so fast', 310, DAY_MS, [peach], 'MISSING'],
    ['has lost peaches, however long it stood', 900, 60 * DAY_MS, [peach], 'MISSING'],
    ['keeps what does not dry', 100, DAY_MS, [honey], 'DRIFTED'],
    ['is for nothing, and weighs less', 500, HOUR_MS, [], 'DRIFTED'],
  ])('%s', (_, goneG, restedMs, goods, finding) => {
    expect(findingOf(tray(goneG, restedMs), goods)).toBe(finding);
  });

  it('tells how many are gone where one number fits', () => {
    expect(unitsGone(tray(1_040), [honey])).toBe(2);
    expect(unitsGone(tray(660), [honey, tea])).toBe(2);
    expect(unitsGone(tray(700), [honey])).toBeNull();
    expect(unitsGone(tray(520), [honey, { ...honey, variantId: 'jam' }])).toBeNull();
  });

  it('is never said to have lost anything while it became heavier, nor to be still while one of it is gone at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2_000 }), fc.integer({ min: 1, max: 20 }), (unitG, units) => {
        const good = { variantId: 'a', unitG, toleranceG: Math.floor(unitG / 20), isPerishable: false };
        expect(findingOf(tray(units * unitG), [good])).toBe('MISSING');
        expect(['FILLED', 'DRIFTED']).toContain(findingOf(tray(-units * unitG), [good]));
      }),
    );
  });
});
