import { newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeProduct } from '../../make/product.make.js';

const ADDRESS = '{ id name phone county { code name fullName } township { name fullName } detail isDefault }';
const BOOK = `{ addresses ${ADDRESS} }`;
const REFUSALS = '... on InvalidInputError { fields { path } } ... on DomainError { code message }';
const ADD = `mutation ($input: AddressInput!) { addressAdd(input: $input) {
  __typename ... on AddressAddPayload { addressId addresses ${ADDRESS} } ... on AddressBookFullError { addressesMax } ${REFUSALS}
} }`;
const CHANGE = `mutation ($id: ID!, $input: AddressInput!) { addressChange(addressId: $id, input: $input) {
  __typename ... on AddressChangePayload { addresses ${ADDRESS} } ${REFUSALS}
} }`;
const REMOVE = `mutation ($id: ID!) { addressRemove(addressId: $id) { ... on AddressRemovePayload { addresses { detail isDefault } } } }`;
const SET_DEFAULT = `mutation ($id: ID!) { addressDefaultSet(addressId: $id) {
  ... on AddressDefaultSetPayload { addresses { detail isDefault } } } }`;
const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
  __typename ... on OrderPlacePayload { order { id recipient { name phone countyCode county { fullName } address } } } ${REFUSALS}
} }`;

const INPUT = {
  name: '李女士',
  phone: '139 0000 1234',
  countyCode: '430225',
  townshipCode: '430225100',
  provinceCode: '430000',
  cityCode: '430200',
  detail: '井冈路 1 号',
};

interface Shown {
  readonly id: string;
  readonly detail: string;
  readonly isDefault: boolean;
}

let world: World;
let buyer: Client;
let stranger: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(() => {
  buyer = world.client('storefront').as(world.person().token);
  stranger = world.client('storefront').as(world.person().token);
  world.clock.advance(1_000);
});

const book = () => buyer.ask<Shown[]>(BOOK);
const add = async (changes: object = {}) => {
  world.clock.advance(1_000);
  return buyer.ask<{ addressId: string; addresses: Shown[] }>(ADD, { input: { ...INPUT, ...changes } });
};

describe('addressAdd', () => {
  it('puts it into the book, the first as the default', async () => {
    const added = await add();

    expect(added).toMatchObject({
      __typename: 'AddressAddPayload',
      addresses: [
        {
          id: added.addressId,
          name: '李女士',
          phone: '13900001234',
          county: { code: '430225', name: '炎陵县', fullName: '湖南省株洲市炎陵县' },
          township: { name: '霞阳镇', fullName: '湖南省株洲市炎陵县霞阳镇' },
          detail: '井冈路 1 号',
          isDefault: true,
        },
      ],
    });
    await add({ detail: '乡下', townshipCode: null });
    expect(await book()).toMatchObject([
      { detail: '井冈路 1 号', isDefault: true },
      { detail: '乡下', isDefault: false, township: null },
    ]);
  });

  it('answers with the first when asked again, also at once', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => buyer.ask<{ addressId: string }>(ADD, { input: INPUT })),
    );

    expect(new Set(answers.map(({ addressId }) => addressId)).size).toBe(1);
    expect(await book()).toHaveLength(1);
  });

  it('has one default, however many first ones arrive at once', async () => {
    const details = ['甲', '乙', '丙', '丁'];
    await Promise.all(details.map((detail) => buyer.ask(ADD, { input: { ...INPUT, detail } })));

    const shown = await book();
    expect(shown.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(shown).toHaveLength(4);
  });

  it.each([
    ['an unknown county', { countyCode: '430221', townshipCode: null }, ['countyCode']],
    ['a township elsewhere', { townshipCode: '430224100' }, ['townshipCode']],
    ['another province', { provinceCode: '420000' }, ['provinceCode']],
    ['nobody', { name: ' ' }, ['name']],
  ])('refuses %s, and changes nothing', async (_, changes, paths) => {
    expect(await add(changes)).toMatchObject({
      __typename: 'InvalidInputError',
      fields: paths.map((path) => ({ path })),
    });
    expect(await book()).toEqual([]);
  });

  it('is full with twenty, and says so in both languages', async () => {
    for (let no = 1; no <= 20; no += 1) await add({ detail: `${no} 号` });

    expect(await add({ detail: '21 号' })).toMatchObject({ code: 'ADDRESS_BOOK_FULL', addressesMax: 20 });
    const spoken = await buyer.speaking('zh-CN').ask(ADD, { input: { ...INPUT, detail: '21 号' } });
    expect(spoken['message']).toBe('最多保存 20 个收货地址，请先删除不用的地址');
    // What is in it already is still found.
    expect(await add({ detail: '20 号' })).toMatchObject({ __typename: 'AddressAddPayload' });
    expect(await book()).toHaveLength(20);
  });
});

describe('addressChange, addressRemove and addressDefaultSet', () => {
  it('change it, unless the same is in the book already', async () => {
    const { addressId: id } = await add();
    await add({ detail: '乡下' });

    expect(await buyer.ask(CHANGE, { id, input: { ...INPUT, name: '张先生' } })).toMatchObject({
      __typename: 'AddressChangePayload',
      addresses: [{ id, name: '张先生', isDefault: true }, { detail: '乡下' }],
    });
    expect(await buyer.ask(CHANGE, { id, input: { ...INPUT, detail: '乡下' } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'detail' }],
    });
    expect(await book()).toMatchObject([{ id, name: '张先生' }, { detail: '乡下' }]);
  });

  it('move the default, and leave one where it is removed', async () => {
    const { addressId: first } = await add({ detail: '一' });
    await add({ detail: '二' });
    const { addressId: third } = await add({ detail: '三' });

    expect(await buyer.ask(SET_DEFAULT, { id: third })).toMatchObject({
      addresses: [
        { detail: '三', isDefault: true },
        { detail: '二', isDefault: false },
        { detail: '一', isDefault: false },
      ],
    });
    expect(await buyer.ask(REMOVE, { id: third })).toEqual({
      addresses: [
        { detail: '二', isDefault: true },
        { detail: '一', isDefault: false },
      ],
    });
    expect(await buyer.ask(REMOVE, { id: first })).toEqual({
      addresses: [{ detail: '二', isDefault: true }],
    });
    expect(await buyer.codeOf(REMOVE, { id: first })).toBe('NOT_FOUND');
  });

  it("are for one's own book", async () => {
    const { addressId: id } = await add();

    for (const [act, variables] of [
      [CHANGE, { id, input: INPUT }],
      [REMOVE, { id }],
      [SET_DEFAULT, { id }],
    ] as const) {
      expect(await stranger.codeOf(act, variables)).toBe('NOT_FOUND');
      expect(await world.client('storefront').codeOf(act, variables)).toBe('UNAUTHENTICATED');
    }
    expect(await stranger.ask(BOOK)).toEqual([]);
    expect(await book()).toMatchObject([{ id }]);
  });

  it('show the book in two statements, however full it is', async () => {
    await add({ detail: '1 号' });
    const forOne = await countStatements(book);
    for (let no = 2; no <= 12; no += 1) await add({ detail: `${no} 号` });

    // The book and the townships; counties are known.
    expect([forOne, await countStatements(book)]).toEqual([2, 2]);
  });
});

describe('orderPlace to an address', () => {
  const place = async (who: Client, changes: object) => {
    const { variantId } = await makeProduct(world);
    const input = { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }], ...changes };
    return who.ask<{ order?: { recipient: object } }>(PLACE, { input });
  };
  const RECIPIENT = {
    name: '李女士',
    phone: '13900001234',
    countyCode: '430225',
    address: '霞阳镇井冈路 1 号',
  };

  it('takes a copy of it', async () => {
    const { addressId } = await add();

    const placed = await place(buyer, { addressId });
    await buyer.ask(REMOVE, { id: addressId });

    expect(placed.order?.recipient).toEqual({ ...RECIPIENT, county: { fullName: '湖南省株洲市炎陵县' } });
  });

  it('is refused to an address of somebody else, to none and to two', async () => {
    const { addressId } = await add();
    const { variantId } = await makeProduct(world);
    const input = { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }], addressId };

    expect(await stranger.codeOf(PLACE, { input })).toBe('NOT_FOUND');
    for (const changes of [{}, { addressId, recipient: RECIPIENT }])
      expect(await place(buyer, changes)).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'recipient' }],
      });
  });

  it('is refused where the township has been merged into another since', async () => {
    const { addressId } = await add();
    await world.asOwner((tx) =>
      tx.write("UPDATE division SET valid_to = '2020-01-01' WHERE code = '430225100'"),
    );

    const refused = await place(buyer, { addressId });

    await world.asOwner((tx) => tx.write("UPDATE division SET valid_to = NULL WHERE code = '430225100'"));
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'addressId' }] });
  });
});
