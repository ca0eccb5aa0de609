import {
  type PlanInput,
  priceAlready,
  refuseCounting,
  refuseFilling,
  refusePlan,
} from './planogram.rules.js';

const OPERATOR = 'mer_OPERATOR';
const own = { merchantId: OPERATOR, productId: 'prd_1', priceFen: '800', netWeightG: 500, isOnSale: true };
const facts = {
  operatorId: OPERATOR,
  isWeighing: false,
  slots: [
    { code: 'A1', capacity: 10, maxItemG: 1_000 },
    { code: 'A2', capacity: 1, maxItemG: 200 },
  ],
  listed: new Set(['prd_2']),
  heldAbove: new Map<number, bigint>(),
  variants: new Map([
    ['own', own],
    ['listed', { ...own, merchantId: 'mer_OTHER', productId: 'prd_2' }],
    ['foreign', { ...own, merchantId: 'mer_OTHER', productId: 'prd_3' }],
    ['gone', { ...own, isOnSale: false }],
  ]),
};
const plan = (changes: Partial<PlanInput> = {}): PlanInput => ({
  slotCode: 'A1',
  variantId: 'own',
  priceFen: 900n,
  parLevel: 8,
  ...changes,
});
const faultsOf = (...plans: readonly PlanInput[]) =>
  (refusePlan(plans, facts)?.fields ?? []).map(({ path }) => path);

it.each([
  ['nothing at all', [], []],
  ['one’s own goods at any price', [plan({ priceFen: 1n })], []],
  ['what the place shows, at its price or above', [plan({ variantId: 'listed', priceFen: 800n })], []],
  [
    'what the place shows, below its price',
    [plan({ variantId: 'listed', priceFen: 799n })],
    ['slots.0.priceFen'],
  ],
  ['what others sell elsewhere', [plan({ variantId: 'foreign' })], ['slots.0.variantId']],
  ['what is not on sale', [plan({ variantId: 'gone' })], ['slots.0.variantId']],
  ['what nobody knows', [plan({ variantId: 'nothing' })], ['slots.0.variantId']],
  ['a slot that is none', [plan({ slotCode: 'Z9', parLevel: 1 })], ['slots.0.slotCode']],
  ['a slot twice', [plan(), plan()], ['slots.1.slotCode']],
  ['too heavy a thing', [plan({ slotCode: 'A2', parLevel: 1 })], ['slots.0.variantId']],
  ['more than it holds', [plan({ parLevel: 11 })], ['slots.0.parLevel']],
  ['no par level', [plan({ parLevel: 0 })], ['slots.0.parLevel']],
  ['no price', [plan({ priceFen: 0n })], ['slots.0.priceFen']],
  ['too high a price', [plan({ priceFen: 1_000_001n })], ['slots.0.priceFen']],
] as const)('%s', (_, plans, faults) => {
  expect(faultsOf(...plans)).toEqual(faults);
});

it('what a reviewer has to agree to first is refused where it stands', () => {
  const heldAbove = new Map([[1, 1_040n]]);
  const [fault, ...others] =
    refusePlan([plan(), plan({ slotCode: 'A2', variantId: 'own', parLevel: 1, priceFen: 1_041n })], {
      ...facts,
      slots: facts.slots.map((slot) => ({ ...slot, maxItemG: 1_000 })),
      heldAbove,
    })?.fields ?? [];

  expect(fault?.path).toBe('slots.1.priceFen');
  expect(fault?.message.en).toContain('¥10.40');
  expect(others).toEqual([]);
});

it.each([
  ['nowhere', [], 800n],
  ['for less', [['own', 700n]], 800n],
  [
    'for more, in one of two slots',
    [
      ['own', 900n],
      ['own', 850n],
    ],
    900n,
  ],
  ['beside something dearer', [['other', 5_000n]], 800n],
] as const)('what stands in a cabinet %s costs that already', (_, slots, expected) => {
  const before = slots.map(([variantId, priceFen]) => ({ variantId, priceFen }));

  expect(priceAlready({ id: 'own', priceFen: '800' }, before)).toBe(expected);
});

it.each<[string, readonly Partial<PlanInput>[], readonly string[]]>([
  ['one thing that weighs', [{ unitG: 510, toleranceG: 20 }], []],
  [
    'two products on one tray',
    [
      { unitG: 510, toleranceG: 20, parLevel: 4 },
      { unitG: 130, toleranceG: 4, parLevel: 6, variantId: 'listed' },
    ],
    [],
  ],
  [
    'one product twice',
    [
      { unitG: 510, toleranceG: 20, parLevel: 4 },
      { unitG: 260, toleranceG: 9, parLevel: 4 },
    ],
    ['slots.1.variantId'],
  ],
  [
    'more than the tray holds together',
    [
      { unitG: 510, toleranceG: 20, parLevel: 8 },
      { unitG: 130, toleranceG: 4, parLevel: 3, variantId: 'listed' },
    ],
    ['slots.1.parLevel'],
  ],
  ['what nobody has weighed', [{}], ['slots.0.unitG']],
  ['what is too light for the scale', [{ unitG: 19, toleranceG: 1 }], ['slots.0.unitG']],
  ['what is too heavy for the tray', [{ unitG: 1_001, toleranceG: 1 }], ['slots.0.unitG']],
  ['what differs by more than a third', [{ unitG: 300, toleranceG: 101 }], ['slots.0.toleranceG']],
  ['what differs by nobody knows how much', [{ unitG: 300 }], ['slots.0.toleranceG']],
])('a tray that weighs: %s', (_, changes, faults) => {
  const refusal = refusePlan(
    changes.map((change) => plan(change)),
    { ...facts, isWeighing: true },
  );
  expect((refusal?.fields ?? []).map(({ path }) => path)).toEqual(faults);
});

it('what comes out of a lane weighs nothing here', () => {
  expect(faultsOf(plan({ unitG: 510, toleranceG: 20 }))).toEqual(['slots.0.unitG']);
});

it.each([
  [1, 'n-1', null, []],
  [1, 'n-1', '2026-11-26', []],
  [1, 'n-1', '2026-11-25', ['batchId']],
  [0, 'n-1', null, ['quantity']],
  [1.5, '', null, ['causeKey', 'quantity']],
] as const)('filling %s under "%s", good until %s', (quantity, causeKey, bestBeforeOn, faults) => {
  const refusal = refuseFilling({ quantity, causeKey }, bestBeforeOn, '2026-11-26');
  expect((refusal?.fields ?? []).map(({ path }) => path)).toEqual(faults);
});

it.each([
  ['nothing there', [], []],
  [
    'a full slot',
    [
      ['b1', 4],
      ['b2', 6],
    ],
    [],
  ],
  ['more than fits', [['b1', 11]], ['batches']],
  [
    'a batch twice',
    [
      ['b1', 1],
      ['b1', 1],
    ],
    ['batches'],
  ],
  ['less than nothing', [['b1', -1]], ['batches.0.quantity']],
] as const)('counting %s', (_, found, faults) => {
  const refusal = refuseCounting(
    found.map(([batchId, quantity]) => ({ batchId, quantity })),
    'n-1',
    10,
  );
  expect((refusal?.fields ?? []).map(({ path }) => path)).toEqual(faults);
});
