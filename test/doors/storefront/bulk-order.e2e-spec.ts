import { jest } from '@jest/globals';
import { BulkRunService } from '#libs/bulk';
import { ProductService } from '#libs/catalog';
import { StockReader } from '#libs/inventory';
import { newId, refused } from '#libs/kernel';
import { OrderPlacementService } from '#libs/ordering';
import { UnitContractorService } from '#libs/procurement';
import { csvFile, readSheetRows, xlsxFile } from '#platform/sheets';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeAdoptionOffer } from '../../make/adoption.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { freshCreditCode } from '../../make/merchant.make.js';
import { makePresale } from '../../make/presale.make.js';
import { makeMember, makeProcurementUnit } from '../../make/procurement.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { shipOrder } from '../../make/receipt.make.js';
import { makeCreditTerm, makeCreditUnit } from '../../make/receivable.make.js';
import { makeUser } from '../../make/user.make.js';

const LIST =
  'id state mode rowCount faultyRowCount goodsFen freightFen totalFen progress { waiting placed signed refused undone }';
const BULK = `query ($id: ID!) { bulkOrder(id: $id) { ${LIST} } }`;
const LISTS = `query ($unitId: ID!) { bulkOrders(unitId: $unitId) { nodes { ${LIST} } } }`;
const ROWS = `query ($id: ID!, $isFaultyOnly: Boolean, $first: Int) { bulkOrderRows(bulkOrderId: $id, isFaultyOnly: $isFaultyOnly, first: $first) {
  nodes { rowNo parcelNo goods faults { column code message } } } }`;
const PARCELS = `query ($id: ID!, $state: BulkParcelState) { bulkOrderParcels(bulkOrderId: $id, state: $state, first: 100) {
  nodes { parcelNo name totalFen state orderId refusal { code message } } } }`;
const change = (name: string) => `mutation ($id: ID!) { ${name}(bulkOrderId: $id) { __typename
  ... on DomainError { code } ... on ${name.replace('b', 'B')}Payload { bulkOrder { ${LIST} } } } }`;
const [CHECK, DISCARD, SIGN, CANCEL] = ['Check', 'Discard', 'Sign', 'Cancel'].map((act) =>
  change(`bulkOrder${act}`),
);
const CONFIRM = `mutation ($input: BulkOrderConfirmInput!) { bulkOrderConfirm(input: $input) { __typename
  ... on DomainError { code message } ... on PriceChangedError { totalFen } ... on InvalidInputError { fields { path } }
  ... on BulkOrderFaultyError { faultyRowCount } ... on BulkOrderConfirmPayload { bulkOrder { ${LIST} } } } }`;

interface List {
  readonly id: string;
  readonly state: string;
  readonly totalFen: string;
  readonly faultyRowCount: number;
  readonly progress: Readonly<Record<string, number>>;
}
interface Parcel {
  readonly parcelNo: number;
  readonly state: string;
  readonly orderId: `ord_${string}` | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

describe('orders by spreadsheet', () => {
  let world: World;
  let unit: { unitId: `pru_${string}`; buyerId: `usr_${string}`; approverId: `usr_${string}` };
  let buyer: Person;
  let approver: Person;
  let peach: MadeProduct;
  let sku: string;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
    await makeDivisions(world);
    unit = await makeCreditUnit(world);
    [buyer, approver] = [world.personOf(unit.buyerId), world.personOf(unit.approverId)];
    peach = await makeProduct(world, { batches: [{ quantity: 400 }] });
    sku = await skuOf(peach);
  });
  afterAll(() => world.close());

