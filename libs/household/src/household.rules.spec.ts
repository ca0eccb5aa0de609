import { InvalidInputError } from '#libs/kernel';
import {
  HOUSEHOLDS_PER_AGREEMENT_MAX,
  type LinkedHousehold,
  maskName,
  refuseLinked,
} from './household.rules.js';

describe('maskName', () => {
  it.each([
    ['张三', '张*'],
    ['张三丰', '张**'],
    ['欧阳清风', '欧***'],
    ['张', '张*'],
    ['张*', '张*'],
    [' 李四 ', '李*'],
    ['𠮷野家', '𠮷**'],
    ['', ''],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('refuseLinked', () => {
  const of = (suffix: number, weight: number): LinkedHousehold => ({ householdId: `hhd_${suffix}`, weight });
  const one = of(1, 1);

  it.each([
    ['one household', [one]],
    ['a household that waits', [one, of(2, 0)]],
  ])('accepts %s', (_, households) => {
    expect(refuseLinked(households)).toBeNull();
  });

  it.each([
    ['nobody', [], ['households']],
    [
      'too many',
      Array.from({ length: HOUSEHOLDS_PER_AGREEMENT_MAX + 1 }, (_, index) => of(index, 1)),
      ['households'],
    ],
    ['a household twice', [one, one], ['households.1.householdId']],
    ['half a weight', [of(1, 0.5)], ['households.0.weight']],
    ['a negative weight and a repeat', [one, of(1, -1)], ['households.1.householdId', 'households.1.weight']],
    ['weights of zero only', [of(1, 0)], ['households']],
  ])('refuses %s, naming all fields', (_, households, paths) => {
    const refusal = refuseLinked(households);

    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(refusal?.fields.map((field) => field.path)).toEqual(paths);
  });
});
