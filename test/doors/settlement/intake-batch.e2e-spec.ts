import { PartnerService } from '#libs/intake';
import { MINUTE_MS, newId, plus } from '#libs/kernel';
import { VolumeReader, VolumeRollupService } from '#libs/volume';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { MadePartner, reversalRow, saleRow } from '../../make/partner.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../../make/product.make.js';
import { VOLUME_TABLES } from '../../database/volume-rooms.js';

let world: World;
let partner: MadePartner;
let peach: MadeProduct;
let numbers = 0;

beforeAll(async () => {
  world = await World.start({ services: ['settlement'] });
  await makeDivisions(world);
  peach = await makeProduct(world, { name: '炎陵黄桃' });
  await makeCertification(world, peach.productId);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00.000Z');
  partner = await MadePartner.of(world);
  await world.asOwner(async (tx) => {
    for (const table of [...VOLUME_TABLES, 'invoice_use', 'suspected_duplicate', 'counter_day'])
      await tx.write(`DELETE FROM ${table}`);
  });
});

const batch = (rows: readonly object[], more: object = {}) => {
  numbers += 1;
  return { batchNo: `B-${numbers}`, kind: 'SALE', rows, ...more };
};
const measures = async (filter: object = {}) => {
  while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
  const report = await world
    .get(VolumeReader)
    .report({ from: '2026-01-01', to: '2026-12-31', ...filter }, [], 'ALL');
  if (!('totals' in report)) throw new Error(report.message.en);
  return report.totals;
};