  const as = (person: Person) => world.client('storefront').as(person.token);
  const skuOf = async ({ variantId }: MadeProduct) => {
    const [row] = await world.database.query<{ sku: string }>(
      'SELECT sku FROM product_variant WHERE id = ?',
      [variantId],
    );
    return row?.sku ?? '';
  };
  const HEAD = ['收货人', '手机号', '县市区', '详细地址', '货号', '数量'];
  const row = (no: number, changes: Partial<Record<'county' | 'goods' | 'quantity', string>> = {}) => {
    const { county = '株洲市炎陵县', goods = sku, quantity = '1' } = changes;
    return [`职工${no}`, `139${String(no).padStart(8, '0')}`, county, `泰山路 ${no} 号`, goods, quantity];
  };
  const send = (bytes: Buffer, person = buyer, query: Record<string, string> = {}, language = 'en') =>
    as(person)
      .http.post('/bulk-orders')
      .query({ unitId: unit.unitId, fileName: '春节慰问.csv', ...query })
      .set('authorization', `Bearer ${person.token}`)
      .set('content-type', 'application/octet-stream')
      .set('accept-language', language)
      .send(bytes);
  const upload = async (
    rows: string[][],
    person = buyer,
    query: Record<string, string> = {},
  ): Promise<List> => {
    const { status, body } = await send(csvFile([HEAD, ...rows]), person, query);
    expect(status).toBe(201);
    return as(person).ask<List>(BULK, { id: body.id });
  };
  const confirm = ({ id, totalFen }: List, changes: object = {}, person = buyer) =>
    as(person).ask<{ bulkOrder: List; code?: string }>(CONFIRM, {
      input: { bulkOrderId: id, totalFen, mode: 'EACH_BY_ITSELF', paymentTerm: 'ON_ACCOUNT', ...changes },
    });
  const read = ({ id }: List, person = buyer) => as(person).ask<List>(BULK, { id });
  const parcelsOf = async ({ id }: List, state: string | null = null) =>
    (await as(buyer).ask<{ nodes: Parcel[] }>(PARCELS, { id, state })).nodes;
  const run = async () => {
    while ((await world.get(BulkRunService).work()) > 0);
  };
  const ordersOf = async () =>
    (await world.database.query<{ n: string }>('SELECT COUNT(*) AS n FROM customer_order'))[0]?.n;
  let references = 0;
  /** The same list on purpose. */
  const another = () => ({ reference: `第 ${(references += 1)} 批` });

  it('says of every row and column what is wrong, in the reader’s language, with totals, and orders nothing', async () => {
    const before = await ordersOf();
    const list = await upload([
      row(1),
      row(2, { county: '月球区', quantity: '0' }),
      row(3, { goods: 'NO-SUCH' }),
      row(4, { goods: peach.variantId, quantity: '2' }),
    ]);

    expect(list).toMatchObject({
      state: 'CHECKED',
      rowCount: 4,
      faultyRowCount: 2,
      goodsFen: '30000',
      progress: { waiting: 2, placed: 0, refused: 0 },
    });
    const faulty = (language: string) =>
      world
        .client('storefront')
        .as(buyer.token)
        .speaking(language)
        .ask(ROWS, { id: list.id, isFaultyOnly: true });
    expect(await faulty('en')).toMatchObject({
      nodes: [
        {
          rowNo: 3,
          parcelNo: null,
          faults: [
            { column: 'COUNTY', code: 'COUNTY_UNKNOWN', message: expect.stringContaining('is no county') },
            { column: 'QUANTITY', code: 'QUANTITY' },
          ],
        },
        {
          rowNo: 4,
          faults: [{ column: 'GOODS', code: 'GOODS_UNKNOWN', message: 'Goods code is no code of goods.' }],
        },
      ],
    });
    expect(await faulty('zh-CN')).toMatchObject({
      nodes: [{}, { faults: [{ message: '货号：没有这个货号' }] }],
    });
    expect(await ordersOf()).toBe(before);
    expect(await as(buyer).ask(LISTS, { unitId: unit.unitId })).toMatchObject({ nodes: [{ id: list.id }] });
  });

  it('reads a workbook as it reads a CSV: the same list is the same, however often and at once', async () => {
    const rows = [HEAD, row(11), row(12)];
    const bytes = [csvFile(rows), await xlsxFile(rows, [10, 10, 10, 10, 10, 10]), csvFile(rows)];
    const answers = await Promise.all(bytes.map((each) => send(each)));
    const colleague = world.personOf(await makeMember(world, unit.unitId));
    const [again, other] = [
      await send(csvFile(rows), colleague),
      await send(csvFile(rows), buyer, another()),
    ];

    expect(new Set([...answers, again].map(({ body }) => body.id)).size).toBe(1);
    expect(other.body.id).not.toBe(again.body.id);
  });

