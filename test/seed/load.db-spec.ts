import { DAY_MS, businessDay, present } from '#libs/kernel';
import { DivisionReader } from '#libs/division';
import { dataKeysOf } from '#platform/config';
import { loadFiles } from '../../scripts/seed/load.js';
import type { Totals } from '../../scripts/data/files.js';
import { type FileLoad, readDataFile } from '../../scripts/seed/table-load.js';
import { ZHUZHOU } from '../../scripts/seed/zhuzhou.load.js';
import { FakeClock } from '../harness/clock.js';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';
import { DATA_KEYS } from '../harness/secrets.js';

const TABLES = [
  'division',
  'user_account',
  'membership',
  'merchant',
  'procurement_unit',
  'reserved_share',
  'credit_term',
  'household',
  'household_member',
  'linkage_agreement',
  'linkage_household',
  'category',
  'product',
  'product_variant',
  'product_batch',
  'certification',
  'harvest_window',
  'stock_location',
  'stock_level',
  'stock_movement',
  'channel_point',
  'channel_point_step',
  'channel_listing',
  'pairing',
  'pairing_slot',
  'pairing_household',
  'calendar_day',
  'payee_account',
  'volume_day',
  'volume_month',
];

const KEYS = dataKeysOf(DATA_KEYS);

const FACTS = String((JSON.parse(readDataFile('totals.json')) as Totals).volume.rows);

let test: TestDatabase;
const clock = new FakeClock();

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

const single = async (sql: string) =>
  present((await test.database.query<Record<string, unknown>>(sql))[0], 'one row');
const contents = async () => test.database.query(`CHECKSUM TABLE ${TABLES.join(', ')}`);

