import { shelfQueryOf, withSaid } from './shelf-query.js';

describe('the address of a list', () => {
  it.each([
    ['', {}, 'SOLD'],
    ['category=TEA&sort=PRICE_UP', { categoryCode: 'TEA' }, 'PRICE_UP'],
    [
      'county=430225&certified=1&available=1',
      { originCountyCode: '430225', isCertified: true, isAvailable: true },
      'SOLD',
    ],
    ['month=11&channel=COUNTER', { seasonMonth: 11, channelKind: 'COUNTER' }, 'SOLD'],
    ['from=0&to=1999', { priceFromFen: '0', priceToFen: '1999' }, 'SOLD'],
    // What nobody means is not asked for.
    ['month=13&channel=MOON&sort=UGLY', {}, 'SOLD'],
    ['month=x', {}, 'SOLD'],
  ])('%s', (search, filter, sort) => {
    expect(shelfQueryOf(search)).toEqual({ filter, sort });
  });

  it('is changed in one thing at a time', () => {
    expect(withSaid('/products', 'category=TEA', 'sort', 'SOLD')).toBe('/products?category=TEA&sort=SOLD');
    expect(withSaid('/products', 'category=TEA', 'category', null)).toBe('/products');
  });
});
