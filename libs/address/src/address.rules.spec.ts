import {
  type AddressInput,
  refuseAddress,
  refuseAnother,
  refusePlaces,
  tidyAddress,
} from './address.rules.js';

const ADDRESS: AddressInput = {
  name: '李女士',
  phone: '13900001234',
  countyCode: '430225',
  townshipCode: '430225100',
  provinceCode: '430000',
  cityCode: '430200',
  detail: '井冈路 1 号',
};

const pathsOf = (refusal: { readonly fields: readonly { readonly path: string }[] } | null) =>
  refusal?.fields.map(({ path }) => path) ?? [];

describe('refuseAddress', () => {
  it.each<[string, Partial<AddressInput>, string[]]>([
    ['whole', {}, []],
    ['without a township', { townshipCode: '' }, []],
    ['a landline', { phone: '0731-22881234' }, []],
    ['four-byte characters', { name: '𠮷野🍑', detail: '𠮷'.repeat(60) }, []],
    ['nobody', { name: '  ' }, ['name']],
    ['a long name', { name: '长'.repeat(61) }, ['name']],
    ['no phone', { phone: 'call me' }, ['phone']],
    ['a short county', { countyCode: '4302' }, ['countyCode']],
    ['a village for a township', { townshipCode: '430225209225' }, ['townshipCode']],
    ['nowhere', { detail: ' ' }, ['detail']],
    ['a novel', { detail: '路'.repeat(121) }, ['detail']],
    [
      'nothing right',
      { name: '', phone: '', countyCode: '', detail: '' },
      ['name', 'phone', 'countyCode', 'detail'],
    ],
  ])('%s', (_, changes, paths) => {
    expect(pathsOf(refuseAddress(tidyAddress({ ...ADDRESS, ...changes })))).toEqual(paths);
  });

  it.each([
    ['13900001234', '13900001234'],
    [' 139 0000 1234 ', '13900001234'],
    ['+86 13900001234', '13900001234'],
    ['+86 139-0000-1234', '13900001234'],
    ['139-0000-1234', '13900001234'],
    ['0731-22881234', '0731-22881234'],
    ['１３９００００１２３４', '13900001234'],
    ['(0731)22881234', '073122881234'],
    ['+1 650 555 0100', '+16505550100'],
  ])('%s is dialled %s', (phone, dialled) => {
    expect(tidyAddress({ ...ADDRESS, phone }).phone).toBe(dialled);
  });
});

describe('refusePlaces', () => {
  const inForce = new Map(
    (
      [
        ['430000', 'PROVINCE', null],
        ['430200', 'CITY', '430000'],
        ['430225', 'COUNTY', '430200'],
        ['430225100', 'TOWNSHIP', '430225'],
        ['430224', 'COUNTY', '430200'],
        ['430224101', 'TOWNSHIP', '430224'],
        ['420000', 'PROVINCE', null],
        ['429004', 'COUNTY', '420000'], // Lies in its province directly.
      ] as const
    ).map(([code, level, parentCode]) => [code, { level, parentCode }]),
  );

  it.each<[string, Partial<AddressInput>, string[]]>([
    ['one inside the other', {}, []],
    ['nothing but the county', { townshipCode: '', provinceCode: '', cityCode: '' }, []],
    [
      'a county in its province directly',
      { countyCode: '429004', townshipCode: '', provinceCode: '420000', cityCode: '' },
      [],
    ],
    ['a county that is not on file, or has ended', { countyCode: '430221' }, ['countyCode']],
    ['a city for a county', { countyCode: '430200' }, ['countyCode']],
    ['a township of another county', { townshipCode: '430224101' }, ['townshipCode']],
    ['a township that has ended', { townshipCode: '430225101' }, ['townshipCode']],
    ['a county for a township', { townshipCode: '430224' }, ['townshipCode']],
    ['another province', { provinceCode: '420000' }, ['provinceCode']],
    [
      'another city and township',
      { cityCode: '430100', townshipCode: '430224101' },
      ['cityCode', 'townshipCode'],
    ],
  ])('%s', (_, changes, paths) => {
    expect(pathsOf(refusePlaces({ ...ADDRESS, ...changes }, inForce))).toEqual(paths);
  });
});

describe('refuseAnother', () => {
  it.each([
    [0, null],
    [19, null],
    [20, { code: 'ADDRESS_BOOK_FULL', addressesMax: 20 }],
  ])('with %s in the book', (inBook, refusal) => {
    if (refusal) expect(refuseAnother(inBook)).toMatchObject(refusal);
    else expect(refuseAnother(inBook)).toBeNull();
  });
});
