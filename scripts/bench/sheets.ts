import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { type Connection, createConnection } from 'mysql2/promise';
import { MembershipService, UserService } from '#libs/identity';
import { type IdOf, assert, newId, refused } from '#libs/kernel';
import { SheetImportReader, SheetImportService, SheetModule, SheetRunService } from '#libs/sheet';
import { Config } from '#platform/config';
import type { Database } from '#platform/database';
import { PlatformModule } from '#platform/service';
import { readSheetRows, xlsxFile } from '#platform/sheets';
import { freshDatabase } from './fresh-database.js';
import { median } from './rounds.js';

/** Prices of as many sizes as one table may have; BENCH_ROWS changes it. */
const ROWS = Number(process.env['BENCH_ROWS'] ?? 10_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SIZES = 2;
const PER_INSERT = 1_000;
/** As the run has. */
const LANES = 4;
const AIM_SECONDS = 60;
const NOW = new Date('2026-11-02T02:00:00Z');
const AUTH_SECRET = 'a-secret-for-benchmarks-that-is-long-enough';

interface Ground {
  readonly merchantId: IdOf<'mer'>;
  readonly variantIds: readonly string[];
}

/** A seller with products of two sizes each, a kind with a reference price, so that the band is asked of every row. */
async function fill(database: Database): Promise<Ground> {
  const merchantId = newId('mer');
  const products = Array.from({ length: Math.ceil(ROWS / SIZES) }, () => newId('prd'));
  const variants = products.flatMap((productId) =>
    [1, 2].map((size) => ({ id: newId('var'), productId, size })),
  );
  const insert = async (
    table: string,
    rows: Parameters<Parameters<Parameters<Database['transaction']>[0]>[0]['insert']>[1],
  ) => {
    for (let at = 0; at < rows.length; at += PER_INSERT)
      await database.transaction((tx) => tx.insert(table, rows.slice(at, at + PER_INSERT)));
  };
  await insert('division', [
    { code: '430000', parentCode: null, level: 'PROVINCE', name: '湖南省', isDesignated: false },
    { code: '430200', parentCode: '430000', level: 'CITY', name: '株洲市', isDesignated: false },
    { code: '430225', parentCode: '430200', level: 'COUNTY', name: '炎陵县', isDesignated: true },
  ]);
  await insert('merchant', [
    {
      id: merchantId,
      name: '霞阳黄桃专业合作社',
      kind: 'COOPERATIVE',
      creditCode: '934302250000000000',
      countyCode: '430225',
      townshipCode: null,
      contactName: '张*',
      contactPhone: '19900000000',
      state: 'ACTIVE',
      createdAt: NOW,
    },
  ]);
  await insert('category', [{ code: 'FRUIT', nameZh: '鲜果', nameEn: 'Fruit', position: 1 }]);
  await insert('goods_kind', [
    {
      code: 'PEACH',
      categoryCode: 'FRUIT',
      keeperCode: '430225',
      nameZh: '黄桃',
      nameEn: 'Peaches',
      position: 1,
    },
  ]);
  const thisYear = String(new Date().getFullYear());
  await insert('reference_price', [
    {
      id: newId('rfp'),
      kindCode: 'PEACH',
      grade: 'FIRST',
      monthFrom: `${thisYear}-01`,
      monthTo: `${thisYear}-12`,
      jinPriceFen: 2_000n,
      source: 'bench',
      recordedBy: newId('usr'),
      recordedAt: NOW,
      idempotencyKey: newId('req'),
    },
  ]);
  await insert(
    'product',
    products.map((id, index) => ({
      id,
      merchantId,
      categoryCode: 'FRUIT',
      kindCode: 'PEACH',
      name: `黄桃 ${index}`,
      description: '海拔八百米的晚熟黄桃。',
      originCountyCode: '430225',
      isPerishable: true,
      seasonFrom: null,
      seasonTo: null,
      priceFromFen: 8_000n,
      jinPriceFromFen: 1_600n,
      state: 'ON_SALE',
      listedAt: NOW,
      updatedAt: NOW,
    })),
  );
  await insert(
    'product_variant',
    variants.map(({ id, productId, size }) => ({
      id,
      productId,
      sku: id,
      name: `${size * 5} 斤装`,
      grade: 'FIRST',
      netWeightG: 2_500 * size,
      priceFen: 8_000n * BigInt(size),
      position: size,
      state: 'ON_SALE',
    })),
  );
  return { merchantId, variantIds: variants.slice(0, ROWS).map(({ id }) => id) };
}

/** The same prices by hand: a transaction a row that locks the product, writes price, history, what lists show and a fact; no rule, no look, no note of what became of a row. */
async function byHand(url: string, bytes: Buffer): Promise<number> {
  const began = performance.now();
  const sheet = await readSheetRows(bytes, ROWS + 10, {
    bytesMax: 2 ** 24,
    unpackedBytesMax: 2 ** 26,
    cellLengthMax: 100,
  });
  assert(Array.isArray(sheet), 'a table');
  const rows = sheet.slice(1) as (readonly string[])[];
  const lane = async (connection: Connection) => {
    for (let row = rows.shift(); row; row = rows.shift()) {
      const [variantId = '', price = ''] = row;
      await connection.beginTransaction();
      const [[found]] = (await connection.query('SELECT product_id AS id FROM product_variant WHERE id = ?', [
        variantId,
      ])) as unknown as [[{ id: string }]];
      await connection.query('SELECT id FROM product WHERE id = ? FOR UPDATE', [found.id]);
      const fen = Math.round(Number(price) * 100);
      await connection.query('UPDATE product_variant SET price_fen = ? WHERE id = ?', [fen, variantId]);
      await connection.query(
        `INSERT INTO price_change (id, product_id, variant_id, price_fen, net_weight_g, grade, changed_at) VALUES (?, ?, ?, ?, 2500, 'FIRST', NOW(6))`,
        [newId('pch'), found.id, variantId, fen],
      );
      await connection.query(
        'UPDATE product SET price_from_fen = (SELECT MIN(price_fen) FROM product_variant WHERE product_id = ?), updated_at = NOW(6) WHERE id = ?',
        [found.id, found.id],
      );
      await connection.query(
        "INSERT INTO outbox (id, name, payload, occurred_at) VALUES (?, 'product.changed', '{}', NOW(6))",
        [newId('evt')],
      );
      await connection.commit();
    }
  };
  const connections = await Promise.all(Array.from({ length: LANES }, () => createConnection(url)));
  await Promise.all(connections.map(lane));
  await Promise.all(connections.map((connection) => connection.end()));
  return (performance.now() - began) / 1_000;
}

/** A workbook of ten thousand prices is read, looked at and done, in turn with the same by hand; aim: all of it within a minute. */
export async function benchSheets(): Promise<void> {
  const { url, database } = await freshDatabase(8);
  const filesDirectory = join(tmpdir(), `bench-files-${process.pid}`);
  const config = new Config({
    ...process.env,
    DATABASE_URL: url,
    AUTH_SECRET,
    FILES_DIR: filesDirectory,
    LOG_LEVEL: 'warn',
  });
  const app = await NestFactory.createApplicationContext(
    { module: class BenchModule {}, imports: [PlatformModule.forService('settlement', config), SheetModule] },
    { logger: ['error', 'warn'] },
  );
  const { merchantId, variantIds } = await fill(database);
  const user = await app
    .get(UserService, { strict: false })
    .register({ phone: '13900000001', displayName: '张桂花' });
  assert(!refused(user), 'somebody');
  const grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId } as const;
  await app.get(MembershipService, { strict: false }).grant(user.id, grant, null);
  const reach = {
    PRODUCTS: [merchantId],
    SHIPMENTS: [merchantId],
    HOUSEHOLDS: [merchantId],
    BATCHES: [merchantId],
    STOCK: [merchantId],
  };
  const person = { userId: user.id, reach };
  const [imports, runs, reader] = [
    app.get(SheetImportService),
    app.get(SheetRunService),
    app.get(SheetImportReader),
  ];

  const ours = async (bytes: Buffer) => {
    const began = performance.now();
    const upload = { merchantId, kind: 'PRODUCTS' as const, reference: '', fileName: 'prices.xlsx', bytes };
    const id = await imports.read(person, upload);
    assert(typeof id === 'string', 'it is read');
    const lookedS = (performance.now() - began) / 1_000;
    await imports.confirm(person, id);
    while ((await runs.work()) > 0);
    const seconds = (performance.now() - began) / 1_000;
    const progress = await reader.progressOf([id]);
    const done = progress.filter(({ state, effect }) => state === 'DONE' && effect === 'CHANGE');
    assert(done.length === 1 && done[0]?.rows === ROWS, 'every row is done');
    return { lookedS, seconds };
  };
  const rounds: { lookedS: number; seconds: number; handS: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const table = async (yuan: number) =>
      xlsxFile([['规格编号', '价格元'], ...variantIds.map((id) => [id, String(yuan)])], [32, 12]);
    const [mine, hand] = [await table(81 + round), await table(71 + round)];
    // The order within a pair changes sides.
    const handFirst = round % 2 === 1 ? await byHand(url, hand) : null;
    const { lookedS, seconds } = await ours(mine);
    rounds.push({ lookedS, seconds, handS: handFirst ?? (await byHand(url, hand)) });
  }
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  const ratios = rounds.map(({ seconds, handS }) => handS / seconds);
  const seconds = of((round) => round.seconds);
  console.log(`\nA table of ${ROWS} prices: ${ROUNDS} pairs`);
  console.log(
    `  Taoyuan: looked at in ${of(({ lookedS }) => lookedS).toFixed(1)} s, done in ${seconds.toFixed(1)} s in all, ${Math.round(ROWS / seconds)} rows a second`,
  );
  console.log(`  by hand: ${of(({ handS }) => handS).toFixed(1)} s`);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const verdict = seconds < AIM_SECONDS ? 'met' : 'missed';
  console.log(`  ratio ${median(ratios).toFixed(2)} (${spread}); aim under ${AIM_SECONDS} s: ${verdict}`);
  await app.close();
  await database.close();
  await rm(filesDirectory, { recursive: true, force: true });
}