  it.each<[string, () => Buffer, string, string[]]>([
    ['nothing', () => Buffer.alloc(0), 'BULK_EMPTY', []],
    ['a picture', () => Buffer.from('89504e470d0a1a0a00ff', 'hex'), 'BULK_UNKNOWN_ENCODING', []],
    ['a head alone', () => csvFile([HEAD]), 'BULK_NO_ROWS', []],
    [
      'no phones',
      () => csvFile([HEAD.filter((name) => name !== '手机号'), ['a']]),
      'BULK_COLUMNS_MISSING',
      ['PHONE'],
    ],
    [
      'too many rows',
      () => csvFile([HEAD, ...Array.from({ length: 5_001 }, () => ['a'])]),
      'BULK_TOO_MANY_ROWS',
      [],
    ],
    ['three megabytes', () => Buffer.alloc(3_000_000, 'a'), 'BULK_TOO_LARGE', []],
  ])('refuses %s in the reader’s language, and keeps nothing', async (_, bytes, code, columns) => {
    const before = await world.database.query('SELECT COUNT(*) AS n FROM bulk_order');
    const { status, body } = await send(bytes());
    expect({ status, body }).toMatchObject({ status: 422, body: { code, columns } });
    expect((await send(bytes(), buyer, {}, 'zh-CN')).body.message).toMatch(/[\u4e00-\u9fff]/);
    expect(await world.database.query('SELECT COUNT(*) AS n FROM bulk_order')).toEqual(before);
  });

  it('places an order per recipient, leaves faulty rows out, and says yes twice once', async () => {
    const before = Number(await ordersOf());
    const stock = async () =>
      (await world.get(StockReader).availableOf([peach.variantId])).get(peach.variantId);
    const left = await stock();
    const list = await upload([row(21), row(22, { county: '没有县' }), row(23, { quantity: '2' })]);
    const { bulkOrder } = await confirm(list, { isForUnion: true });
    expect(bulkOrder).toMatchObject({ state: 'PLACING' });
    expect((await confirm(list, { isForUnion: true })).bulkOrder).toEqual(bulkOrder);
    expect(await confirm(list, { isForUnion: false })).toMatchObject({ code: 'BULK_ORDER_STATE' });
    await Promise.all([run(), run()]);

    expect(await read(list)).toMatchObject({
      state: 'PLACED',
      progress: { waiting: 0, placed: 2, refused: 0 },
    });
    expect(Number(await ordersOf())).toBe(before + 2);
    expect(await stock()).toBe((left ?? 0) - 3);
    const parcels = await parcelsOf(list);
    const lines = await world.database.query(
      'SELECT l.buyer_kind AS kind, l.unit_id AS unitId, o.payment_term AS term FROM order_line l JOIN customer_order o ON o.id = l.order_id WHERE o.id IN (?)',
      [parcels.map(({ orderId }) => orderId)],
    );
    expect(lines).toEqual([1, 2].map(() => ({ kind: 'UNION', unitId: unit.unitId, term: 'ON_ACCOUNT' })));
    // The same file sent again is what has been ordered.
    const again = await upload([row(21), row(22, { county: '没有县' }), row(23, { quantity: '2' })]);
    expect(again).toMatchObject({ id: list.id, state: 'PLACED' });
    await run();
    expect(Number(await ordersOf())).toBe(before + 2);
  });

  it('is ordered once, however many of the unit send it, say yes to it and work at it at the same moment', async () => {
    const other = world.personOf(await makeMember(world, unit.unitId));
    const rows = Array.from({ length: 5 }, (_, no) => row(240 + no));
    const before = Number(await ordersOf());
    const sent = await Promise.all(
      [buyer, other, buyer, other].map((person) => send(csvFile([HEAD, ...rows]), person)),
    );
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const [id = ''] = sent.map(({ body }) => String(body.id));
    expect(new Set(sent.map(({ body }) => String(body.id)))).toEqual(new Set([id]));
    const list = await as(buyer).ask<List>(BULK, { id });

    const said = await Promise.all([buyer, other, buyer, other].map((person) => confirm(list, {}, person)));
    const [yes] = said.filter((answer) => answer.code === undefined);
    expect(yes?.bulkOrder).toMatchObject({ id, state: 'PLACING' });
    expect(said.filter(({ code }) => ![undefined, 'BULK_ORDER_STATE'].includes(code))).toEqual([]);
    await Promise.all([run(), run(), run()]);

    expect(await read(list)).toMatchObject({ state: 'PLACED', progress: { placed: 5, refused: 0 } });
    expect(Number(await ordersOf())).toBe(before + 5);
    expect(new Set((await parcelsOf(list)).map(({ orderId }) => orderId)).size).toBe(5);
  });