describe('loading Zhuzhou', () => {
  it('keeps what is committed when it is interrupted, and goes on from there', async () => {
    const interruption: FileLoad = {
      file: 'products.csv',
      load: async (tx, text, tools) => {
        const products = present(
          ZHUZHOU.find(({ file }) => file === 'products.csv'),
          'the products',
        );
        await products.load(tx, text, tools);
        throw new Error('the plug is pulled');
      },
    };
    const before = ZHUZHOU.findIndex(({ file }) => file === 'products.csv');

    await expect(
      loadFiles(test.database, clock, [...ZHUZHOU.slice(0, before), interruption], KEYS),
    ).rejects.toThrow('the plug is pulled');
    expect(await single('SELECT COUNT(*) AS products FROM product')).toEqual({ products: '0' });
    const results = await loadFiles(test.database, clock, ZHUZHOU, KEYS);

    expect(results.map(({ file }) => file)).toEqual(ZHUZHOU.slice(before).map(({ file }) => file));
    expect(await single('SELECT COUNT(*) AS products FROM product')).toEqual({ products: '200' });
  });

  it('brings every table to its size', async () => {
    const sizes = await single(`SELECT
      (SELECT COUNT(*) FROM division) AS divisions, (SELECT COUNT(*) FROM channel_point) AS points,
      (SELECT COUNT(*) FROM household) AS households, (SELECT COUNT(*) FROM linkage_agreement) AS agreements,
      (SELECT COUNT(*) FROM merchant) AS merchants, (SELECT COUNT(*) FROM volume_fact) AS facts`);

    expect(sizes).toEqual({
      divisions: '4730', // 3,218 of the country, 1,523 of Zhuzhou, of which eleven are in both
      points: '588',
      households: '2000',
      agreements: '250',
      merchants: '61',
      facts: FACTS,
    });
  });

  it('has the whole country to send to, level by level, and says more only of where goods come from', async () => {
    const divisions = new DivisionReader(test.database, clock);
    const [provinces, chongqing, zhuzhou] = await Promise.all(
      [null, '500000', '430200'].map((code) => divisions.children(code)),
    );
    const marked = await single(
      `SELECT SUM(is_designated) AS designated, COUNT(longitude) AS placed FROM division`,
    );

    expect([provinces?.length, chongqing?.length, zhuzhou?.length]).toEqual([34, 38, 9]);
    expect(zhuzhou?.map(({ longitude }) => longitude !== null)).toEqual(Array(9).fill(true));
    expect(marked).toEqual({ designated: '2', placed: '9' });
  });

  it('makes a catalogue that is searched, sorted, in season, and lies in the counters', async () => {
    const shop = await single(`SELECT (SELECT COUNT(*) FROM product_search) AS documents,
      (SELECT COUNT(*) FROM product WHERE jin_price_from_fen = 0) AS unpriced,
      (SELECT COUNT(*) > 20 FROM product WHERE sold_quantity > 0) AS hasSold,
      (SELECT COUNT(DISTINCT product_id) > 50 FROM harvest_window) AS hasSeasons,
      (SELECT COUNT(*) FROM harvest_window WHERE closes_on < '${businessDay(clock.now())}') AS bygone,
      (SELECT COUNT(DISTINCT channel_point_id) FROM stock_location WHERE kind = 'SHELF') AS shelves,
      (SELECT COUNT(DISTINCT g.cabinet_id) > 50 FROM planogram_slot g) AS hasPlans,
      (SELECT COUNT(*) FROM pairing p JOIN pairing_slot s ON s.pairing_id = p.id JOIN pairing_household h ON h.pairing_id = p.id) AS paired,
      (SELECT COUNT(*) > 2000 FROM stock_level l JOIN stock_location s ON s.id = l.location_id
       WHERE s.kind = 'SHELF' AND l.on_hand > 0) AS hasGoods,
      (SELECT COUNT(*) FROM stock_level l WHERE l.on_hand <> (
        SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m WHERE m.stock_level_id = l.id)) AS unexplained`);

    expect(shop).toEqual({
      documents: '200',
      unpriced: '0',
      hasSold: 1,
      hasSeasons: 1,
      bygone: '0',
      shelves: '326',
      hasPlans: 1,
      paired: '6',
      hasGoods: 1,
      unexplained: '0',
    });
  });

  it('leaves the volume counted: facts, days and months are the same 1 203 417 926.58 yuan', async () => {
    const sums = await single(`SELECT (SELECT SUM(recognised_fen) FROM volume_fact) AS facts,
      (SELECT SUM(recognised_fen) FROM volume_day) AS days, (SELECT SUM(recognised_fen) FROM volume_month) AS months,
      (SELECT COUNT(*) FROM volume_fact_waiting) AS waiting`);

    expect(sums).toEqual({
      facts: '120341792658',
      days: '120341792658',
      months: '120341792658',
      waiting: '0',
    });
  });

  it('has the yellow peach on the shelf, fresh, certified and linked, as of today', async () => {
    const peach =
      await single(`SELECT v.sku, v.price_fen AS priceFen, b.harvested_on AS harvestedOn, l.on_hand - l.reserved AS available,
        l.best_before_on > '${businessDay(clock.now())}' AS isFresh, b.linkage_agreement_id IS NOT NULL AS isLinked,
        (SELECT COUNT(*) FROM certification c WHERE c.product_id = p.id AND c.revoked_at IS NULL
           AND c.valid_from <= '${clock.now().toISOString().slice(0, 19)}' AND c.valid_to > '${clock.now().toISOString().slice(0, 19)}')
           AS certificates
      FROM product p JOIN product_variant v ON v.product_id = p.id AND v.position = 1
      JOIN product_batch b ON b.product_id = p.id JOIN stock_level l ON l.variant_id = v.id AND l.batch_id = b.id
      JOIN stock_location s ON s.id = l.location_id AND s.kind = 'WAREHOUSE'
      WHERE p.name LIKE '炎陵黄桃（平乐%'`);

    const harvestedOn = businessDay(new Date(clock.now().getTime() - 4 * DAY_MS));
    expect(peach).toMatchObject({ sku: 'ZZ-0001-1', priceFen: '8800', harvestedOn, available: '20000' });
    expect([peach['isFresh'], peach['isLinked'], peach['certificates']].map(Number)).toEqual([1, 1, 1]);
  });

  it('begins the history of every price, knows what every kind costs, and asks for nothing that a reviewer would have to agree to', async () => {
    const month = businessDay(clock.now()).slice(0, 7);
    const counts = await single(`SELECT
      (SELECT COUNT(*) FROM product_variant v WHERE NOT EXISTS (SELECT 1 FROM price_change c WHERE c.variant_id = v.id)) AS untold,
      (SELECT COUNT(*) FROM goods_kind k WHERE NOT EXISTS (
         SELECT 1 FROM reference_price r WHERE r.kind_code = k.code AND '${month}' BETWEEN r.month_from AND r.month_to)) AS unknown,
      (SELECT COUNT(*) FROM product p JOIN product_variant v ON v.product_id = p.id
         JOIN reference_price r ON r.kind_code = p.kind_code AND r.grade = v.grade) > 20 AS areCompared,
      (SELECT COUNT(*) FROM product p JOIN product_variant v ON v.product_id = p.id
         JOIN reference_price r ON r.kind_code = p.kind_code AND r.grade = v.grade AND '${month}' BETWEEN r.month_from AND r.month_to
         WHERE v.price_fen * 50000 > r.jin_price_fen * v.net_weight_g * 130) AS held`);

    expect(Object.values(counts).map(Number)).toEqual([0, 0, 1, 0]);
  });

  it('does nothing the second time', async () => {
    expect(await loadFiles(test.database, clock, ZHUZHOU, KEYS)).toEqual([]);
  });

  it('changes nothing even if the notes are lost and days have passed', async () => {
    await test.database.transaction((tx) =>
      tx.write('UPDATE stock_level SET on_hand = on_hand - 1 WHERE on_hand > 100'),
    );
    const before = await contents();
    await test.database.transaction((tx) => tx.write('DELETE FROM seed_load'));
    clock.advance(9 * DAY_MS);

    const results = await loadFiles(test.database, clock, ZHUZHOU, KEYS);

    expect(results).toHaveLength(ZHUZHOU.length);
    expect(await contents()).toEqual(before);
    expect(await single('SELECT COUNT(*) AS facts FROM volume_fact')).toEqual({ facts: FACTS });
  });
});
