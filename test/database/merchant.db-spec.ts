import { InvalidInputError, newId } from '#libs/kernel';
import { MerchantModule, MerchantReader, MerchantService } from '#libs/merchant';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { freshCreditCode, makeMerchant } from '../make/merchant.make.js';

let rooms: Rooms;

beforeAll(async () => {
  rooms = await openRooms(MerchantModule);
  await fillPool(rooms.database);
});
afterAll(() => rooms.close());

describe('a merchant', () => {
  it('is shown without contacts', async () => {
    const { id } = await makeMerchant(rooms, { townshipCode: '430225100' });

    expect(await rooms.get(MerchantReader).byId(id)).toEqual({
      id,
      name: '炎陵县霞阳黄桃专业合作社',
      kind: 'COOPERATIVE',
      countyCode: '430225',
      townshipCode: '430225100',
      state: 'ACTIVE',
    });
  });

  it('is registered once per credit code, also when two apply at once', async () => {
    const creditCode = freshCreditCode();

    const answers = await Promise.allSettled([1, 2, 3].map(() => makeMerchant(rooms, { creditCode })));

    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: 'A merchant with this credit code is already registered.' },
    });
  });

  it('is refused with a wrong credit code, and nothing is kept', async () => {
    const facts = {
      countyCode: '430225',
      townshipCode: null,
      contactName: '张桂花',
      contactPhone: '13973312345',
    };

    const refusal = await rooms
      .get(MerchantService)
      .apply({ ...facts, kind: 'FAMILY_FARM', name: '没有代码的农场', creditCode: '91350100M000100Y44' });

    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(await rooms.database.query('SELECT id FROM merchant WHERE name = ?', ['没有代码的农场'])).toEqual(
      [],
    );
  });

  it('goes from application to active, is suspended and comes back, and nothing else', async () => {
    const merchants = rooms.get(MerchantService);
    const { id } = await makeMerchant(rooms, { isActive: false });
    const stateOf = async () => (await rooms.get(MerchantReader).byId(id))?.state;

    const states = [await stateOf()];
    await expect(merchants.suspend(id)).rejects.toThrow('was not found');
    await merchants.activate(id);
    states.push(await stateOf());
    await expect(merchants.activate(id)).rejects.toThrow('was not found');
    await merchants.suspend(id);
    states.push(await stateOf());
    await merchants.activate(id);
    states.push(await stateOf());

    expect(states).toEqual(['APPLIED', 'ACTIVE', 'SUSPENDED', 'ACTIVE']);
  });

  it('is not found under another id', async () => {
    expect(await rooms.get(MerchantReader).byId(newId('mer'))).toBeNull();
    expect(await rooms.get(MerchantReader).byIds([])).toEqual([]);
  });
});