  it('orders nothing at a price that nobody has said yes to: what is placed when it changes stays, the rest is refused', async () => {
    const plum = await makeProduct(world, { batches: [{ quantity: 60 }] });
    const goods = await skuOf(plum);
    const list = await upload(Array.from({ length: 24 }, (_, no) => row(260 + no, { goods })));
    await confirm(list);
    expect(await world.get(BulkRunService).work()).toBe(1);
    const half = await read(list);
    const placed = half.progress['placed'] ?? 0;
    expect([half.state, placed > 0 && placed < 24]).toEqual(['PLACING', true]);

    await world.get(ProductService).reprice(plum.variantId, 12_345n);
    world.clock.advance(1_000);
    await run();

    expect(await read(list)).toMatchObject({
      state: 'PLACED',
      progress: { placed, refused: 24 - placed, waiting: 0 },
    });
    const refusals = (await parcelsOf(list, 'REFUSED')).map(({ refusal }) => refusal?.code);
    expect(new Set(refusals)).toEqual(new Set(['PRICE_CHANGED']));
    const left = await world.get(StockReader).availableOf([plum.variantId]);
    expect(left.get(plum.variantId)).toBe(60 - placed);
  });

  it('goes on where a process was killed, before and after an order was noted, and places none twice', async () => {
    const before = Number(await ordersOf());
    const list = await upload([31, 32, 33, 34].map((no) => row(no)));
    await confirm(list);
    const placements = world.get(OrderPlacementService);
    const place = placements.place.bind(placements);
    let calls = 0;
    /** Never comes back: as when the process dies. */
    const dead = new Promise<never>(() => undefined);
    const spy = jest.spyOn(placements, 'place').mockImplementation(async (...wish) => {
      calls += 1;
      const placed = await place(...wish);
      // The second one is placed and never noted.
      return calls === 2 ? dead : placed;
    });
    void world.get(BulkRunService).work();
    for (let waits = 0; waits < 2_000 && Number(await ordersOf()) < before + 2; waits += 1)
      await new Promise(setImmediate);
    spy.mockRestore();

    // While the dead one's lease lasts nobody touches the list.
    expect(await world.get(BulkRunService).work()).toBe(0);
    expect(await read(list)).toMatchObject({ state: 'PLACING', progress: { waiting: 3, placed: 1 } });
    world.clock.advance(61_000);
    await run();

    expect(await read(list)).toMatchObject({ state: 'PLACED', progress: { placed: 4 } });
    expect(Number(await ordersOf())).toBe(before + 4);
    expect(new Set((await parcelsOf(list)).map(({ orderId }) => orderId)).size).toBe(4);
  });

  it('tries again what failed for reasons of ours, and gives it up without holding up the others', async () => {
    const list = await upload([row(41), row(42)]);
    await confirm(list);
    const placements = world.get(OrderPlacementService);
    const place = placements.place.bind(placements);
    const spy = jest
      .spyOn(placements, 'place')
      .mockImplementation((userId, wish) =>
        wish.recipient?.name === '职工41'
          ? Promise.reject(new Error('the disk is full'))
          : place(userId, wish),
      );
    await run();
    spy.mockRestore();

    expect(await read(list)).toMatchObject({ state: 'PLACED', progress: { placed: 1, refused: 1 } });
    expect(await parcelsOf(list, 'REFUSED')).toMatchObject([{ parcelNo: 1, refusal: { code: 'GIVEN_UP' } }]);
  });

