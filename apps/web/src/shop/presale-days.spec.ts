import { daysFor, depositOf, promisedOf } from './presale-days.js';

const product = {
  variants: [
    { id: 'var_5', netWeightG: 5_000 },
    { id: 'var_2', netWeightG: 2_500 },
    { id: 'var_other', netWeightG: 500 },
  ],
  presales: [
    {
      id: 'psl_1',
      variantIds: ['var_5', 'var_2'],
      takesOrders: true,
      firstOn: '2027-07-20',
      lastOn: '2027-07-23',
      days: [
        { day: '2027-07-21', freeG: 6_000 },
        { day: '2027-07-23', freeG: 20_000 },
      ],
    },
  ],
};
const wants = (variantId: string, quantity: number) => ({ variantId, quantity });

it.each([
  ['what fits soonest', [wants('var_5', 1)], null, '21 23', '2027-07-21'],
  ['more than the soonest has room for', [wants('var_5', 2)], null, '23', '2027-07-23'],
  ['not before a later day', [wants('var_2', 1)], '2027-07-22', '21 23', '2027-07-23'],
  ['together on one day', [wants('var_5', 1), wants('var_2', 1)], null, '23', '2027-07-23'],
  ['more than any day has room for', [wants('var_5', 5)], null, '', null],
  ['what is in stock', [wants('var_other', 1)], null, '', null],
])('%s', (_what, wanted, notBefore, free, promised) => {
  const days = daysFor(product, wanted, '2027-07-01');

  expect(days.flatMap(({ day, isFree }) => (isFree ? day.slice(-2) : [])).join(' ')).toBe(free);
  expect(promisedOf(days, notBefore)).toBe(promised);
});

it('shows days without room, and none that are over', () => {
  const of = (tomorrow: string) => daysFor(product, [wants('var_2', 1)], tomorrow).map(({ units }) => units);

  expect(of('2027-07-01')).toEqual([0, 2, 0, 8]);
  expect(of('2027-07-22')).toEqual([0, 8]);
});

it('cuts a price as the service does', () => {
  expect(depositOf('8805', 1_000)).toEqual({ nowFen: '880', laterFen: '7925' });
});
