import { InvalidInputError, fen } from '#libs/kernel';
import type { ListingContent, ListingVariant } from './product-listing.entity.js';
import {
  firstFault,
  type PlacedListing,
  changeOf,
  contentOf,
  copyOf,
  differencesOf,
  placeListing,
  pricesAsked,
  refuseOrigin,
  refuseReason,
  refuseSize,
} from './product-listing.rules.js';

const variant = (changes: Partial<ListingVariant> = {}): ListingVariant => ({
  variantId: null,
  name: '5 斤装',
  grade: 'FIRST',
  netWeightG: 2_500,
  priceFen: '8800',
  ...changes,
});
const content = (changes: Partial<ListingContent> = {}): ListingContent => ({
  kindCode: 'YELLOW_PEACH',
  categoryCode: null,
  name: '平乐黄桃',
  description: '晚熟黄桃',
  originCountyCode: '430225',
  isPerishable: true,
  seasonFrom: 7,
  seasonTo: 8,
  variants: [variant()],
  photoIds: ['fil_1'],
  note: null,
  ...changes,
});
const finds = {
  kinds: new Map([['YELLOW_PEACH', 'FRESH_FRUIT']]),
  categories: new Set(['FRESH_FRUIT', 'TEA']),
  counties: new Set(['430225']),
  variants: new Set(['var_1']),
};
const faultsOf = (changes: Partial<ListingContent>) => {
  const placed = placeListing(content(changes), finds);
  return placed instanceof InvalidInputError
    ? placed.fields.map(({ path }) => path.replace('content.', ''))
    : [];
};

it.each<[string, Partial<ListingContent>, readonly string[]]>([
  ['all that is needed', {}, []],
  ['a category where it is of no kind', { kindCode: null, categoryCode: 'TEA' }, []],
  ['neither kind nor category', { kindCode: null }, ['categoryCode']],
  ['a kind that is none', { kindCode: 'MOON', categoryCode: 'TEA' }, ['kindCode']],
  ['sold all year', { seasonFrom: null, seasonTo: null }, []],
  ['half a season', { seasonTo: null }, ['seasonFrom']],
  ['a name that nobody sees', { name: ' \u200B' }, ['name']],
  ['too long a name', { name: '桃'.repeat(121) }, ['name']],
  ['nothing to be read of it', { description: '' }, ['description']],
  ['from nowhere', { originCountyCode: '430200' }, ['originCountyCode']],
  ['fresh or not, nobody knows', { isPerishable: null }, ['isPerishable']],
  ['no photo', { photoIds: [] }, ['photoIds']],
  ['nothing to buy', { variants: [] }, ['variants']],
  ['a box of no weight', { variants: [variant({ netWeightG: null })] }, ['variants.0.netWeightG']],
  ['a box for nothing', { variants: [variant({ priceFen: '0' })] }, ['variants.0.priceFen']],
  ['a box for less than nothing', { variants: [variant({ priceFen: '-1' })] }, ['variants.0.priceFen']],
  ['a box without a name', { variants: [variant({ name: null })] }, ['variants.0.name']],
  ['one that is on sale', { variants: [variant({ variantId: 'var_1' })] }, []],
  ['one that is not', { variants: [variant({ variantId: 'var_2' })] }, ['variants.0.variantId']],
  [
    'one twice',
    { variants: [variant({ variantId: 'var_1' }), variant({ variantId: 'var_1' })] },
    ['variants.1.variantId'],
  ],
  ['too long a note', { note: '长'.repeat(501) }, ['note']],
])('hands in %s', (_, changes, faults) => {
  expect(faultsOf(changes)).toEqual(faults);
});

it('keeps what fits, complete or not, and says what does not', () => {
  expect(refuseSize(contentOf({ variants: [] }))).toBeNull();
  const faults = refuseSize(
    content({
      description: '长'.repeat(4_001),
      variants: Array.from({ length: 21 }, () => variant()),
      photoIds: Array.from({ length: 10 }, (_, index) => `fil_${index}`),
    }),
  )?.fields.map(({ path }) => path);
  expect(faults).toEqual(['content.description', 'content.variants', 'content.photoIds']);
});

it('is the same text for the same typing, each photo once', () => {
  const typed = contentOf({ name: '桃', variants: [{ priceFen: 8_800n }], photoIds: ['fil_1', 'fil_1'] });

  expect(typed).toEqual({
    kindCode: null,
    categoryCode: null,
    name: '桃',
    description: null,
    originCountyCode: null,
    isPerishable: null,
    seasonFrom: null,
    seasonTo: null,
    variants: [{ variantId: null, name: null, grade: null, netWeightG: null, priceFen: '8800' }],
    photoIds: ['fil_1'],
    note: null,
  });
});