  describe('when goods run out between the look and the order', () => {
    const scarce = async () => {
      const rare = await makeProduct(world, { batches: [{ quantity: 2 }] });
      const goods = await skuOf(rare);
      const list = await upload([row(51), row(52, { goods }), row(53, { goods }), row(54)]);
      expect(list.faultyRowCount).toBe(0);
      return { list, rare };
    };
    /** Somebody else buys one. */
    const takeOne = ({ variantId }: MadeProduct) =>
      world.get(OrderPlacementService).place(newId('usr'), {
        idempotencyKey: newId('req'),
        lines: [{ variantId, quantity: 1, channelPointId: '' }],
        recipient: { name: '别人', phone: '13900001234', countyCode: '430211', address: '路' },
        totalFen: null,
      });

    it('refuses one recipient and no other', async () => {
      const { list, rare } = await scarce();
      await confirm(list);
      expect(refused(await takeOne(rare))).toBe(false);
      await run();

      expect(await read(list)).toMatchObject({ state: 'PLACED', progress: { placed: 3, refused: 1 } });
      expect(await parcelsOf(list, 'REFUSED')).toMatchObject([
        { parcelNo: 3, orderId: null, refusal: { code: 'INSUFFICIENT_STOCK' } },
      ]);
    });

    it('calls everything off again where all or nothing was wanted, and gives back credit and stock', async () => {
      const used = async () =>
        (
          await world.database.query('SELECT SUM(open_fen) AS n FROM credit_use WHERE unit_id = ?', [
            unit.unitId,
          ])
        )[0];
      const before = await used();
      const { list, rare } = await scarce();
      await confirm(list, { mode: 'ALL_OR_NOTHING' });
      expect(refused(await takeOne(rare))).toBe(false);
      await run();

      expect(await read(list)).toMatchObject({
        state: 'UNDONE',
        progress: { waiting: 0, placed: 0, undone: 3, refused: 1 },
      });
      const ids = (await parcelsOf(list)).flatMap(({ orderId }) => orderId ?? []);
      expect(
        await world.database.query('SELECT DISTINCT state FROM customer_order WHERE id IN (?)', [ids]),
      ).toEqual([{ state: 'CANCELLED' }]);
      expect(await used()).toEqual(before);
      expect((await world.get(StockReader).availableOf([rare.variantId])).get(rare.variantId)).toBe(1);
    });

    it('calls off with the others what was placed and not noted, because its answer was lost', async () => {
      const { list, rare } = await scarce();
      await confirm(list, { mode: 'ALL_OR_NOTHING' });
      expect(refused(await takeOne(rare))).toBe(false);
      const placements = world.get(OrderPlacementService);
      const place = placements.place.bind(placements);
      const spy = jest.spyOn(placements, 'place').mockImplementation(async (userId, wish) => {
        const placed = await place(userId, wish);
        if (wish.recipient?.name === '职工51') throw new Error('the connection was lost');
        return placed;
      });
      await run();
      spy.mockRestore();

      expect(await read(list)).toMatchObject({
        state: 'UNDONE',
        progress: { waiting: 0, undone: 3, refused: 1 },
      });
      const keys = [1, 2].map((no) => `bulk:${list.id}:${no}`);
      expect(
        await world.database.query('SELECT state FROM customer_order WHERE idempotency_key IN (?)', [keys]),
      ).toEqual([{ state: 'CANCELLED' }, { state: 'CANCELLED' }]);
    });
  });