describe('POST /intake/batches', () => {
  it('counts what a partner has sold, each measure on its own day, and answers row by row', async () => {
    const sent = batch([
      saleRow({ traceCode: peach.batchIds[0] }),
      saleRow({ lineNo: '2', amountFen: '100', originCountyCode: '999999' }),
      reversalRow(),
    ]);

    const { status, body } = await partner.send(sent);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      rowCount: 3,
      acceptedCount: 2,
      rejectedCount: 1,
      heldCount: 0,
      repeatedCount: 0,
    });
    expect(body.rows).toEqual([
      {
        row: 1,
        outcome: 'REJECTED',
        reasons: [{ field: 'originCountyCode', code: 'NOT_FOUND', message: expect.any(String) }],
      },
    ]);
    expect(await measures()).toMatchObject({
      orderedFen: 44_000n,
      paidFen: 44_000n,
      refundedFen: 8_800n,
      deliveredFen: 44_000n,
      recognisedFen: 35_200n,
      certifiedFen: 35_200n,
      quantity: 4,
      weightG: 10_000,
    });
    expect(await measures({ from: '2026-11-01', to: '2026-11-01' })).toMatchObject({
      recognisedFen: 44_000n,
    });
    const facts = await world.database.query<Record<string, string>>(
      `SELECT DISTINCT source, source_system AS sourceSystem, source_order_no AS orderNo, product_id AS productId,
         merchant_id AS merchantId, seller_county_code AS sellerCountyCode FROM volume_fact`,
    );
    expect(facts).toEqual([
      {
        source: 'PARTNER',
        sourceSystem: partner.code,
        orderNo: 'A-1',
        productId: peach.productId,
        merchantId: peach.merchantId,
        sellerCountyCode: '430225',
      },
    ]);
  });

  it('counts the same batch once, however often it is sent, also at once', async () => {
    const sent = batch([saleRow()]);

    const answers = await Promise.all([1, 2, 3, 4].map(() => partner.send(sent)));
    world.clock.advance(MINUTE_MS);
    const later = await partner.send(sent);

    for (const { status, body } of [...answers, later]) {
      expect(status).toBe(200);
      expect(body).toEqual(later.body);
    }
    expect(await measures()).toMatchObject({ recognisedFen: 44_000n });
  });

  it('refuses other content under a number that was used', async () => {
    const sent = batch([saleRow()]);
    await partner.send(sent);

    const { status, body } = await partner.send({ ...sent, rows: [saleRow({ amountFen: '1' })] });

    expect([status, body.code]).toEqual([409, 'BATCH_REUSED']);
    expect(await measures()).toMatchObject({ recognisedFen: 44_000n });
  });

  it('counts a line once over all batches, and says so when it is told differently', async () => {
    await partner.send(batch([saleRow()]));

    const { body } = await partner.send(
      batch([saleRow(), saleRow({ amountFen: '99' }), saleRow({ lineNo: '2' }), saleRow({ lineNo: '2' })]),
    );

    expect(body).toMatchObject({ acceptedCount: 1, repeatedCount: 2, rejectedCount: 1 });
    expect(body.rows[1].reasons).toMatchObject([{ code: 'IDENTITY_REUSED' }]);
    expect(await measures()).toMatchObject({ recognisedFen: 88_000n });
  });

  it('lets two partners use the same numbers', async () => {
    const other = await MadePartner.of(world);
    const sent = batch([saleRow()]);

    await partner.send(sent);
    const { body } = await other.send(sent);

    expect(body).toMatchObject({ acceptedCount: 1 });
  });

  it.each<[string, object, string, string]>([
    ['a number that is no text', { amountFen: 44_000 }, 'amountFen', 'WRONG_TYPE'],
    ['nothing', { amountFen: '0' }, 'amountFen', 'OUT_OF_RANGE'],
    ['a negative amount', { amountFen: '-5' }, 'amountFen', 'WRONG_TYPE'],
    ['a part of a box', { quantity: 1.5 }, 'quantity', 'WRONG_TYPE'],
    ['no proof of payment', { paymentRef: undefined }, 'paymentRef', 'REQUIRED'],
    ['an unknown channel', { channelKind: 'TELEPATHY' }, 'channelKind', 'UNKNOWN_WORD'],
    ['a time without offset', { paidAt: '2026-11-01T10:00:00' }, 'paidAt', 'WRONG_TYPE'],
    ['tomorrow', { deliveredAt: '2026-11-03T10:00:00+08:00' }, 'deliveredAt', 'IN_FUTURE'],
    ['long ago', { paidAt: '2025-01-01T10:00:00+08:00' }, 'paidAt', 'TOO_OLD'],
    ['delivery before payment', { paidAt: '2026-11-01T19:00:00+08:00' }, 'deliveredAt', 'BEFORE_PAYMENT'],
    ['a box nobody knows', { traceCode: 'TY-0' }, 'traceCode', 'NOT_FOUND'],
    ['a product nobody knows', { productId: 'prd_none' }, 'productId', 'NOT_FOUND'],
    ['a counter nobody knows', { channelPointId: 'chp_none' }, 'channelPointId', 'NOT_FOUND'],
    ['a phone that is none', { buyerPhone: '12345' }, 'buyerPhone', 'WRONG_TYPE'],
    ['a field of its own', { colour: 'red' }, 'colour', 'UNEXPECTED'],
    ['letters from elsewhere', { orderNo: '订单一' }, 'orderNo', 'WRONG_TYPE'],
  ])('rejects %s, and takes the rest', async (_, changes, field, code) => {
    const { body } = await partner.send(batch([saleRow(changes), saleRow({ lineNo: '9' })]));

    expect(body).toMatchObject({ acceptedCount: 1, rejectedCount: 1 });
    expect(body.rows).toMatchObject([{ row: 0, outcome: 'REJECTED', reasons: [{ field, code }] }]);
    expect(await measures()).toMatchObject({ recognisedFen: 44_000n });
  });

  it.each<[string, object, string]>([
    ['no number', { batchNo: '' }, 'batchNo'],
    ['an unknown kind', { kind: 'PROMISE' }, 'kind'],
    ['a promise about today', { completeThrough: '2026-11-02' }, 'completeThrough'],
    ['no list', { rows: {} }, 'rows'],
    ['too many rows', { rows: Array.from({ length: 5_001 }, () => 1) }, 'rows'],
    ['a field of its own', { colour: 'red' }, 'colour'],
  ])('takes nothing from an envelope with %s', async (_, changes, path) => {
    const { status, body } = await partner.send(batch([saleRow()], changes));

    expect([status, body.code, body.fields[0].path]).toEqual([422, 'INVALID_INPUT', path]);
    expect(await measures()).toMatchObject({ recognisedFen: 0n });
  });

  it('takes off what goes back, never more than there was', async () => {
    await partner.send(batch([saleRow()]));

    const { body } = await partner.send(
      batch([
        reversalRow({ reversalNo: 'R-1', amountFen: '40000' }),
        reversalRow({ reversalNo: 'R-2', amountFen: '4001' }),
        reversalRow({ reversalNo: 'R-3', amountFen: '4000', quantity: 5 }),
        reversalRow({ reversalNo: 'R-4', amountFen: '4000', quantity: 4 }),
        reversalRow({ reversalNo: 'R-5', lineNo: '77' }),
        reversalRow({ reversalNo: 'R-6', reversedAt: '2026-10-31T09:00:00+08:00' }),
      ]),
    );

    expect(
      body.rows.map(
        ({
          row,
          reasons: [{ field, code }],
        }: {
          row: number;
          reasons: [{ field: string; code: string }];
        }) => [row, field, code],
      ),
    ).toEqual([
      [1, 'amountFen', 'EXCEEDS_SALE'],
      [2, 'quantity', 'EXCEEDS_SALE'],
      [4, 'lineNo', 'NOT_FOUND'],
      [5, 'reversedAt', 'BEFORE_PAYMENT'],
    ]);
    expect(await measures()).toMatchObject({ recognisedFen: 0n, refundedFen: 44_000n, quantity: 0 });
  });

  it('counts an e-invoice for one sale only, whoever shows it', async () => {
    const other = await MadePartner.of(world);
    const sales = [partner, other].map((each) =>
      each.send(batch([saleRow({ invoiceNo: '26430000000000000001' })])),
    );

    const bodies = (await Promise.all(sales)).map(({ body }) => body);

    expect(bodies.map(({ acceptedCount }) => acceptedCount).toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(bodies.find(({ acceptedCount }) => acceptedCount === 0)?.rows).toMatchObject([
      { outcome: 'REJECTED', reasons: [{ field: 'invoiceNo', code: 'INVOICE_USED' }] },
    ]);
    expect(await measures()).toMatchObject({ recognisedFen: 44_000n });
  });

  it('knows how far a feed is complete, and which rows come late', async () => {
    await partner.send(batch([saleRow()], { completeThrough: '2026-11-01' }));

    const { body } = await partner.send(batch([saleRow({ lineNo: '2' })], { completeThrough: '2026-10-31' }));

    expect(body).toMatchObject({ lateCount: 1, acceptedCount: 1 });
    world.clock.set('2026-11-05T02:00:00.000Z');
    const admin = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
    const { nodes } = await world
      .client('settlement')
      .as(admin.token)
      .ask<{ nodes: { code: string; feeds: object[] }[] }>(
        '{ partners(first: 100) { nodes { code feeds { kind completeThrough daysLate lateRowCount } } } }',
      );
    expect(nodes.find(({ code }) => code === partner.code)?.feeds).toEqual([
      { kind: 'SALE', completeThrough: '2026-11-01', daysLate: 3, lateRowCount: 1 },
    ]);
  });

  it('costs the same statements for ten rows as for two hundred', async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        saleRow({ lineNo: String(index), traceCode: peach.batchIds[0], buyerPhone: '13900000001' }),
      );
    const cost = (count: number, orderNo: string) => {
      const sent = batch(rows(count).map((row) => ({ ...row, orderNo })));
      return countStatements(() => partner.send(sent));
    };
    await cost(1, 'warm');

    expect(await cost(200, 'large')).toBe(await cost(10, 'small'));
  });

  it('takes five thousand rows at once', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      saleRow({ lineNo: String(index), amountFen: '100' }),
    );

    const { status, body } = await partner.send(batch(rows));

    expect([status, body.acceptedCount]).toEqual([200, 5_000]);
    const [sum] = await world.database.query<{ fen: string }>(
      'SELECT SUM(recognised_fen) AS fen FROM volume_fact',
    );
    expect(sum?.fen).toBe('500000');
  }, 60_000);

  it('keeps nothing that a buyer could be known by', async () => {
    const phone = '13973312345';
    await partner.send(
      batch([
        saleRow({ buyerPhone: phone, deliveryAddress: '霞阳镇神农大道1号', consumptionCountyCode: '430225' }),
      ]),
    );

    const dump = JSON.stringify(
      await Promise.all(
        ['intake_row', 'volume_fact', 'intake_batch'].map((table) =>
          world.database.query(`SELECT * FROM ${table}`),
        ),
      ),
    );

    expect(dump).not.toContain(phone);
    expect(dump).not.toContain('神农大道');
  });
});

