import { type OfferNow, type SeenOffer, changesOf } from './cart-change.rules.js';

const SEEN: SeenOffer = { unitPriceFen: '5000', bestBeforeOn: '2026-12-31' };
const NOW: OfferNow = {
  unitPriceFen: 5_000n,
  isOnSale: true,
  isPlaceOpen: true,
  wanted: 3,
  available: 100,
  bestBeforeOn: '2026-12-31',
};

describe('changesOf', () => {
  it.each<[string, Partial<SeenOffer>, Partial<OfferNow>, string[]]>([
    ['nothing', {}, {}, []],
    ['a fen more', {}, { unitPriceFen: 5_001n }, ['PRICE_ROSE']],
    ['a fen less', {}, { unitPriceFen: 4_999n }, ['PRICE_FELL']],
    ['nobody remembers the price', { unitPriceFen: null }, { unitPriceFen: 1n }, []],
    ['exactly enough', {}, { available: 3 }, []],
    ['one too few', {}, { available: 2 }, ['FEWER_LEFT']],
    ['none', {}, { available: 0, bestBeforeOn: null }, ['SOLD_OUT']],
    ['the place has closed', {}, { isPlaceOpen: false }, ['PLACE_CLOSED']],
    ['older goods', {}, { bestBeforeOn: '2026-12-30' }, ['BEST_BEFORE_SOONER']],
    ['fresher goods', {}, { bestBeforeOn: '2027-01-01' }, []],
    ['nobody remembers the day', { bestBeforeOn: null }, { bestBeforeOn: '2026-01-01' }, []],
    ['not sold', {}, { isOnSale: false, unitPriceFen: 1n, available: 0, isPlaceOpen: false }, ['OFF_SALE']],
    [
      'all at once',
      {},
      { unitPriceFen: 1n, isPlaceOpen: false, available: 1, bestBeforeOn: '2026-11-30' },
      ['PRICE_FELL', 'PLACE_CLOSED', 'FEWER_LEFT', 'BEST_BEFORE_SOONER'],
    ],
  ])('%s', (_, seen, now, expected) => {
    expect(changesOf({ ...SEEN, ...seen }, { ...NOW, ...now })).toEqual(expected);
  });
});