  it('refuses another price, faults where all is wanted, too much credit, and too many to pay at once', async () => {
    const list = await upload([row(61), row(62, { county: '没有县' })]);
    const before = await read(list);

    expect(await confirm({ ...list, totalFen: '1' })).toMatchObject({
      code: 'PRICE_CHANGED',
      totalFen: list.totalFen,
    });
    expect(await confirm(list, { mode: 'ALL_OR_NOTHING' })).toMatchObject({
      code: 'BULK_ORDER_FAULTY',
      faultyRowCount: 1,
    });
    const large = await upload(
      Array.from({ length: 21 }, (_, no) => row(600 + no)),
      buyer,
    );
    expect(await confirm(large, { paymentTerm: 'PREPAID' })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'paymentTerm' }],
    });
    const frugal = await makeProcurementUnit(world);
    const ofFrugal = world.personOf(await makeMember(world, frugal.id));
    const theirs = await upload([row(61)], ofFrugal, { unitId: frugal.id });
    expect(await confirm(theirs, {}, ofFrugal)).toMatchObject({ code: 'NO_CREDIT_TERM' });
    await makeCreditTerm(world, frugal.id, { limitFen: 100n });
    expect(await confirm(theirs, {}, ofFrugal)).toMatchObject({ code: 'CREDIT_EXCEEDED' });
    const nothing = await upload([row(61, { goods: 'NO-SUCH' })]);
    expect(await confirm(nothing)).toMatchObject({ code: 'BULK_ORDER_FAULTY' });
    const input = {
      bulkOrderId: list.id,
      totalFen: list.totalFen,
      mode: 'EACH_BY_ITSELF',
      paymentTerm: 'ON_ACCOUNT',
    };
    expect(await as(buyer).codeOf(CONFIRM, { input: { ...input, invoiceTitleId: 'pit_none' } })).toBe(
      'NOT_FOUND',
    );

    expect(await read(list)).toEqual(before);
  });

  it('orders of a harvest as many as its days have room for, each recipient on one of them, and says before what goes together', async () => {
    const harvest = await makePresale(world, { days: 2, capacityG: 5_000, payment: 'FULL' });
    const goods = await skuOf(harvest);
    const to = (no: number, quantity: string) => row(no, { goods, quantity });
    const list = await upload([to(71, '2'), row(71), to(72, '1'), to(73, '2'), to(74, '1')]);
    const { nodes } = await as(buyer).ask<{ nodes: { rowNo: number; faults: { code: string }[] }[] }>(ROWS, {
      id: list.id,
    });
    expect(nodes.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
      [],
      ['PRESALE_ALONE'],
      [],
      ['SOLD_OUT'],
      [],
    ]);
    await confirm(list);
    await run();

    expect(await read(list)).toMatchObject({ state: 'PLACED', progress: { placed: 3, refused: 0 } });
    const days = await world.database.query<{ day: string; n: number }>(
      'SELECT day, reserved_g DIV 2500 AS n FROM presale_day WHERE presale_id = ? ORDER BY day',
      [harvest.id],
    );
    expect(days.map(({ n }) => Number(n))).toEqual([2, 2]);

    const tree = row(76, { goods: await skuOf(await makeAdoptionOffer(world)), quantity: '5' });
    const adopted = await as(buyer).ask<{ nodes: { faults: { code: string }[] }[] }>(ROWS, {
      id: (await upload([tree])).id,
    });
    expect(adopted.nodes).toMatchObject([{ faults: [{ code: 'ADOPTED' }] }]);

    const byDeposit = await upload([row(75, { goods: await skuOf(await makePresale(world)) })]);
    expect(await confirm(byDeposit)).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'paymentTerm' }],
    });
    expect(await confirm(byDeposit, { paymentTerm: 'PREPAID' })).toMatchObject({
      bulkOrder: { state: 'PLACING' },
    });
    await run();
    expect(await read(byDeposit)).toMatchObject({ progress: { placed: 1 } });
  });

  it('is signed as a whole by an approver who has not ordered it, and cancelled as a whole', async () => {
    const list = await upload([row(71), row(72), row(73)], buyer, another());
    await confirm(list);
    await run();
    const both = world.personOf(await makeMember(world, unit.unitId, 'APPROVER'));
    await world.database.transaction((tx) =>
      tx.write('UPDATE bulk_order SET buyer_id = ? WHERE id = ?', [both.userId, list.id]),
    );
    expect(await as(both).ask(SIGN ?? '', { id: list.id })).toMatchObject({ code: 'SELF_SIGNING' });
    await world.database.transaction((tx) =>
      tx.write('UPDATE bulk_order SET buyer_id = ? WHERE id = ?', [buyer.userId, list.id]),
    );
    expect(await as(buyer).codeOf(SIGN ?? '', { id: list.id })).toBe('NOT_FOUND');
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as(approver).ask(SIGN ?? '', { id: list.id })).toMatchObject({
        bulkOrder: { state: 'SIGNING' },
      });
    await run();
    expect(await read(list)).toMatchObject({ state: 'SIGNED', progress: { signed: 3 } });
    await world.settle();

    // What has been shipped meanwhile stays; the rest is called off.
    const [first] = await parcelsOf(list);
    await shipOrder(world, { orderId: first?.orderId ?? 'ord_none' });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as(buyer).ask(CANCEL ?? '', { id: list.id })).toMatchObject({
        bulkOrder: { state: 'UNDOING' },
      });
    await run();
    expect(await read(list)).toMatchObject({ state: 'UNDONE', progress: { signed: 1, undone: 2 } });
    expect(await parcelsOf(list, 'SIGNED')).toMatchObject([{ refusal: { code: 'ORDER_NOT_CANCELLABLE' } }]);
    await world.settle();
  });

  it('is looked at again and thrown away while nobody has said yes, and then no longer', async () => {
    const list = await upload([row(81)], buyer, another());
    expect(await as(buyer).ask(CHECK ?? '', { id: list.id })).toMatchObject({
      bulkOrder: { state: 'CHECKED' },
    });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as(buyer).ask(DISCARD ?? '', { id: list.id })).toMatchObject({
        bulkOrder: { state: 'DISCARDED' },
      });
    for (const act of [CHECK, CANCEL])
      expect(await as(buyer).ask(act ?? '', { id: list.id })).toMatchObject({ code: 'BULK_ORDER_STATE' });
    expect(await as(approver).ask(SIGN ?? '', { id: list.id })).toMatchObject({ code: 'BULK_ORDER_STATE' });
    expect(await confirm(list)).toMatchObject({ code: 'BULK_ORDER_STATE' });
    const { id } = await upload([row(81)], buyer, { reference: `第 ${references} 批` });
    expect(id).toBe(list.id);
    await confirm(list);
    expect(await as(buyer).ask(DISCARD ?? '', { id })).toMatchObject({ code: 'BULK_ORDER_STATE' });
    await run();
  });

  it('gives an empty list and results as files that no formula runs in', async () => {
    const get = (path: string, person = buyer) =>
      as(person)
        .http.get(path)
        .set('authorization', `Bearer ${person.token}`)
        .set('accept-language', 'zh-CN')
        .responseType('blob');
    for (const format of ['csv', 'xlsx']) {
      const { body, headers } = await get(`/bulk-orders/template/${format}`);
      expect(headers['content-disposition']).toContain(`bulk-order.${format}`);
      expect((await readSheetRows(body as Buffer, 10))[0]).toEqual(expect.arrayContaining(HEAD));
    }
    const formula = ['=HYPERLINK("http://x")', '13900000091', '430225', '路', sku, '1'];
    const list = await upload([formula, row(92, { goods: 'NO-SUCH' })]);
    await confirm(list);
    await run();
    for (const format of ['csv', 'xlsx']) {
      const { body } = await get(`/bulk-orders/${list.id}/${format}`);
      const rows = await readSheetRows(body as Buffer, 10);
      expect(rows[1]?.[1]).toBe(`'=HYPERLINK("http://x")`);
      expect(rows[1]?.slice(7, 9)).toEqual(['已下单', (await parcelsOf(list))[0]?.orderId]);
      expect(rows[2]?.slice(7)).toEqual(['有误', '', '', '货号：没有这个货号']);
    }
    expect((await get(`/bulk-orders/${list.id}/pdf`)).status).toBe(400);
    expect((await get(`/bulk-orders/${list.id}/csv`, world.person())).status).toBe(404);
  });

  it('is nobody else’s: strangers find nothing, a contractor’s people their own firm’s lists alone', async () => {
    const list = await upload([row(95)]);
    const stranger = world.personOf((await makeCreditUnit(world)).buyerId);
    const bytes = csvFile([HEAD, row(95)]);
    for (const person of [stranger, world.person()]) {
      expect((await send(bytes, person)).status).toBe(404);
      expect(await as(person).ask(BULK, { id: list.id })).toBeNull();
      expect(await as(person).codeOf(LISTS, { unitId: unit.unitId })).toBe('NOT_FOUND');
      for (const query of [ROWS, PARCELS, CHECK, DISCARD, SIGN, CANCEL])
        expect(await as(person).codeOf(query ?? '', { id: list.id })).toBe('NOT_FOUND');
      const input = {
        bulkOrderId: list.id,
        totalFen: list.totalFen,
        mode: 'EACH_BY_ITSELF',
        paymentTerm: 'ON_ACCOUNT',
      };
      expect(await as(person).codeOf(CONFIRM, { input })).toBe('NOT_FOUND');
    }
    expect(await world.client('storefront').codeOf(BULK, { id: list.id })).toBe('UNAUTHENTICATED');

    const school = await makeProcurementUnit(world, { canteen: 'OUTSOURCED' });
    const approverId = await makeMember(world, school.id, 'APPROVER');
    const { phone, userId } = await makeUser(world);
    const firm = { name: '餐饮', creditCode: freshCreditCode(), startsOn: '2026-01-01', endsBefore: null };
    await world.get(UnitContractorService).open(approverId, { unitId: school.id, phone, ...firm });
    const [cook, own] = [world.personOf(userId), world.personOf(await makeMember(world, school.id))];
    const unitId = school.id;
    const [theirs, schools] = [
      await upload([row(96)], cook, { unitId }),
      await upload([row(96)], own, { unitId }),
    ];
    expect(schools.id).not.toBe(theirs.id);
    expect(await as(cook).ask(LISTS, { unitId })).toMatchObject({ nodes: [{ id: theirs.id }] });
    expect(await as(cook).ask(BULK, { id: schools.id })).toBeNull();
    expect(await as(own).ask<{ nodes: object[] }>(LISTS, { unitId })).toMatchObject({ nodes: [{}, {}] });
    expect(await as(own).codeOf(DISCARD ?? '', { id: theirs.id })).toBe('NOT_FOUND');
    expect(await confirm(theirs, { paymentTerm: 'PREPAID' }, cook)).toMatchObject({
      bulkOrder: { state: 'PLACING' },
    });
    await run();
    const kinds = await world.database.query(
      'SELECT DISTINCT buyer_kind AS kind FROM order_line WHERE unit_id = ?',
      [unitId],
    );
    expect(kinds).toEqual([{ kind: 'CONTRACTOR' }]);
  });

  it('costs so many statements a row, however many rows there are: read, said yes to, placed and signed', async () => {
    // More than BULK_ROWS says so are only for measuring.
    const rows = Number(process.env['BULK_ROWS'] ?? 60);
    const many = await makeProduct(world, { batches: [{ quantity: rows + 10 }] });
    const goods = await skuOf(many);
    const rich = await makeCreditUnit(world, { limitFen: 10n ** 10n });
    const [clerk, boss] = [world.personOf(rich.buyerId), world.personOf(rich.approverId)];
    const spent: Record<string, string> = {};
    const measured = async <T>(
      what: string,
      work: () => Promise<T>,
    ): Promise<{ result: T; statements: number }> => {
      const began = performance.now();
      let result: T | undefined;
      const statements = await countStatements(async () => {
        result = await work();
      });
      const ms = performance.now() - began;
      spent[what] =
        `${ms.toFixed(0)} ms, ${(ms / rows).toFixed(2)} ms and ${(statements / rows).toFixed(2)} statements a row`;
      return { result: result as T, statements };
    };
    const all = Array.from({ length: rows }, (_, no) => row(no + 1, { goods }));
    const { result: list } = await measured('read', () => upload(all, clerk, { unitId: rich.unitId }));
    const said = await measured('confirmed', () => confirm(list, {}, clerk));
    expect(said.result.bulkOrder).toMatchObject({ state: 'PLACING' });
    const placed = await measured('placed', run);
    expect(await read(list, clerk)).toMatchObject({
      state: 'PLACED',
      progress: { placed: rows, refused: 0 },
    });
    await as(boss).ask(SIGN ?? '', { id: list.id });
    const signed = await measured('signed', run);
    expect(await read(list, clerk)).toMatchObject({ state: 'SIGNED', progress: { signed: rows } });
    const { statements: results } = await measured('results', () =>
      as(clerk).http.get(`/bulk-orders/${list.id}/xlsx`).set('authorization', `Bearer ${clerk.token}`),
    );
    if (process.env['BULK_ROWS']) process.stdout.write(`${JSON.stringify(spent, null, 2)}\n`);

    expect(said.statements).toBeLessThan(60);
    expect(results).toBeLessThan(20);
    expect(placed.statements / rows).toBeLessThan(40);
    expect(signed.statements / rows).toBeLessThan(20);
  });

  it('forgets after a month whom it was for, and costs no more for many rows than for few', async () => {
    const statements = (rows: number) =>
      countStatements(() =>
        upload(
          Array.from({ length: rows }, (_, no) => row(1_000 + no)),
          buyer,
          another(),
        ),
      );
    await statements(1);
    expect(await statements(40)).toBe(await statements(2));
    const list = await upload([row(97)], buyer, another());
    world.clock.advance(31 * 86_400_000);
    expect(await world.get(BulkRunService).sweep(100)).toBeGreaterThan(0);
    expect(await read(list)).toMatchObject({ state: 'DISCARDED' });
    const left = await world.database.query(
      "SELECT 1 FROM bulk_order_parcel WHERE name <> '' UNION ALL SELECT 1 FROM bulk_order_row WHERE phone <> ''",
    );
    expect(left).toEqual([]);
    expect(await world.get(BulkRunService).sweep(100)).toBe(0);
  });
});