describe('how a counter did', () => {
  const day = (counterId: string, changes: object = {}) => ({
    type: 'COUNTER_DAY',
    counterId,
    day: '2026-11-01',
    revision: 1,
    operatingMinutes: 1_440,
    offlineMinutes: 30,
    slotMinutes: 57_600,
    emptySlotMinutes: 1_200,
    vendCount: 40,
    failedVendCount: 1,
    disputeCount: 0,
    expectedUnits: 100,
    countedUnits: 99,
    poweredMinutes: 1_440,
    inBandMinutes: 1_400,
    lockedUnits: 0,
    ...changes,
  });
  const counter = async () => {
    const id = newId('chp');
    await world.database.transaction((tx) =>
      tx.insert('channel_point', [
        {
          id,
          kind: 'COUNTER',
          name: '柜',
          countyCode: '430225',
          address: '县医院',
          state: 'OPEN',
          createdAt: world.clock.now(),
        },
      ]),
    );
    return id;
  };
  const send = (...rows: readonly object[]) => partner.send(batch(rows, { kind: 'COUNTER_DAY' }));
  const vends = async (id: string) =>
    (
      await world.database.query<{ vendCount: number }>(
        'SELECT vend_count AS vendCount FROM counter_day WHERE counter_id = ?',
        [id],
      )
    )[0]?.vendCount;

  it('is kept by day, and corrected by a later revision, whichever comes first', async () => {
    const id = await counter();

    await send(day(id, { revision: 2, vendCount: 41 }));
    const { body } = await send(
      day(id),
      day(id, { revision: 2, vendCount: 41 }),
      day(id, { revision: 2, vendCount: 9 }),
    );

    expect(body).toMatchObject({ repeatedCount: 2, rejectedCount: 1 });
    expect(await vends(id)).toBe(41);
    await send(day(id, { revision: 3, vendCount: 42 }));
    expect(await vends(id)).toBe(42);
  });

  it('is for whoever told of it first to correct', async () => {
    const id = await counter();
    await send(day(id));
    const other = await MadePartner.of(world);

    const { body } = await other.send(
      batch([day(id, { revision: 9, vendCount: 1_000 }), day(id, { day: '2026-10-31', vendCount: 7 })], {
        kind: 'COUNTER_DAY',
      }),
    );

    expect(body).toMatchObject({ acceptedCount: 1, rejectedCount: 1 });
    expect(body.rows[0].reasons).toMatchObject([{ field: 'counterId', code: 'TOLD_BY_ANOTHER' }]);
    const told = await world.database.query<{ day: string; vends: number }>(
      'SELECT day, vend_count AS vends FROM counter_day WHERE counter_id = ? ORDER BY day',
      [id],
    );
    expect(told).toEqual([
      { day: '2026-10-31', vends: 7 },
      { day: '2026-11-01', vends: 40 },
    ]);
  });

  it.each<[string, object, string, string]>([
    ['more minutes than a day has', { operatingMinutes: 1_441 }, 'operatingMinutes', 'OUT_OF_RANGE'],
    ['more failures than vends', { failedVendCount: 41 }, 'failedVendCount', 'CONTRADICTS'],
    ['a day that is not over', { day: '2026-11-02' }, 'day', 'IN_FUTURE'],
    ['30 February', { day: '2026-02-30' }, 'day', 'WRONG_TYPE'],
  ])('is rejected with %s', async (_, changes, field, code) => {
    const { body } = await send(day(await counter(), changes));

    expect(body.rows).toMatchObject([{ outcome: 'REJECTED', reasons: [{ field, code }] }]);
  });

  it('is rejected for what is no counter', async () => {
    const { body } = await send(day('chp_none'));

    expect(body.rows).toMatchObject([{ reasons: [{ field: 'counterId', code: 'NOT_FOUND' }] }]);
  });
});

