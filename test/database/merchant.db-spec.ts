import { InvalidInputError, newId } from '#libs/kernel';
import {
  MerchantModule,
  MerchantReader,
  MerchantService,
  MerchantStandingReader,
  MerchantStandingService,
} from '#libs/merchant';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { freshCreditCode, makeMerchant, suspendMerchant } from '../make/merchant.make.js';

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
      licensedUntil: null,
      isSelling: true,
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
    await expect(suspendMerchant(rooms, id)).rejects.toThrow('has only applied');
    await expect(suspendMerchant(rooms, id, 'reinstate')).rejects.toThrow('has only applied');
    await merchants.activate(id);
    states.push(await stateOf());
    await expect(merchants.activate(id)).rejects.toThrow('was not found');
    await suspendMerchant(rooms, id);
    states.push(await stateOf());
    await expect(merchants.activate(id)).rejects.toThrow('was not found');
    await suspendMerchant(rooms, id, 'reinstate');
    states.push(await stateOf());

    expect(states).toEqual(['APPLIED', 'ACTIVE', 'SUSPENDED', 'ACTIVE']);
  });

  it('is suspended once, however often and at once, by whoever answers for its county, with a reason, and that is kept', async () => {
    const { id } = await makeMerchant(rooms);
    const userId = newId('usr');
    const act = (
      name: 'suspend' | 'reinstate',
      scope: readonly string[] | 'ALL' = ['430225'],
      reason = ' 抽检不合格 ',
    ) => rooms.get(MerchantStandingService)[name](id, reason, { userId, scope });
    const written = () =>
      rooms.database.query<{ what: string }>(
        `SELECT name AS what FROM outbox WHERE name LIKE 'merchant.%' AND payload LIKE ?
         UNION ALL SELECT CONCAT('audit ', act) FROM audit_entry WHERE subject = ? ORDER BY what`,
        [`%${id}%`, id],
      );

    for (const scope of [[], ['430224'], ['430300']])
      await expect(act('suspend', scope)).rejects.toThrow('was not found');
    expect(await act('suspend', 'ALL', ' ')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await act('suspend', 'ALL', '由'.repeat(201))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await written()).toEqual([]);

    expect(await Promise.all([act('suspend'), act('suspend', ['430200'])])).toEqual([id, id]);
    const suspensions = () => rooms.get(MerchantStandingReader).suspensionsOf([id]);
    expect(await suspensions()).toMatchObject([{ merchantId: id, reason: '抽检不合格' }]);
    expect(await Promise.all([act('reinstate'), act('reinstate')])).toEqual([id, id]);
    expect(await suspensions()).toEqual([]);
    expect((await written()).map(({ what }) => what)).toEqual([
      'audit merchant.reinstated',
      'audit merchant.suspended',
      'merchant.reinstated',
      'merchant.suspended',
    ]);
  });

  it('is not found under another id', async () => {
    expect(await rooms.get(MerchantReader).byId(newId('mer'))).toBeNull();
    expect(await rooms.get(MerchantReader).byIds([])).toEqual([]);
  });
});
