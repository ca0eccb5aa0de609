import { ChannelModule, ChannelPointReader, ChannelPointService } from '#libs/channel';
import { InvalidInputError, newId } from '#libs/kernel';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { makePavilion } from '../make/channel-point.make.js';

let rooms: Rooms;

beforeAll(async () => {
  rooms = await openRooms(ChannelModule);
  await fillPool(rooms.database);
});
afterAll(() => rooms.close());

describe('the curated range of a point', () => {
  const [first, second, third] = [newId('prd'), newId('prd'), newId('prd')];
  const listed = (id: string) => rooms.get(ChannelPointReader).productIdsOf(id);

  it('keeps the order in which it was given, and is replaced as a whole', async () => {
    const { id } = await makePavilion(rooms);

    await rooms.get(ChannelPointService).curate(id, [third, first]);
    const before = await listed(id);
    await rooms.get(ChannelPointService).curate(id, [first, second, third]);

    expect(before).toEqual([third, first]);
    expect(await listed(id)).toEqual([first, second, third]);
  });

  it('may be emptied', async () => {
    const { id } = await makePavilion(rooms);
    await rooms.get(ChannelPointService).curate(id, [first]);

    await rooms.get(ChannelPointService).curate(id, []);

    expect(await listed(id)).toEqual([]);
  });

  it('stays as it is when a new one is refused', async () => {
    const { id } = await makePavilion(rooms);
    await rooms.get(ChannelPointService).curate(id, [first]);

    const refusal = await rooms.get(ChannelPointService).curate(id, [second, second]);

    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(await listed(id)).toEqual([first]);
  });

  it('is one of two that are given at once, never a mixture', async () => {
    const { id } = await makePavilion(rooms);
    const ranges = [[first, second], [third]];

    await Promise.all(ranges.map((range) => rooms.get(ChannelPointService).curate(id, range)));

    expect(ranges).toContainEqual(await listed(id));
  });

  it('belongs to a point that exists', async () => {
    await expect(rooms.get(ChannelPointService).curate(newId('chp'), [first])).rejects.toThrow(
      'was not found',
    );
  });
});

describe('a point', () => {
  it('is still known to old orders after it was suspended, and shows nothing any more', async () => {
    const [{ id }, productId] = [await makePavilion(rooms), newId('prd')];
    await rooms.get(ChannelPointService).curate(id, [productId]);
    const shownBefore = await rooms.get(ChannelPointReader).productIdsOf(id);
    await rooms.get(ChannelPointService).suspend(id);

    expect(await rooms.get(ChannelPointReader).byId(id)).toMatchObject({
      id,
      state: 'SUSPENDED',
      longitude: 113.773,
    });
    expect(await rooms.get(ChannelPointReader).openById(id)).toBeNull();
    expect(shownBefore).toEqual([productId]);
    expect(await rooms.get(ChannelPointReader).productIdsOf(id)).toEqual([]);
    await expect(rooms.get(ChannelPointService).suspend(id)).rejects.toThrow('was not found');
  });

  it('is refused without what its kind needs', async () => {
    await expect(makePavilion(rooms, { ownerKind: null })).rejects.toThrow(
      'A point of kind PAVILION needs this.',
    );
  });
});
