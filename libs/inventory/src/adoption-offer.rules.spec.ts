import {
  type AdoptionOfferWish,
  pickObjects,
  portionsOf,
  refuseAdoptionOffer,
} from './adoption-offer.rules.js';

const NOW = new Date('2027-03-01T04:00:00Z');

const wish: AdoptionOfferWish = {
  variantId: 'var_box',
  likeBatchId: 'bat_2026',
  objectKind: 'TREE',
  story: '霞阳镇山上的二十年老树',
  objects: [{ tag: 'A-001', place: '东坡第一排' }, { tag: '东坡2' }],
  instalments: [
    { portions: 2, firstOn: '2027-07-20', lastOn: '2027-07-25' },
    { portions: 3, firstOn: '2027-08-01', lastOn: '2027-08-05' },
  ],
  ordersOpenAt: new Date('2027-03-01T00:00:00Z'),
  ordersCloseAt: new Date('2027-06-01T00:00:00Z'),
};
const window = (firstOn: string, lastOn: string, portions = 2) => ({ firstOn, lastOn, portions });

it('takes an offer of two trees in two instalments', () => {
  expect(refuseAdoptionOffer(wish, NOW)).toBeNull();
  expect(portionsOf(wish.instalments)).toBe(5);
});

it.each<[string, Partial<AdoptionOfferWish>, string]>([
  ['without a story', { story: '  ' }, 'story'],
  ['with too long a story', { story: '桃'.repeat(1_001) }, 'story'],
  ['without an object', { objects: [] }, 'objects'],
  ['with the same number twice', { objects: [{ tag: 'A1' }, { tag: 'a1' }] }, 'objects'],
  ['with a number that is none', { objects: [{ tag: 'A 1' }] }, 'objects.0.tag'],
  ['with a number of a wide digit', { objects: [{ tag: '１' }] }, 'objects.0.tag'],
  ['with a number of four bytes', { objects: [{ tag: '𠮷' }] }, 'objects.0.tag'],
  ['with a number too long', { objects: [{ tag: '1'.repeat(21) }] }, 'objects.0.tag'],
  ['with too long a place', { objects: [{ tag: '1', place: '坡'.repeat(101) }] }, 'objects.0.place'],
  ['without an instalment', { instalments: [] }, 'instalments'],
  [
    'with an empty instalment',
    { instalments: [window('2027-07-20', '2027-07-25', 0)] },
    'instalments.0.portions',
  ],
  ['with too many portions', { instalments: [window('2027-07-20', '2027-07-25', 100)] }, 'instalments'],
  ['that begins today', { instalments: [window('2027-03-01', '2027-07-25')] }, 'instalments.0.firstOn'],
  [
    'that ends before it begins',
    { instalments: [window('2027-07-20', '2027-07-19')] },
    'instalments.0.lastOn',
  ],
  ['that takes too long', { instalments: [window('2027-07-01', '2027-08-01')] }, 'instalments.0.lastOn'],
  ['too far away', { instalments: [window('2029-03-01', '2029-03-02')] }, 'instalments.0.lastOn'],
  [
    'whose instalments overlap',
    { instalments: [window('2027-07-20', '2027-07-25'), window('2027-07-25', '2027-07-30')] },
    'instalments.1.firstOn',
  ],
  ['that closes before it opens', { ordersCloseAt: wish.ordersOpenAt }, 'ordersCloseAt'],
  [
    'that closes after the first peaches',
    { ordersCloseAt: new Date('2027-07-21T00:00:00Z') },
    'ordersCloseAt',
  ],
])('refuses an offer %s', (_what, changes, path) => {
  const refusal = refuseAdoptionOffer({ ...wish, ...changes }, NOW);
  expect(refusal?.fields.map((field) => field.path)).toContain(path);
});

it.each<[string, number, string[], string[] | null]>([
  ['the first by number', 1, [], ['aob_2']],
  ['the first two', 2, [], ['aob_2', 'aob_9']],
  ['what is chosen', 1, ['aob_10'], ['aob_10']],
  ['nothing where one of the chosen has gone', 2, ['aob_10', 'aob_gone'], null],
  ['nothing where there are not so many', 4, [], null],
  ['nothing for nothing', 0, [], null],
])('picks %s', (_what, count, chosen, expected) => {
  const free = ['A-10', 'A-2', 'A-9'].map((tag) => ({ id: `aob_${tag.slice(2)}`, offerId: 'aof_1', tag }));
  expect(pickObjects(free, { count, chosen })?.map(({ id }) => id) ?? null).toEqual(expected);
});
