import fc from 'fast-check';
import {
  DEFAULT_FREIGHT,
  type FreightTemplate,
  type FreightZone,
  freightOf,
  isSameTemplate,
  provinceOf,
  refuseTemplate,
} from './freight.rules.js';

const zone = (changes: Partial<FreightZone> = {}): FreightZone => ({
  provinceCodes: [],
  isServed: true,
  firstWeightG: 1_000,
  firstFen: 1_000n,
  additionalWeightG: 500,
  additionalFen: 200n,
  ...changes,
});
const FAR: FreightTemplate = {
  version: 3,
  freeFromFen: 20_000n,
  zones: [
    zone(),
    zone({ provinceCodes: ['430000', '420000'], firstFen: 600n, additionalFen: 100n }),
    zone({ provinceCodes: ['540000', '650000'], isServed: false }),
  ],
};

describe('freightOf', () => {
  it.each([
    // goods    freight
    [1n, 800n],
    [9_899n, 800n],
    [9_900n, 0n],
    [9_901n, 0n],
  ])('by default, %s fen of goods travel for %s fen, whatever they weigh', (goodsFen, expected) => {
    for (const weightG of [1, 1_000, 50_000])
      expect(freightOf(DEFAULT_FREIGHT, { goodsFen, weightG, provinceCode: '540000' })).toBe(expected);
  });

  it.each<[string, number, string | null, bigint, bigint | null]>([
    // what                                   g      to       goods    freight
    ['the first weight, elsewhere', 1_000, '110000', 19_999n, 1_000n],
    ['a gram more begins a step', 1_001, '110000', 19_999n, 1_200n],
    ['a step, full', 1_500, '110000', 19_999n, 1_200n],
    ['two steps and a gram', 2_001, '110000', 19_999n, 1_600n],
    ['nearby', 2_001, '430000', 19_999n, 900n],
    ['free', 2_001, '430000', 20_000n, 0n],
    ['not served', 10, '540000', 19_999n, null],
    ['not served, however much it is', 10, '650000', 99_999n, null],
    ['nobody knows where to yet', 1_000, null, 19_999n, 1_000n],
  ])('%s', (_, weightG, provinceCode, goodsFen, expected) => {
    expect(freightOf(FAR, { goodsFen, weightG, provinceCode })).toBe(expected);
  });

  it('takes the first zone that is served where elsewhere is not and nobody knows where to', () => {
    const nearOnly = {
      ...FAR,
      zones: [zone({ isServed: false }), zone({ provinceCodes: ['430000'], firstFen: 7n })],
    };
    expect(freightOf(nearOnly, { goodsFen: 1n, weightG: 1, provinceCode: null })).toBe(7n);
    expect(freightOf(nearOnly, { goodsFen: 1n, weightG: 1, provinceCode: '110000' })).toBeNull();
  });

  it('never costs less for more weight, and never less than nothing', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        const [light, heavy] = [Math.min(a, b), Math.max(a, b)].map((weightG) =>
          freightOf(FAR, { goodsFen: 1n, weightG, provinceCode: '430000' }),
        );
        expect(light ?? -1n).toBeGreaterThanOrEqual(0n);
        expect(heavy ?? -1n).toBeGreaterThanOrEqual(light ?? 0n);
      }),
    );
  });
});

describe('provinceOf', () => {
  it.each([
    ['430225', '430000'],
    ['110101', '110000'],
    ['', null],
    ['4302', null],
  ])('of %s is %s', (countyCode, expected) => {
    expect(provinceOf(countyCode)).toBe(expected);
  });
});

describe('refuseTemplate', () => {
  const pathsOf = (changes: Partial<Parameters<typeof refuseTemplate>[0]>) =>
    refuseTemplate({ basedOn: 0, freeFromFen: null, zones: [zone()], ...changes })?.fields.map(
      ({ path }) => path,
    );

  it('takes what is whole', () => {
    expect(pathsOf({})).toBeUndefined();
    expect(pathsOf({ freeFromFen: 0n, zones: FAR.zones })).toBeUndefined();
  });

  it.each([
    ['no zone', { zones: [] }, ['zones']],
    ['thirty-six zones', { zones: Array.from({ length: 36 }, () => zone()) }, ['zones']],
    ['two elsewheres', { zones: [zone(), zone()] }, ['zones']],
    ['no elsewhere', { zones: [zone({ provinceCodes: ['430000'] })] }, ['zones']],
    ['a province twice', { zones: [zone(), zone({ provinceCodes: ['430000', '430000'] })] }, ['zones']],
    ['nobody served', { zones: [zone({ isServed: false })] }, ['zones']],
    ['a county', { zones: [zone(), zone({ provinceCodes: ['430225'] })] }, ['zones.1.provinceCodes']],
    ['a negative fee', { zones: [zone({ firstFen: -1n })] }, ['zones.0.firstFen']],
    ['a fee beyond all sense', { zones: [zone({ additionalFen: 100_001n })] }, ['zones.0.firstFen']],
    ['no first weight', { zones: [zone({ firstWeightG: 0 })] }, ['zones.0.firstWeightG']],
    ['a fee for no step', { zones: [zone({ additionalWeightG: 0 })] }, ['zones.0.additionalWeightG']],
    ['free from less than nothing', { freeFromFen: -1n }, ['freeFromFen']],
    ['a version below 0', { basedOn: -1 }, ['basedOn']],
  ])('refuses %s', (_, changes, paths) => {
    expect(pathsOf(changes)).toEqual(paths);
  });
});

describe('isSameTemplate', () => {
  it('looks at the content and not at the order of provinces', () => {
    const turned = {
      ...FAR,
      zones: FAR.zones.map((each) => ({ ...each, provinceCodes: [...each.provinceCodes].toReversed() })),
    };
    expect(isSameTemplate(FAR, turned)).toBe(true);
    expect(isSameTemplate(FAR, { ...FAR, freeFromFen: null })).toBe(false);
    expect(isSameTemplate(FAR, DEFAULT_FREIGHT)).toBe(false);
  });
});
