import { UNKNOWN_ATTRIBUTION, VolumeFactService, VolumeRollupService } from '#libs/volume';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeProduct } from '../../make/product.make.js';

const PUBLIC = `query ($month: Date!) { publicVolume(month: $month) {
  month recognisedFen certifiedFen counties { code name recognisedFen certifiedFen } categories { code name recognisedFen } topProducts } }`;

const MONTH = '2026-09-01';

interface PublicVolume {
  readonly recognisedFen: string | null;
  readonly counties: readonly { readonly code: string; readonly recognisedFen: string | null }[];
}

describe('the public volume', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront'] });
    await makeDivisions(world);
    const peach = await makeProduct(world, { name: '炎陵黄桃' });
    // Six cooperatives of Yanling, five of Chaling, and one of Youxian that nobody may be shown.
    const sold = [
      ...Array.from({ length: 6 }, (_, n) => ['430225', `mer_y${n}`, 1_000n] as const),
      ...Array.from({ length: 5 }, (_, n) => ['430224', `mer_c${n}`, 100n] as const),
      ['430223', 'mer_small', 7n] as const,
    ];
    await world.database.transaction((tx) =>
      world.get(VolumeFactService).record(
        tx,
        sold.map(([originCountyCode, merchantId, recognisedFen], n) => ({
          ...UNKNOWN_ATTRIBUTION,
          factKey: `told:${n}`,
          source: 'PARTNER' as const,
          eventAt: new Date('2026-09-10T04:00:00Z'),
          originDay: '2026-09-10',
          originCountyCode,
          merchantId,
          productId: peach.productId,
          recognisedFen,
          isCertified: n === 0,
        })),
      ),
    );
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
    await world.database.transaction(async (tx) => {
      await tx.write(
        `INSERT INTO volume_month_frozen SELECT month, origin_county_code, product_id, channel_kind, is_certified, ordered_fen, paid_fen, refunded_fen,
           delivered_fen, recognised_fen, certified_fen, subsidy_fen, declared_fen, quantity, weight_g, fact_count FROM volume_month`,
      );
      await tx.insert('volume_close', [
        {
          month: MONTH,
          state: 'LOCKED',
          cutOffOn: '2026-10-03',
          cutOffAt: new Date('2026-10-03T16:00:00Z'),
          reviewUntil: '2026-10-05',
          frozenThrough: '2026-09-30',
          frozenCount: 12,
          frozenRecognisedFen: 6507n,
          recognisedFen: 6507n,
          certifiedFen: 1000n,
          contentHash: '0'.repeat(64),
        },
      ]);
    });
  });
  afterAll(() => world.close());

  const publish = () =>
    world.database.transaction((tx) =>
      tx.write("UPDATE volume_close SET state = 'PUBLISHED' WHERE month = ?", [MONTH]),
    );
  const read = () =>
    world
      .client('storefront')
      .http.get('/graphql/documents/public-volume')
      .query({ variables: JSON.stringify({ month: MONTH }) });

  it('R31 shows nothing of a month before it is published', async () => {
    expect(await world.client('storefront').ask(PUBLIC, { month: MONTH })).toBeNull();
    expect(await world.client('storefront').ask(PUBLIC, { month: '2026-08-01' })).toBeNull();
  });

  it('R31 shows a published month to anybody, small cells suppressed together with the smallest other', async () => {
    await publish();

    const volume = await world
      .client('storefront')
      .speaking('zh-CN')
      .ask<PublicVolume>(PUBLIC, { month: MONTH });

    expect(volume).toEqual({
      month: MONTH,
      recognisedFen: '6507',
      // One cooperative's goods are certified: that is nobody else's business, in the county as in the whole.
      certifiedFen: null,
      counties: [
        { code: '430223', name: expect.any(String), recognisedFen: null, certifiedFen: null },
        { code: '430224', name: '茶陵县', recognisedFen: null, certifiedFen: null },
        { code: '430225', name: '炎陵县', recognisedFen: '6000', certifiedFen: null },
      ],
      // One product has one merchant in the catalogue.
      categories: [{ code: 'FRUIT', name: expect.any(String), recognisedFen: null }],
      topProducts: ['炎陵黄桃'],
    });
    expect(JSON.stringify(volume)).not.toMatch(/mer_|usr_|chp_/);
  });

  it('is a document that caches may keep, with an ETag', async () => {
    await publish();

    const answer = await read();
    expect(answer.status).toBe(200);
    expect(answer.body.data.publicVolume.recognisedFen).toBe('6507');
    const again = await read().set('if-none-match', String(answer.headers['etag']));
    expect(again.status).toBe(304);
  });
});