describe('a signature', () => {
  const sent = () => batch([saleRow()]);
  const path = '/intake/batches';

  it.each<[string, (of: MadePartner, body: string) => string]>([
    ['nothing', () => ''],
    ['anything', () => 'key=pky_1,t=1,s=AAAA'],
    ['other bytes', (of) => of.signature('POST', path, '{}')],
    ['another request', (of, body) => of.signature('GET', path, body)],
    [
      'six minutes ago',
      (of, body) => of.signature('POST', path, body, plus(world.clock.now(), -6 * MINUTE_MS)),
    ],
    [
      'six minutes ahead',
      (of, body) => of.signature('POST', path, body, plus(world.clock.now(), 6 * MINUTE_MS)),
    ],
  ])('of %s opens nothing', async (_, header) => {
    const content = sent();
    const { status, body } = await partner.send(content, header(partner, JSON.stringify(content)));

    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await measures()).toMatchObject({ recognisedFen: 0n });
  });

  it('of a revoked key or of a suspended partner opens nothing', async () => {
    const partners = world.get(PartnerService);
    await partners.setState(partner.id, 'SUSPENDED', newId('usr'));
    expect((await partner.send(sent())).status).toBe(401);

    await partners.setState(partner.id, 'ACTIVE', newId('usr'));
    expect((await partner.send(sent())).status).toBe(200);

    await partners.revokeKey(partner.id, partner.keyId, newId('usr'));
    expect((await partner.send(sent())).status).toBe(401);
  });
});

describe('GET /intake/batches/:batchNo', () => {
  it('tells what became of a batch, to its partner only', async () => {
    const sent = batch([saleRow(), saleRow({ lineNo: '' })]);
    const { body } = await partner.send(sent);

    expect((await partner.status(sent.batchNo)).body).toEqual(body);
    expect((await (await MadePartner.of(world)).status(sent.batchNo)).status).toBe(404);
    expect((await partner.status('none')).status).toBe(404);
    const path = `/intake/batches/${sent.batchNo}`;
    expect((await world.client('settlement').http.get(path)).status).toBe(401);
  });
});
