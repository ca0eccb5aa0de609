import { InvalidInputError, newId } from '#libs/kernel';
import { AdoptionAloneError, AdoptionWholeError } from './adoption-order.errors.js';
import { adopting, adoptionOf, adoptionsOf, isStocked, refuseAdopted } from './adoption-order.rules.js';
import type { OfferedLine } from './order.rules.js';

const TERMS = {
  id: 'aof_1',
  merchantId: 'mer_a',
  batchId: 'bat_2027',
  instalments: [
    { offerId: 'aof_1', number: 1, portions: 2, firstOn: '2027-07-20', lastOn: '2027-07-25' },
    { offerId: 'aof_1', number: 2, portions: 3, firstOn: '2027-08-01', lastOn: '2027-08-05' },
  ],
} as const;
const plain = (quantity = 5): OfferedLine => ({
  variantId: 'var_box',
  quantity,
  channelPointId: '',
  variant: {} as OfferedLine['variant'],
  place: {} as OfferedLine['place'],
});
const adopted = (quantity = 5, objectIds: string[] = []) => adopting(plain(quantity), TERMS, objectIds);

describe('refuseAdopted', () => {
  it.each<[string, OfferedLine[], Parameters<typeof refuseAdopted>[1]]>([
    ['what is in stock', [plain()], { handover: 'PICK_UP', paymentTerm: 'ON_ACCOUNT' }],
    ['one object', [adopted()], {}],
    ['the most there may be', [adopted(40)], { paymentTerm: 'PREPAID', handover: 'PARCEL' }],
    ['two that are chosen', [adopted(10)], { adoptionObjectIds: ['aob_1', 'aob_2'] }],
  ])('takes %s', (_what, offered, wish) => {
    expect(refuseAdopted(offered, wish)).toBeNull();
  });

  it.each<[string, OfferedLine[], Parameters<typeof refuseAdopted>[1], unknown]>([
    ['with what is in stock', [adopted(), plain()], {}, AdoptionAloneError],
    ['half an object', [adopted(2)], {}, AdoptionWholeError],
    ['more than there may be', [adopted(45)], {}, AdoptionWholeError],
    ['with fewer objects than are chosen', [adopted()], { adoptionObjectIds: ['a', 'b'] }, InvalidInputError],
    ['one object twice', [adopted(10)], { adoptionObjectIds: ['a', 'a'] }, InvalidInputError],
    ['chosen objects of what is in stock', [plain()], { adoptionObjectIds: ['a'] }, InvalidInputError],
    ['to be picked up', [adopted()], { handover: 'PICK_UP' }, InvalidInputError],
    ['on account', [adopted()], { paymentTerm: 'ON_ACCOUNT' }, InvalidInputError],
  ])('refuses it %s', (_what, offered, wish, expected) => {
    expect(refuseAdopted(offered, wish)).toBeInstanceOf(expected);
  });
});

it('makes one adoption per object and one instalment per line', () => {
  const cut = (line: string, levelId: string, number: number) => ({
    orderLineId: `oln_${line}` as const,
    levelId,
    adopted: { number, firstOn: `202${6 + number}-07-20`, promisedOn: `202${6 + number}-07-25` },
  });
  const order = { id: 'ord_1', placedAt: new Date('2027-03-01T00:00:00Z') } as const;
  const cuts = [cut('a', 'aob_1', 1), cut('b', 'aob_1', 2), cut('c', 'aob_2', 1), cut('d', 'aob_2', 2)];
  const { adoptions, instalments } = adoptionsOf(order, { offerId: 'aof_1' }, cuts, newId);
  expect(adoptions.map(({ objectId, offerId }) => [objectId, offerId])).toEqual([
    ['aob_1', 'aof_1'],
    ['aob_2', 'aof_1'],
  ]);
  expect(instalments.map(({ orderLineId, season, watchOn }) => [orderLineId, season, watchOn])).toEqual([
    ['oln_a', 2027, '2027-07-25'],
    ['oln_b', 2028, '2028-07-25'],
    ['oln_c', 2027, '2027-07-25'],
    ['oln_d', 2028, '2028-07-25'],
  ]);
  expect(new Set(instalments.map(({ adoptionId }) => adoptionId)).size).toBe(2);
  expect(adoptionsOf(order, null, cuts, newId)).toEqual({ adoptions: [], instalments: [] });
});

it('knows what comes out of a warehouse', () => {
  expect([plain(), adopted()].map(isStocked)).toEqual([true, false]);
  expect(adoptionOf([adopted()])?.portions).toBe(5);
  expect(adoptionOf([plain()])).toBeNull();
});
