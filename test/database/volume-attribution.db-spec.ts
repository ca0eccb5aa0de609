import { refused } from '#libs/kernel';
import {
  type VolumeDimension,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
} from '#libs/volume';
import { VolumeRooms, line } from './volume-rooms.js';

const paidAt = new Date('2026-10-30T02:00:00Z');
const receivedAt = new Date('2026-10-31T02:00:00Z');

describe('where a sale belongs', () => {
  let house: VolumeRooms;

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  afterEach(() => house.forget());
  afterAll(() => house.close());

  /** Recognised fen by the members of one dimension. */
  const by = async (
    dimension: VolumeDimension,
    from = '2026-01-01',
    to = '2027-12-31',
  ): Promise<Record<string, bigint>> => {
    const groups = await house.cube.groups({
      from,
      to,
      dimensions: [dimension],
      filters: {},
      scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
    });
    if (refused(groups)) throw new Error(groups.message.en);
    return Object.fromEntries(groups.map(({ members: [member = ''], sums }) => [member, sums.RECOGNISED]));
  };

  it('a seller in Tianyuan, peaches of Yanling, a petrol station in Liling, a consumer in Changsha: one value on each axis', async () => {
    const sale = line('oln_1', 8_800n, {
      sellerCountyCode: '430211',
      originCountyCode: '430225',
      channelKind: 'ZONE',
      channelPointId: 'chp_sinopec',
      saleCountyCode: '430281',
      consumptionCountyCode: '430104',
    });
    await house.record(
      ...factsOfPlaced([sale], paidAt),
      ...factsOfPaid([sale], paidAt),
      ...factsOfReceived([sale], paidAt, receivedAt),
    );
    await house.rollAll();

    expect(await by('SELLER_COUNTY')).toEqual({ '430211': 8_800n });
    expect(await by('ORIGIN_COUNTY')).toEqual({ '430225': 8_800n });
    expect(await by('SALE_COUNTY')).toEqual({ '430281': 8_800n });
    expect(await by('CONSUMPTION_COUNTY')).toEqual({ '430104': 8_800n });
    expect(await by('CHANNEL_POINT')).toEqual({ chp_sinopec: 8_800n });
  });

  it('grapes of Luxi in the pavilion of Zhuzhou: the pavilion says nothing about the origin', async () => {
    const grapes = line('oln_1', 2_000n, { originCountyCode: '433122', saleCountyCode: '430202' });
    await house.record(...factsOfReceived([grapes], paidAt, receivedAt));
    await house.rollAll();

    expect(await by('ORIGIN_COUNTY')).toEqual({ '433122': 2_000n });
    expect(await by('SALE_COUNTY')).toEqual({ '430202': 2_000n });
    expect((await house.ask({}, [], ['430200'])).totals.recognisedFen).toBe(0n);
  });

  it('F9: an order with lines from three counties: each to its own, together the goods of the order', async () => {
    const lines = [
      line('oln_tea', 3_990n, { originCountyCode: '430225' }),
      line('oln_ginger', 2_590n, { originCountyCode: '430224' }),
      line('oln_tofu', 1_290n, { originCountyCode: '430223' }),
    ];
    await house.record(...factsOfReceived(lines, paidAt, receivedAt));
    await house.rollAll();

    const counties = await by('ORIGIN_COUNTY');
    expect(counties).toEqual({ '430225': 3_990n, '430224': 2_590n, '430223': 1_290n });
    expect(Object.values(counties).reduce((sum, fen) => sum + fen, 0n)).toBe(7_870n);
  });

  it('F5: a product that moves to another county after the sale leaves the old facts where they were', async () => {
    await house.record(
      ...factsOfReceived([line('oln_1', 100n, { originCountyCode: '520327' })], paidAt, receivedAt),
    );
    await house.record(
      ...factsOfReceived([line('oln_2', 7n, { originCountyCode: '520328' })], paidAt, receivedAt),
    );
    await house.rollAll();
    await house.rollups.rebuild();

    expect(await by('ORIGIN_COUNTY')).toEqual({ '520327': 100n, '520328': 7n });
  });

  it('F12: a coupon of the platform is a subsidy, and in no other measure', async () => {
    const sale = line('oln_1', 6_870n, { subsidyFen: 1_000n });
    await house.record(...factsOfPaid([sale], paidAt), ...factsOfReceived([sale], paidAt, receivedAt));
    await house.rollAll();

    const total = await house.cube.total({
      from: '2026-10-01',
      to: '2026-10-31',
      dimensions: [],
      filters: {},
      scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
    });
    expect(total).toMatchObject({ PAID: 6_870n, SUBSIDY: 1_000n, RECOGNISED: 6_870n, DECLARED: 0n });
  });

  it('F2: a refund of the next year counts there, and is seen by the month it goes back to', async () => {
    const sale = line('oln_1', 3_483n);
    const refunds = [
      {
        refundId: 'rfd_1',
        lineId: 'oln_1',
        goodsFen: 1_126n,
        quantity: 1,
        settledAt: new Date('2027-01-05T02:00:00Z'),
      },
    ];
    await house.record(
      ...factsOfReceived([sale], paidAt, receivedAt),
      ...factsOfRefunded([sale], paidAt, refunds),
      ...factsOfReversed([sale], paidAt, receivedAt, refunds),
    );
    await house.rollAll();

    expect(await by('YEAR')).toEqual({ '2026-01-01': 3_483n, '2027-01-01': -1_126n });
    expect(await by('MONTH', '2026-10-01', '2026-10-31')).toEqual({ '2026-10-01': 3_483n });
    expect(await by('ORIGINAL_MONTH')).toEqual({ '2026-10-01': 2_357n });
  });
});
