import { jest } from '@jest/globals';
import { ProductService } from '#libs/catalog';
import { DivisionService } from '#libs/division';
import { HouseholdRegisterService, LinkageAgreementReader, LinkageService } from '#libs/household';
import { MembershipService } from '#libs/identity';
import { type IdOf, businessDay, plus, present } from '#libs/kernel';
import { ProductListingReader, type ProductListingService } from '#libs/listing';
import { SheetRunService } from '#libs/sheet';
import type { Grant } from '#platform/auth';
import { csvFile, readSheetRows, xlsxFile } from '#platform/sheets';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeHousehold } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePaidOrder, partsOf } from '../../make/order.make.js';
import { makePhoto } from '../../make/photo.make.js';
import { makeGoodsKind, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const IMPORT =
  'id kind state rowCount progress { faulty waiting done refused creating changing forReview unchanged }';
const ONE = `query ($id: ID!) { sheetImport(id: $id) { ${IMPORT} } }`;
const ALL = `query ($merchantId: ID!) { sheetImports(merchantId: $merchantId) { nodes { ${IMPORT} } } }`;
const KINDS = `query ($merchantId: ID!) { sheetKinds(merchantId: $merchantId) { kind columns { key name isNeeded } } }`;
const ROWS = `query ($id: ID!, $isFailedOnly: Boolean) { sheetImportRows(importId: $id, isFailedOnly: $isFailedOnly, first: 100) {
  nodes { rowNo state effect subjectId cells { column text } faults { column code message } } } }`;
const change = (act: string) => `mutation ($id: ID!) { sheetImport${act}(importId: $id) { __typename
  ... on DomainError { code message } ... on SheetImport${act}Payload { sheetImport { ${IMPORT} } } } }`;
const [CHECK = '', CONFIRM = '', STOP = '', DISCARD = ''] = ['Check', 'Confirm', 'Stop', 'Discard'].map(
  change,
);

interface Import {
  readonly id: string;
  readonly state: string;
  readonly rowCount: number;
  readonly progress: Readonly<Record<string, number>>;
}
interface Row {
  readonly rowNo: number;
  readonly state: string;
  readonly effect: string;
  readonly subjectId: string | null;
  readonly faults: readonly { readonly column: string; readonly code: string; readonly message: string }[];
}
type Answer = { readonly sheetImport: Import; readonly code?: string };

async function sheetIn(bytes: Buffer): Promise<string[][]> {
  const rows = await readSheetRows(bytes, 100);
  if (typeof rows === 'string') throw new Error(rows);
  return rows.map((row) => [...row]);
}

describe('tables of merchants', () => {
  let world: World;
  let merchantId: IdOf<'mer'>;
  let owner: Person;
  let clerk: Person;

  const member = async (role: 'MERCHANT_OWNER' | 'MERCHANT_CLERK', scopeId: string): Promise<Person> => {
    const grant: Grant = { role, scopeKind: 'MERCHANT', scopeId };
    const { userId } = await makeUser(world, { grants: [grant] });
    return world.personOf(userId, grant);
  };
  beforeAll(async () => {
    world = await World.start({ services: ['merchant', 'settlement'] });
    await makeDivisions(world);
    await makeGoodsKind(world);
    ({ id: merchantId } = await makeMerchant(world));
    [owner, clerk] = [await member('MERCHANT_OWNER', merchantId), await member('MERCHANT_CLERK', merchantId)];
  });
  afterAll(() => world.close());

  const as = (person = owner, language = 'en') =>
    world.client('merchant').as(person.token).speaking(language);
  const send = (
    bytes: Buffer,
    kind: string,
    person = owner,
    query: Record<string, string> = {},
    language = 'en',
  ) =>
    world
      .client('merchant')
      .as(person.token)
      .http.post('/sheets')
      .query({ merchantId, kind, fileName: '表格.csv', ...query })
      .set('authorization', `Bearer ${person.token}`)
      .set('content-type', 'application/octet-stream')
      .set('accept-language', language)
      .send(bytes);
  const get = (path: string, person = owner) =>
    world
      .client('merchant')
      .as(person.token)
      .http.get(path)
      .set('authorization', `Bearer ${person.token}`)
      .set('accept-language', 'zh-CN')
      .responseType('blob');
  const read = (id: string, person = owner) => as(person).ask<Import>(ONE, { id });
  const bring = async (rows: string[][], kind = 'PRODUCTS', person = owner, query = {}): Promise<Import> => {
    const { status, body } = await send(csvFile(rows), kind, person, query);
    expect({ status, body }).toMatchObject({ status: 201 });
    return read(body.id, person);
  };
  const rowsOf = async ({ id }: Import, isFailedOnly = false, language = 'en') =>
    (await as(owner, language).ask<{ nodes: Row[] }>(ROWS, { id, isFailedOnly })).nodes;
  const run = async () => {
    while ((await world.get(SheetRunService).work()) > 0);
  };
  const confirm = ({ id }: Import, person = owner) => as(person).ask<Answer>(CONFIRM, { id });
  const done = async (table: Import, person = owner) => {
    expect(await confirm(table, person)).toMatchObject({ sheetImport: { state: 'RUNNING' } });
    await run();
    return read(table.id, person);
  };
  const count = async (table: string) =>
    Number((await world.database.query<{ n: string }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
  const priceOf = async (variantId: string) =>
    (
      await world.database.query<{ p: string }>('SELECT price_fen AS p FROM product_variant WHERE id = ?', [
        variantId,
      ])
    )[0]?.p;
  const withPhoto = (productId: string) =>
    world.database.transaction((tx) =>
      tx.insert('product_photo', [{ productId, fileId: `fil_${productId}`, position: 0 }]),
    );

  const HEAD = [
    '商品名称',
    '品类',
    '产地',
    '鲜活易腐',
    '商品说明',
    '规格',
    '等级',
    '净重（克）'.replaceAll(/[（）]/g, ''),
    '价格',
  ];
  const fresh = (
    name: string,
    size: string,
    price: string,
    more: readonly string[] = ['黄桃', '炎陵县', '是', '好桃'],
  ) => [name, ...more, size, '一级', '2500', price];

  it('says of every row and column what is wrong and what to do, and changes nothing', async () => {
    const before = await count('product_listing');
    const table = await bring([
      HEAD,
      fresh('脐橙', '5 斤', '58'),
      fresh('脐橙', '10 斤', '贵'),
      fresh('茶油', '一瓶', '128.00', ['桃子', '月球', '也许', '']),
      fresh('蜜桃', '一箱', '66.6'),
    ]);

    expect(table).toMatchObject({
      state: 'CHECKED',
      rowCount: 4,
      progress: { faulty: 3, waiting: 1, creating: 1 },
    });
    expect(await rowsOf(table, true)).toMatchObject([
      { rowNo: 2, faults: [{ column: '', code: 'BESIDE_FAULT', message: expect.stringContaining('row 3') }] },
      { rowNo: 3, faults: [{ column: 'PRICE', code: 'MONEY' }] },
      {
        rowNo: 4,
        faults: [
          { column: 'KIND', code: 'UNKNOWN' },
          { column: 'ORIGIN', code: 'COUNTY_UNKNOWN' },
          { column: 'PERISHABLE', code: 'CHOICE', message: 'is one of: yes, no.' },
        ],
      },
    ]);
    expect((await rowsOf(table, true, 'zh-CN'))[1]?.faults[0]?.message).toMatch(/以元为单位/);
    expect(await count('product_listing')).toBe(before);

    const { body } = await get(`/sheets/${table.id}/failed/gb18030`);
    const failed = await sheetIn(body as Buffer);
    expect(failed).toHaveLength(4);
    expect(failed[2]?.at(-1)).toMatch(/^价格元：/);
    expect(failed[1]?.at(-1)).toMatch(/第 3 行/);
  });

  it('does what it said once: drafts of new goods, prices at once, other changes to the reviewer', async () => {
    const kindCode = await makeGoodsKind(world);
    const [plain, texts] = [
      await makeProduct(world, { merchantId, kindCode, name: '老黄桃', pricesFen: [8_800n, 9_900n] }),
      await makeProduct(world, { merchantId, kindCode, name: '老蜜桃' }),
    ];
    await withPhoto(texts.productId);
    const [first = '', second = ''] = plain.variantIds;
    const rows = [
      ['商品编号', '规格编号', '价格', ...HEAD.slice(0, 8)],
      ['', first, '90.00'],
      [plain.productId, second, '99.00'],
      ['', texts.variantId, '', '新蜜桃'],
      ['', '', '77', ...fresh('新桃', '5 斤', '').slice(0, 8)],
      ['', 'var_nobody', '1'],
    ];
    const table = await bring(rows);
    expect(table.progress).toMatchObject({
      faulty: 1,
      waiting: 4,
      creating: 1,
      changing: 1,
      forReview: 1,
      unchanged: 1,
    });
    expect(await priceOf(first)).toBe('8800');
    expect(await confirm(table)).toMatchObject({ sheetImport: { state: 'RUNNING' } });
    expect(await confirm(table)).toMatchObject({ sheetImport: { state: 'RUNNING' } });
    await Promise.all([run(), run()]);

    expect(await read(table.id)).toMatchObject({
      state: 'DONE',
      progress: { waiting: 0, done: 4, refused: 0, faulty: 1 },
    });
    expect(await priceOf(first)).toBe('9000');
    const all = await rowsOf(table);
    const listing = await world
      .get(ProductListingReader)
      .byId(all[3]?.subjectId ?? '', { merchantIds: [merchantId] });
    expect(listing).toMatchObject({
      state: 'DRAFT',
      content: {
        name: '新桃',
        kindCode,
        originCountyCode: '430225',
        isPerishable: true,
        variants: [{ priceFen: '7700', netWeightG: 2500 }],
      },
    });
    const handedIn = await world
      .get(ProductListingReader)
      .byId(all[2]?.subjectId ?? '', { merchantIds: [merchantId] });
    expect(handedIn).toMatchObject({
      state: 'SUBMITTED',
      productId: texts.productId,
      content: { name: '新蜜桃' },
    });

    // The same file again, in whatever kind of file, is what was done; another with the same rows finds all of it done.
    const again = await send(await xlsxFile(rows, [10]), 'PRODUCTS');
    expect(again.body.id).toBe(table.id);
    const other = await bring(rows.slice(0, 5), 'PRODUCTS', owner, { reference: '再来一次' });
    expect(other.progress).toMatchObject({ faulty: 0, unchanged: 4 });
    const [listings, prices] = [await count('product_listing'), await count('price_change')];
    expect(await done(other)).toMatchObject({ state: 'DONE', progress: { done: 4 } });
    expect([await count('product_listing'), await count('price_change')]).toEqual([listings, prices]);
  });

  it('changes nothing when what was taken out is brought in again, in any kind of file, and is written down', async () => {
    await makeProduct(world, { merchantId, name: '=桃+1', season: [7, 9] });
    for (const format of ['csv', 'gb18030', 'xlsx']) {
      const { body, headers } = await get(`/sheets/exports/products/${format}?merchantId=${merchantId}`);
      expect(headers['content-disposition']).toContain(`products.${format === 'xlsx' ? 'xlsx' : 'csv'}`);
      const sheet = await sheetIn(body as Buffer);
      expect(sheet.flat()).toContain("'=桃+1");
      const answer = await send(body as Buffer, 'PRODUCTS', owner, { reference: format });
      const { progress, rowCount } = await read(answer.body.id);
      expect(progress).toMatchObject({ faulty: 0, unchanged: rowCount });
      expect(rowCount).toBeGreaterThan(3);
    }
    const noted = await world.database.query(
      "SELECT act FROM audit_entry WHERE act = 'sheet.exported' AND subject = ?",
      [merchantId],
    );
    expect(noted).toHaveLength(3);
  });

  it('ships what has a number, leaves what has none, and refuses what is gone meanwhile alone', async () => {
    const goods = await makeProduct(world, { merchantId });
    const parts = [];
    for (let no = 0; no < 4; no += 1) {
      const { orderId } = await makePaidOrder(world, {}, goods);
      parts.push(present((await partsOf(world, orderId))[0], 'a part'));
    }
    const told = await sheetIn(
      (await get(`/sheets/exports/shipments/csv?merchantId=${merchantId}`, clerk)).body as Buffer,
    );
    expect(told[0]?.slice(0, 3)).toEqual(['订单号', '快递公司', '运单号']);
    const number = (id: string, carrier: string, no: string) =>
      present(
        told.find(([order]) => order === id),
        'an order',
      ).map((text, at) => (at === 1 ? carrier : at === 2 ? no : text));
    const [one, two, three, four] = parts.map(({ id }) => id) as [string, string, string, string];
    const rows = [
      present(told[0], 'a head'),
      number(one, '顺丰', 'SF10000001'),
      number(two, 'YTO', 'YT20000002'),
      number(three, '', ''),
      number(four, '邮政', '?'),
      ['mor_nobody', '邮政', 'EMS4000004'],
      [one, '邮政', 'EMS5000005'],
    ];
    const table = await bring(rows, 'SHIPMENTS', clerk);
    expect(table.progress).toMatchObject({ faulty: 4, creating: 1, unchanged: 1 });
    expect(
      (await rowsOf(table, true)).map(({ rowNo, faults }) => [rowNo, faults[0]?.column, faults[0]?.code]),
    ).toEqual([
      [2, '', 'BESIDE_FAULT'],
      [5, 'TRACKING_NO', 'INVALID'],
      [6, 'ORDER', 'NOT_FOUND'],
      [7, 'ORDER', 'NOTHING_LEFT'],
    ]);
    const mended = await bring(rows.slice(0, 4), 'SHIPMENTS', clerk);
    expect(await done(mended, clerk)).toMatchObject({ state: 'DONE', progress: { done: 3, refused: 0 } });
    const sent = await world.database.query(
      'SELECT merchant_order_id AS id, carrier, tracking_no AS no FROM fulfillment WHERE merchant_order_id IN (?) ORDER BY tracking_no',
      [parts.map(({ id }) => id)],
    );
    expect(sent).toEqual([
      { id: one, carrier: '顺丰速运', no: 'SF10000001' },
      { id: two, carrier: '圆通速递', no: 'YT20000002' },
    ]);
    const again = await bring(rows.slice(0, 4), 'SHIPMENTS', clerk, { reference: '2' });
    expect(again.progress).toMatchObject({ unchanged: 3 });

    // Cancelled between the look and the yes: that one is refused, the other one leaves.
    const last = await bring(
      [rows[0] ?? [], number(three, '顺丰', 'SF30000003'), number(four, '顺丰', 'SF40000004')],
      'SHIPMENTS',
      clerk,
    );
    await world.database.transaction((tx) =>
      tx.write("UPDATE merchant_order SET state = 'CANCELLED' WHERE id = ?", [three]),
    );
    expect(await done(last, clerk)).toMatchObject({ state: 'DONE', progress: { done: 1, refused: 1 } });
    expect(await rowsOf(last, true)).toMatchObject([
      { rowNo: 2, state: 'REFUSED', faults: [{ code: 'MERCHANT_ORDER_NOT_SHIPPABLE' }] },
    ]);
    await world.settle();
  });

  it('ships an order in several parcels, a row each, and goes on with those that have not left', async () => {
    const goods = await makeProduct(world, { merchantId });
    const { orderId } = await makePaidOrder(world, { quantity: 3 }, goods);
    const { id } = present((await partsOf(world, orderId))[0], 'a part');
    const told = async () => {
      const { body } = await get(`/sheets/exports/shipments/csv?merchantId=${merchantId}`, clerk);
      const [head = [], ...rows] = await sheetIn(body as Buffer);
      const at = ['订单行', '件数', '货品', '收货人'].map((name) => head.indexOf(name));
      return at.map((column) => rows.find(([order]) => order === id)?.[column]);
    };
    const [line = '', units, , recipient] = await told();
    expect([units, recipient]).toEqual(['3', '李女士']);
    const head = ['订单号', '快递公司', '运单号', '订单行', '件数'];
    const first = [id, '顺丰', 'SF90000001', line, '1'];
    const wrong = await bring([head, first, [id, '顺丰', 'SF90000002', line, '3']], 'SHIPMENTS', clerk);
    const { nodes } = await as(clerk).ask<{ nodes: Row[] }>(ROWS, { id: wrong.id, isFailedOnly: true });
    expect(nodes.map(({ rowNo, faults }) => [rowNo, faults[0]?.column, faults[0]?.code])).toEqual([
      [2, '', 'BESIDE_FAULT'],
      [3, 'UNITS', 'TOO_MANY'],
    ]);
    expect(await done(await bring([head, first], 'SHIPMENTS', clerk), clerk)).toMatchObject({
      progress: { done: 1, creating: 1 },
    });
    expect(await told()).toMatchObject([line, '2', expect.anything(), '李女士']);

    const both = [head, first, [id, '顺丰', 'SF90000002', line, '1'], [id, '顺丰', 'SF90000003', '', '']];
    expect(await done(await bring(both, 'SHIPMENTS', clerk), clerk)).toMatchObject({
      progress: { done: 3, refused: 0 },
    });
    const sent = await world.database.query(
      `SELECT f.tracking_no AS no, l.quantity AS units FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_id = f.id
       WHERE f.merchant_order_id = ? ORDER BY no`,
      [id],
    );
    expect(sent).toEqual([1, 2, 3].map((no) => ({ no: `SF9000000${no}`, units: 1 })));
    const again = await bring(both, 'SHIPMENTS', clerk, { reference: 'again' });
    expect(again.progress).toMatchObject({ unchanged: 3 });
    await world.settle();
  });

  it('makes drafts of agreements with households it was introduced to, by number, and changes them until they are signed', async () => {
    const by = { userId: owner.userId, divisions: 'ALL' as const };
    const [one = '', two = ''] = await Promise.all(
      [1, 2].map(async () => {
        const { id } = await makeHousehold(world);
        await world.get(HouseholdRegisterService).introduce(id, merchantId, by);
        return id;
      }),
    );
    const { id: stranger } = await makeHousehold(world);
    const head = ['协议名称', '协议类型', '起始日', '农户编号', '份数', '单价元', '分成百分比'];
    const first = ['秋桃收购', '订单收购', '2026/10/1', one, '2', '4.50'];
    const faulty = await bring(
      [
        head,
        ['春茶', '二次返利', '2026-10-01', stranger, '1', '4.5', '5'],
        ['', '务工', '哪天', one, 'x'],
        ['夏茶', '务工', '2026-10-01', one],
      ],
      'HOUSEHOLDS',
    );
    expect(
      (await rowsOf(faulty, true)).map(({ faults }) => faults.map(({ column }) => column).toSorted()),
    ).toEqual([
      ['HOUSEHOLD_ID', 'UNIT_PRICE'],
      ['AGREEMENT', 'STARTS_ON', 'WEIGHT'],
      ['STATED_YEAR', 'UNIT_PRICE'],
    ]);
    const table = await bring([head, first, ['秋桃收购', '', '', two]], 'HOUSEHOLDS');
    expect(table.progress).toMatchObject({ faulty: 0, creating: 2 });
    expect(await done(table)).toMatchObject({ state: 'DONE', progress: { done: 2 } });
    const id = (await rowsOf(table))[0]?.subjectId ?? '';
    const agreements = world.get(LinkageAgreementReader);
    expect(await agreements.byId(id, { merchantIds: [merchantId] })).toMatchObject({
      state: 'DRAFT',
      kind: 'PURCHASE_ORDER',
    });

    const changed = await bring([head, first, ['秋桃收购', '', '', two, '3']], 'HOUSEHOLDS');
    expect(changed.progress).toMatchObject({ changing: 2 });
    expect(await done(changed)).toMatchObject({ progress: { done: 2 } });
    const linked = await agreements.householdsOf([id]);
    expect(linked.map(({ weight }) => weight).toSorted((a, b) => a - b)).toEqual([2, 3]);
    const { body } = await get(`/sheets/exports/households/xlsx?merchantId=${merchantId}`);
    const told = await sheetIn(body as Buffer);
    expect(JSON.stringify(told)).not.toContain('大山');
    const again = await read((await send(body as Buffer, 'HOUSEHOLDS')).body.id);
    expect(again.progress).toMatchObject({ faulty: 0, unchanged: again.rowCount });

    const photoId = await makePhoto(world, owner.userId);
    await world
      .get(LinkageService)
      .sign(id, 2, [photoId], { userId: owner.userId, merchantIds: [merchantId] });
    const late = await bring(
      [
        ['协议编号', '农户编号', '份数'],
        [id, one, '9'],
      ],
      'HOUSEHOLDS',
    );
    expect((await rowsOf(late, true))[0]?.faults).toMatchObject([{ code: 'LINKAGE_STATE' }]);
  });

  it('registers harvests, says anew how much there is of one, and writes the rest once', async () => {
    await world.get(DivisionService).load([
      {
        code: '430225209201',
        parentCode: '430225209',
        level: 'VILLAGE',
        name: '龙渣村',
        isDesignated: false,
        longitude: null,
        latitude: null,
      },
    ]);
    const { productId } = await makeProduct(world, { merchantId });
    const today = businessDay(world.clock.now());
    const until = businessDay(plus(world.clock.now(), 9 * 86_400_000));
    const head = ['追溯码', '商品编号', '村代码', '采收起', '采收止', '每天公斤', '总公斤', '最晚售卖日'];
    const fresh_ = ['', productId, '430225209201', today, until, '12.5', '', until];
    const table = await bring(
      [
        head,
        fresh_,
        ['', productId, '430225', today, until, '12', '120', ''],
        ['', 'prd_nobody', '', '昨天', until, '很多'],
        ['NONE', productId],
      ],
      'BATCHES',
      clerk,
    );
    const { nodes } = await as(clerk).ask<{ nodes: Row[] }>(ROWS, { id: table.id, isFailedOnly: true });
    expect(nodes.map(({ faults }) => faults.map(({ column }) => column).toSorted())).toEqual([
      ['BEST_BEFORE', 'VILLAGE_CODE', 'WEIGHT_KG'],
      ['DAILY_KG', 'HARVEST_FROM', 'PRODUCT_ID', 'VILLAGE_CODE'],
      ['BATCH'],
    ]);
    expect(await done(table, clerk)).toMatchObject({ progress: { done: 1, creating: 1 } });
    const again = await bring([head, fresh_], 'BATCHES', owner, { reference: '2' });
    expect(again.progress).toMatchObject({ unchanged: 1 });

    const { body } = await get(`/sheets/exports/batches/csv?merchantId=${merchantId}`);
    const whole = await read((await send(body as Buffer, 'BATCHES')).body.id);
    expect(whole.progress).toMatchObject({ faulty: 0, unchanged: whole.rowCount });
    const registered = present(
      (await sheetIn(body as Buffer)).find((row) => row[1] === productId && row[5] === '12.5'),
      'the harvest',
    );
    const more = await bring(
      [head, [registered[0] ?? '', productId, '', '2026-01-01', '', '', '200']],
      'BATCHES',
    );
    expect((await rowsOf(more, true))[0]?.faults).toMatchObject([
      { column: 'HARVEST_FROM', code: 'WRITTEN_ONCE' },
    ]);
    const only = await bring([head, [registered[0] ?? '', productId, '', '', '', '', '200']], 'BATCHES');
    expect(await done(only)).toMatchObject({ progress: { done: 1, changing: 1 } });
    expect(
      await world.database.query('SELECT weight_g AS g FROM harvest_batch WHERE product_id = ?', [productId]),
    ).toEqual([{ g: '200000' }]);
  });

  it('enters what was counted into the count of the warehouse, which changes nothing until it is handed in', async () => {
    const { variantId, batchIds } = await makeProduct(world, {
      merchantId,
      batches: [{ quantity: 50 }, { quantity: 7 }],
    });
    const [one = '', two = ''] = batchIds;
    const told = (await get(`/sheets/exports/stock/xlsx?merchantId=${merchantId}`, clerk)).body as Buffer;
    const again = await read((await send(told, 'STOCK', clerk)).body.id, clerk);
    expect(again.progress).toMatchObject({ faulty: 0, unchanged: again.rowCount });
    const head = ['规格编号', '追溯码', '实盘数量'];
    const table = await bring(
      [head, [variantId, one, '48'], [variantId, two, ''], [variantId, 'NONE', '3'], [variantId, one, '-1']],
      'STOCK',
      clerk,
    );
    expect(table.progress).toMatchObject({ faulty: 3, unchanged: 1 });
    const mended = await bring([head, [variantId, one, '48'], [variantId, two, '7']], 'STOCK', clerk);
    expect(mended.progress).toMatchObject({ forReview: 1, unchanged: 1 });
    expect(await done(mended, clerk)).toMatchObject({ state: 'DONE', progress: { done: 2 } });
    expect(
      await world.database.query('SELECT counted_units AS units FROM stock_count_line WHERE variant_id = ?', [
        variantId,
      ]),
    ).toEqual([{ units: 48 }]);
    const onHand = await world.database.query(
      'SELECT on_hand AS n FROM stock_level WHERE variant_id = ? ORDER BY n',
      [variantId],
    );
    expect(onHand).toEqual([{ n: 7 }, { n: 50 }]);
    const twice = await bring([head, [variantId, one, '48']], 'STOCK', clerk);
    expect(twice.progress).toMatchObject({ unchanged: 1 });
  });

  it('asks no more for many rows than for few, and for each row as much as for any other, whatever the kind', async () => {
    const goods = await makeProduct(world, {
      merchantId,
      batches: Array.from({ length: 7 }, () => ({ quantity: 50 })),
    });
    const { productId, variantId, batchIds } = goods;
    const by = { userId: owner.userId, divisions: 'ALL' as const };
    const today = businessDay(world.clock.now());
    const seven = async <T>(make: (no: number) => Promise<T> | T): Promise<T[]> => {
      const made: T[] = [];
      for (let no = 0; no < 7; no += 1) made.push(await make(no));
      return made;
    };
    const orders = await seven(async () => {
      const { orderId } = await makePaidOrder(world, {}, goods);
      return present((await partsOf(world, orderId))[0], 'a part').id;
    });
    const households = await seven(async () => {
      const { id } = await makeHousehold(world);
      await world.get(HouseholdRegisterService).introduce(id, merchantId, by);
      return id;
    });
    const priced = await makeProduct(world, {
      merchantId,
      pricesFen: Array.from({ length: 7 }, (_, no) => 8_000n + BigInt(no)),
    });
    const tables: Record<string, [string[], string[][]]> = {
      PRODUCTS: [HEAD, await seven((no) => fresh(`数桃 ${no}`, '5 斤', '58'))],
      'PRODUCTS together': [['规格编号', '价格'], priced.variantIds.map((id) => [id, '85'])],
      SHIPMENTS: [['订单号', '快递公司', '运单号'], orders.map((id, no) => [id, '顺丰', `SF77${no}00000`])],
      HOUSEHOLDS: [
        ['协议名称', '协议类型', '起始日', '农户编号', '单价元'],
        households.map((id, no) => [`数协议 ${no}`, '订单收购', today, id, '4.50']),
      ],
      BATCHES: [
        ['商品编号', '村代码', '采收起', '采收止', '总公斤', '最晚售卖日'],
        await seven((no) => [productId, '430225209201', today, today, String(900 + no), today]),
      ],
      'STOCK together': [
        ['规格编号', '追溯码', '实盘数量'],
        batchIds.map((code, no) => [variantId, code, String(30 + no)]),
      ],
    };
    for (const [name, [head, rows]] of Object.entries(tables)) {
      const [kind, isTogether] = name.split(' ');
      const costs: { looked: number; done: number }[] = [];
      // The first one finds nothing remembered.
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [2, 4],
        [4, 7],
      ]) {
        let table: Import | null = null;
        const looked = await countStatements(async () => {
          table = await bring([head, ...rows.slice(from, to)], kind);
        });
        await confirm(present(table as Import | null, 'a table'));
        const done = await countStatements(run);
        costs.push({ looked, done });
      }
      const [, one, two, three] = costs.map(({ done }) => done);
      expect([name, ...new Set(costs.slice(1).map(({ looked }) => looked))]).toHaveLength(2);
      expect([name, (three ?? 0) - (two ?? 0)]).toEqual([name, (two ?? 0) - (one ?? 0)]);
      if (isTogether) expect([name, three]).toEqual([name, one]);
    }
    await world.settle();
  });

  it('is stopped and goes on; goes on where a process was killed, and does nothing twice', async () => {
    const names = Array.from({ length: 4 }, (_, no) => `断电桃 ${no}`);
    const table = await bring([HEAD, ...names.map((name) => fresh(name, '5 斤', '58'))]);
    await confirm(table);
    expect(await as().ask(STOP, { id: table.id })).toMatchObject({ sheetImport: { state: 'STOPPED' } });
    await run();
    expect((await read(table.id)).progress).toMatchObject({ waiting: 4 });
    await confirm(table);

    const before = await count('product_listing');
    const { drafts } = world.get(SheetRunService)['desks'].of('PRODUCTS') as unknown as {
      drafts: ProductListingService;
    };
    const save = drafts.saveDraft.bind(drafts);
    const dead = new Promise<never>(() => undefined);
    // Done and never noted: as when the process dies.
    const spy = jest.spyOn(drafts, 'saveDraft').mockImplementation(async (...wish) => {
      await save(...wish);
      return dead;
    });
    void world.get(SheetRunService).work();
    for (let waits = 0; waits < 5_000 && (await count('product_listing')) < before + 4; waits += 1)
      await new Promise(setImmediate);
    spy.mockRestore();
    // While the dead one's lease lasts nobody touches it.
    expect(await world.get(SheetRunService).work()).toBe(0);
    world.clock.advance(61_000);
    await run();

    expect(await read(table.id)).toMatchObject({ state: 'DONE', progress: { done: 4, waiting: 0 } });
    expect(await count('product_listing')).toBe(before + 4);
  });

  it('tries again what failed for reasons of ours and gives it up, and does nothing for whoever has left', async () => {
    const made = await makeProduct(world, { merchantId, pricesFen: [8_000n, 8_100n] });
    const rows = [['规格编号', '价格'], ...made.variantIds.map((id) => [id, '85'])];
    const table = await bring(rows);
    const products = world.get(SheetRunService)['desks'].of('PRODUCTS') as unknown as {
      products: ProductService;
    };
    const reprice = products.products.repriceAll.bind(products.products);
    // Together they fail, and then one of them alone.
    const spy = jest.spyOn(products.products, 'repriceAll').mockImplementation(async (...wish) => {
      if (wish[0].some(({ variantId }) => variantId === made.variantId)) throw new Error('the line is dead');
      return reprice(...wish);
    });
    expect(await done(table)).toMatchObject({ state: 'DONE', progress: { done: 1, refused: 1 } });
    spy.mockRestore();
    expect(await rowsOf(table, true)).toMatchObject([{ rowNo: 2, faults: [{ code: 'GIVEN_UP' }] }]);

    const leaver = await member('MERCHANT_OWNER', merchantId);
    const late = await bring(rows, 'PRODUCTS', leaver, { reference: 'late' });
    await confirm(late, leaver);
    const grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId } as const;
    await world.get(MembershipService).end(leaver.userId, grant, null);
    await run();
    expect((await read(late.id)).progress).toMatchObject({ refused: 2, done: 0 });
    expect(await priceOf(made.variantId)).toBe('8000');
  });

  it.each<[string, () => Buffer, string, string[]]>([
    ['nothing', () => Buffer.alloc(0), 'SHEET_EMPTY', []],
    ['a head alone', () => csvFile([['订单号', '快递公司', '运单号']]), 'SHEET_NO_ROWS', []],
    ['no numbers', () => csvFile([['订单号', '快递公司'], ['a']]), 'SHEET_COLUMNS_MISSING', ['TRACKING_NO']],
    [
      'too many rows',
      () => csvFile([['订单号', '快递公司', '运单号'], ...Array.from({ length: 10_001 }, () => ['a'])]),
      'SHEET_TOO_MANY_ROWS',
      [],
    ],
    ['a large file', () => Buffer.alloc(9_000_000, 'a'), 'SHEET_TOO_LARGE', []],
  ])('refuses %s in the reader’s language, and keeps nothing', async (_, bytes, code, columns) => {
    const before = await count('sheet_import');
    const { status, body } = await send(bytes(), 'SHIPMENTS');
    expect({ status, body }).toMatchObject({ status: 422, body: { code, columns } });
    expect((await send(bytes(), 'SHIPMENTS', owner, {}, 'zh-CN')).body.message).toMatch(/[\u4e00-\u9fff]/);
    expect(await count('sheet_import')).toBe(before);
  });

  it('is nobody else’s, and of each kind theirs who may do it by hand', async () => {
    const table = await bring([HEAD, fresh('别人的桃', '5 斤', '58')]);
    const stranger = await member('MERCHANT_OWNER', (await makeMerchant(world)).id);
    for (const person of [stranger, clerk]) {
      expect((await send(csvFile([HEAD, fresh('别人的桃', '5 斤', '58')]), 'PRODUCTS', person)).status).toBe(
        404,
      );
      expect(await as(person).ask(ONE, { id: table.id })).toBeNull();
      for (const query of [ROWS, CHECK, CONFIRM, STOP, DISCARD])
        expect(await as(person).codeOf(query, { id: table.id })).toBe('NOT_FOUND');
      for (const path of [
        `/sheets/${table.id}/failed/csv`,
        `/sheets/${table.id}/original`,
        `/sheets/exports/products/csv?merchantId=${merchantId}`,
      ])
        expect((await get(path, person)).status).toBe(404);
    }
    expect(await as(stranger).codeOf(ALL, { merchantId })).toBe('NOT_FOUND');
    expect(
      (await as(clerk).ask<{ nodes: { kind: string }[] }>(ALL, { merchantId })).nodes.map(({ kind }) => kind),
    ).not.toContain('PRODUCTS');
    expect(
      (await as(clerk).ask<{ kind: string }[]>(KINDS, { merchantId })).map(({ kind }) => kind),
    ).not.toContain('PRODUCTS');
    expect(await as(world.person()).codeOf(ALL, { merchantId })).toBe('FORBIDDEN');
    expect((await get(`/sheets/exports/nothing/csv?merchantId=${merchantId}`)).status).toBe(400);
    expect((await get('/sheets/templates/products/pdf')).status).toBe(400);
  });

  it('is looked at again and thrown away while nobody has said yes; a template is filled in and read', async () => {
    const { body } = await get('/sheets/templates/products/xlsx');
    const template = await sheetIn(body as Buffer);
    expect(template[1]?.[0]).toMatch(/^示例：/);
    const words = new Map([
      [2, '模板桃'],
      [10, '5 斤'],
      [12, '2500'],
      [13, '58'],
    ]);
    const blank = template[0]?.map(() => '') ?? [];
    const filled = blank.map((_, at) => words.get(at) ?? '');
    const table = await bring([...template, filled]);
    expect(table).toMatchObject({ rowCount: 1, progress: { creating: 1 } });
    expect(await as().ask(CHECK, { id: table.id })).toMatchObject({ sheetImport: { state: 'CHECKED' } });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as().ask(DISCARD, { id: table.id })).toMatchObject({
        sheetImport: { state: 'DISCARDED' },
      });
    for (const act of [CHECK, CONFIRM, STOP])
      expect(await as().ask(act, { id: table.id })).toMatchObject({ code: 'SHEET_IMPORT_STATE' });
    const faulty = await bring([HEAD, fresh('坏桃', '5 斤', '贵')]);
    expect(await confirm(faulty)).toMatchObject({ code: 'SHEET_IMPORT_FAULTY' });
  });

  it('asks no more for many rows than for few, and forgets after a month what was written, the file too', async () => {
    const many = await makeProduct(world, {
      merchantId,
      pricesFen: Array.from({ length: 20 }, (_, no) => 8_000n + BigInt(no)),
    });
    const statements = (rows: number, reference: string) =>
      countStatements(() =>
        bring(
          [['规格编号', '价格'], ...many.variantIds.slice(0, rows).map((id) => [id, '85'])],
          'PRODUCTS',
          owner,
          { reference },
        ),
      );
    await statements(1, 'a');
    expect(await statements(20, 'b')).toBe(await statements(2, 'c'));

    const table = await bring([HEAD, fresh('忘桃', '5 斤', '58')]);
    expect((await get(`/sheets/${table.id}/original`)).status).toBe(200);
    world.clock.advance(31 * 86_400_000);
    expect(await world.get(SheetRunService).sweep(100)).toBeGreaterThan(0);
    expect(await read(table.id)).toMatchObject({ state: 'DISCARDED', rowCount: 1 });
    expect((await get(`/sheets/${table.id}/original`)).status).toBe(404);
    expect(await world.database.query('SELECT 1 FROM sheet_import_row WHERE JSON_LENGTH(cells) > 0')).toEqual(
      [],
    );
    expect(await world.get(SheetRunService).sweep(100)).toBe(0);
  });
});