describe('what differs', () => {
  const base = content({
    categoryCode: 'FRESH_FRUIT',
    variants: [variant({ variantId: 'var_1' }), variant({ variantId: 'var_2', name: '10 斤装' })],
  });

  it('is nothing where nothing was changed, whatever the note says and who names the category', () => {
    expect(differencesOf(base, { ...base, note: '请看', categoryCode: null })).toEqual([]);
  });

  it('is everything of new goods', () => {
    expect(differencesOf(null, content()).map(({ path }) => path)).toEqual([
      'kindCode',
      'name',
      'description',
      'originCountyCode',
      'isPerishable',
      'seasonFrom',
      'seasonTo',
      'variants.0.name',
      'variants.0.grade',
      'variants.0.netWeightG',
      'variants.0.priceFen',
      'photoIds',
    ]);
  });

  it('is told field by field, by whoever is changed, new, or gone', () => {
    const changed = content({
      ...base,
      name: '黄桃',
      photoIds: ['fil_2', 'fil_1'],
      variants: [variant({ variantId: 'var_1', priceFen: '9000' }), variant({ name: null, grade: null })],
    });

    expect(differencesOf(base, changed)).toEqual([
      { path: 'name', before: '平乐黄桃', after: '黄桃' },
      { path: 'variants.var_1.priceFen', before: '8800', after: '9000' },
      { path: 'variants.1.netWeightG', before: null, after: '2500' },
      { path: 'variants.1.priceFen', before: null, after: '8800' },
      { path: 'variants.var_2.name', before: '10 斤装', after: null },
      { path: 'variants.var_2.grade', before: 'FIRST', after: null },
      { path: 'variants.var_2.netWeightG', before: '2500', after: null },
      { path: 'variants.var_2.priceFen', before: '8800', after: null },
      { path: 'photoIds', before: 'fil_1', after: 'fil_2 fil_1' },
    ]);
  });

  it('and nothing else, is what becomes otherwise', () => {
    const changed = content({
      ...base,
      name: '黄桃',
      variants: [variant({ variantId: 'var_1', netWeightG: 2_600 }), variant({ name: '8.5 斤装' })],
    });
    const placed = placeListing(changed, finds) as PlacedListing;

    expect(changeOf(base, changed, placed)).toEqual({
      name: '黄桃',
      variants: [{ id: 'var_1', netWeightG: 2_600 }],
      added: [{ name: '8.5 斤装', grade: 'FIRST', netWeightG: 2_500, priceFen: fen(8_800) }],
      removedIds: ['var_2'],
    });
  });
});

it.each<[string, Partial<ListingVariant>, string | null, bigint | null]>([
  ['what it costs already', { variantId: 'var_1' }, 'YELLOW_PEACH', 8_800n],
  ['nothing where it is new', {}, 'YELLOW_PEACH', null],
  ['nothing of another grade', { variantId: 'var_1', grade: 'EXTRA' }, 'YELLOW_PEACH', null],
  ['nothing of another kind', { variantId: 'var_1' }, null, null],
])('a price is asked beside %s', (_, changes, kindCode, expected) => {
  const base = content({ variants: [variant({ variantId: 'var_1' })] });
  const { variants } = placeListing(
    content({ variants: [variant({ ...changes, priceFen: '9900' })] }),
    finds,
  ) as PlacedListing;
  const [asked] = pricesAsked(base, { kindCode, variants });

  expect([asked?.priceFen, asked?.live?.priceFen ?? null]).toEqual([9_900n, expected]);
});

it('copies everything but what has to be one’s own', () => {
  const copied = copyOf(content({ note: '请看', variants: [variant({ variantId: 'var_1' })] }));

  expect(copied).toEqual(content({ photoIds: [], note: null, variants: [variant()] }));
});

it.each([
  ['', ['reason']],
  [' 好 ', ['reason']],
  ['\u200B\u200B\u200B', ['reason']],
  ['逐个套网装盒', []],
  ['长'.repeat(501), ['reason']],
])('a reason says something (%#)', (reason, faults) => {
  expect((refuseReason(reason, 'reason')?.fields ?? []).map(({ path }) => path)).toEqual(faults);
});

it.each([
  ['', [{ path: 'content.photoIds', message: '照片看不清' }], '照片看不清'],
  ['请补充产地', [], '请补充产地'],
  ['请补充产地', [{ path: 'content.name', message: '名称不对' }], '名称不对'],
  ['长'.repeat(30), [], '长'.repeat(30)],
  ['长'.repeat(31), [], `${'长'.repeat(29)}…`],
])('the first thing to mend of %j and %j: %j', (reason, fields, said) => {
  expect(firstFault({ reason, fields })).toBe(said);
});

it.each([
  ['the same county, certified', '430225', '430225', true, []],
  ['another county, not certified', '430225', '430224', false, []],
  ['another county, certified', '430225', '430224', true, ['content.originCountyCode']],
] as const)('%s: from %s to %s (%s)', (_, before, after, isCertified, paths) => {
  const refusal = refuseOrigin({ originCountyCode: before }, { originCountyCode: after }, isCertified);

  expect((refusal?.fields ?? []).map(({ path }) => path)).toEqual(paths);
});
