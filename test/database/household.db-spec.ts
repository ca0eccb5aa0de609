import { HouseholdModule, HouseholdReader, HouseholdService, LinkageReader } from '#libs/household';
import { InvalidInputError, newId } from '#libs/kernel';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { countStatements } from '../harness/statements.js';
import { makeHousehold, makeLinkage } from '../make/household.make.js';

let rooms: Rooms;

beforeAll(async () => {
  rooms = await openRooms(HouseholdModule);
});
afterAll(() => rooms.close());

const householdsOf = async (agreementId: string, at: string) =>
  (await rooms.get(LinkageReader).householdsOf([agreementId], new Date(at))).get(agreementId);

describe('a household', () => {
  it('is kept with its members, and shown under a masked name only', async () => {
    const { id } = await makeHousehold(rooms, {
      headName: '欧阳桂花',
      members: [{ name: '欧阳小花', birthYear: 2009 }],
    });

    expect(await rooms.get(HouseholdReader).byIds([id])).toEqual([
      { id, headName: '欧***', villageCode: '430225209201', kind: 'REGISTERED' },
    ]);
    const members = await rooms.database.query(
      'SELECT name, is_head AS isHead, birth_year AS birthYear FROM household_member WHERE household_id = ? ORDER BY is_head DESC',
      [id],
    );
    expect(members).toEqual([
      { name: '欧阳桂花', isHead: 1, birthYear: null },
      { name: '欧阳小花', isHead: 0, birthYear: 2009 },
    ]);
  });

  it('is not looked for when nobody is asked for', async () => {
    expect(await rooms.get(HouseholdReader).byIds([])).toEqual([]);
  });
});

describe('LinkageReader.householdsOf', () => {
  it('says who receives, and with which weight, in order of id', async () => {
    const { agreement, householdIds } = await makeLinkage(rooms, {
      merchantId: newId('mer'),
      weights: [3, 0, 2],
    });

    expect(await householdsOf(agreement.id, '2026-11-02T02:00:00Z')).toEqual([
      { householdId: householdIds[0], weight: 3 },
      { householdId: householdIds[1], weight: 0 },
      { householdId: householdIds[2], weight: 2 },
    ]);
  });

  it.each([
    // Days begin at 16:00Z.
    ['2026-02-28T15:59:59.999Z', 0],
    ['2026-02-28T16:00:00.000Z', 1],
    ['2026-06-30T15:59:59.999Z', 1],
    ['2026-06-30T16:00:00.000Z', 0],
  ])('keeps to the days of the agreement: at %s %s', async (at, count) => {
    const { agreement } = await makeLinkage(rooms, { merchantId: newId('mer'), startsOn: '2026-03-01' });
    await rooms.get(HouseholdService).end(agreement.id, '2026-07-01');

    expect(await householdsOf(agreement.id, at)).toHaveLength(count);
  });

  it('keeps several agreements apart, in one statement however many there are', async () => {
    const made = [];
    for (const weights of [[1], [2, 3], [4]])
      made.push(await makeLinkage(rooms, { merchantId: newId('mer'), weights }));
    const ids = made.map(({ agreement }) => agreement.id);
    const read = (some: readonly string[]) => () =>
      rooms.get(LinkageReader).householdsOf(some, new Date('2026-11-02T02:00:00Z'));

    const found = await read(ids)();
    expect(ids.map((id) => found.get(id)?.map(({ weight }) => weight))).toEqual([[1], [2, 3], [4]]);
    expect(await countStatements(read(ids))).toBe(1);
    expect(await countStatements(read([]))).toBe(0);
  });

  it('names nobody for an unknown agreement', async () => {
    expect(await householdsOf('lnk_unknown', '2026-11-02T02:00:00Z')).toEqual([]);
  });
});

describe('an agreement', () => {
  it('that is refused leaves nothing behind', async () => {
    const merchantId = newId('mer');

    const refusal = await rooms
      .get(HouseholdService)
      .agree({ merchantId, kind: 'PATRONAGE_REFUND', startsOn: '2026-01-01', households: [] });

    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(
      await rooms.database.query('SELECT id FROM linkage_agreement WHERE merchant_id = ?', [merchantId]),
    ).toEqual([]);
  });

  it('ends once', async () => {
    const { agreement } = await makeLinkage(rooms, { merchantId: newId('mer') });
    await rooms.get(HouseholdService).end(agreement.id, '2026-07-01');

    await expect(rooms.get(HouseholdService).end(agreement.id, '2026-08-01')).rejects.toThrow(
      'was not found',
    );
    expect(await householdsOf(agreement.id, '2026-07-15T00:00:00Z')).toEqual([]);
  });
});
