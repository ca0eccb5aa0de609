import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createConnection } from 'mysql2/promise';
import { ConsignmentModule, SellThroughRunService, SellThroughService } from '#libs/consignment';
import { MembershipService, UserService } from '#libs/identity';
import { IntakeModule, SellThroughFeedService } from '#libs/intake';
import { assert, refused } from '#libs/kernel';
import {
  SHEET_KINDS,
  SheetFileService,
  SheetImportReader,
  SheetImportService,
  SheetModule,
  type SheetPerson,
  type SheetReach,
  SheetRunService,
} from '#libs/sheet';
import { Config } from '#platform/config';
import type { Database } from '#platform/database';
import { PlatformModule } from '#platform/service';
import { readSheetRows, xlsxFile } from '#platform/sheets';
import { freshDatabase } from './fresh-database.js';
import { median } from './rounds.js';
import { MONTH, SHEET_ROWS, type SheetGround, fillSheetGround } from './sheet-ground.js';
import {
  SHEET_TABLES,
  SHEET_TABLE_NAMES,
  type SheetTable,
  type SheetTableName,
  entriesIn,
} from './sheet-tables.js';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
/** As the run has. */
const LANES = 4;
const AIM_SECONDS = 60;
const AUTH_SECRET = 'a-secret-for-benchmarks-that-is-long-enough';

/** What one import took, in seconds since it was sent. */
interface Took {
  /** Until it was said of every row what would become of it. */
  readonly looked: number;
  readonly done: number;
}

interface House {
  readonly app: INestApplicationContext;
  readonly database: Database;
  readonly url: string;
  readonly ground: SheetGround;
  readonly person: SheetPerson;
}

const since = (began: number) => (performance.now() - began) / 1_000;

/** As the portal and the clockwork do it: read, looked at row by row, said yes to, and done. */
async function imported({ app, ground, person }: House, table: SheetTable, bytes: Buffer): Promise<Took> {
  const { kind, effect } = table;
  if (kind === 'SELL_THROUGH') return told(app, ground, person, bytes);
  const began = performance.now();
  const imports = app.get(SheetImportService);
  const { merchantId } = ground;
  const id = await imports.read(person, { merchantId, kind, reference: '', fileName: 'table.xlsx', bytes });
  assert(typeof id === 'string', 'it is read');
  const looked = since(began);
  await imports.confirm(person, id);
  while ((await app.get(SheetRunService).work()) > 0);
  const took = { looked, done: since(began) };
  const progress = await app.get(SheetImportReader).progressOf([id]);
  const [all] = progress;
  if (progress.length !== 1 || all?.state !== 'DONE' || all.effect !== effect || all.rows !== SHEET_ROWS)
    throw new Error(`Not every row is done: ${JSON.stringify(progress)}`);
  return took;
}

/** A file of tills: taken from the shelves, and counted in the register. */
async function told(
  app: INestApplicationContext,
  { merchantId }: SheetGround,
  { userId }: SheetPerson,
  bytes: Buffer,
): Promise<Took> {
  const began = performance.now();
  const [service, by] = [
    app.get(SellThroughService, { strict: false }),
    { userId, merchantIds: [merchantId] },
  ];
  const id = await service.check({ operatorId: merchantId, month: MONTH, fileName: 'tills.xlsx', bytes }, by);
  assert(typeof id === 'string', 'it is read');
  const looked = since(began);
  const confirmed = await service.confirm(id, '', false, by);
  assert(!refused(confirmed), 'no row is faulty');
  while ((await app.get(SellThroughRunService, { strict: false }).work()) > 0);
  while ((await app.get(SellThroughFeedService, { strict: false }).work()) > 0);
  return { looked, done: since(began) };
}

/** The same table by hand, with as many connections: a transaction an entry. */
async function byHand({ url, ground }: House, table: SheetTable, bytes: Buffer): Promise<number> {
  const connections = await Promise.all(Array.from({ length: LANES }, () => createConnection(url)));
  const began = performance.now();
  const limits = { bytesMax: 2 ** 24, unpackedBytesMax: 2 ** 26, cellLengthMax: 200 };
  const sheet = await readSheetRows(bytes, SHEET_ROWS + 10, limits);
  assert(Array.isArray(sheet), 'a table');
  const waiting = entriesIn(sheet.slice(1) as string[][], table.each);
  const lane = async (connection: (typeof connections)[number]) => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      await connection.beginTransaction();
      await table.byHand(connection, entry, ground);
      await connection.commit();
    }
  };
  await Promise.all(connections.map(lane));
  const seconds = since(began);
  await Promise.all(connections.map((connection) => connection.end()));
  return seconds;
}

/** Everything there is of the kind, as a workbook. */
async function exported({ app, ground, person }: House, { kind }: SheetTable): Promise<number | null> {
  if (kind === 'SELL_THROUGH') return null;
  const began = performance.now();
  const { merchantId } = ground;
  const file = await app
    .get(SheetFileService)
    .export({ merchantId, userId: person.userId }, kind, 'XLSX', 'zh-CN');
  assert((await buffer(file)).length > SHEET_ROWS, 'there is something');
  return since(began);
}

async function bench(house: House, name: SheetTableName): Promise<void> {
  const table: SheetTable = SHEET_TABLES[name];
  const { ground, database } = house;
  const rounds: { mine: Took; hand: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const fileOf = async (no: number) => {
      const rows = await table.rows({ ground, database, no });
      return xlsxFile(
        [table.head, ...rows],
        table.head.map(() => 20),
      );
    };
    const [mine, hand] = [await fileOf(round * 2 + 1), await fileOf(round * 2 + 2)];
    // The order within a pair changes sides.
    const first = round % 2 === 1 ? await byHand(house, table, hand) : null;
    const took = await imported(house, table, mine);
    rounds.push({ mine: took, hand: first ?? (await byHand(house, table, hand)) });
    if (round < ROUNDS - 1) await table.clear?.(database);
  }
  const [called, act] = table.afterwards ?? [];
  const began = performance.now();
  await act?.(house.app, { ground, database, no: 0 }, house.person.userId);
  const afterwards = called ? [`${called} in ${since(began).toFixed(1)} s`] : [];
  await table.clear?.(database);
  if (table.kind === 'SHIPMENTS') await table.rows({ ground, database, no: 0 });
  const export_ = await exported(house, table);
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  const [looked, done, hand] = [
    of(({ mine }) => mine.looked),
    of(({ mine }) => mine.done),
    of((each) => each.hand),
  ];
  const ratios = rounds.map((each) => each.hand / each.mine.done);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const cells = [
    `looked at in ${looked.toFixed(1)} s`,
    `done in ${done.toFixed(1)} s in all`,
    `${Math.round(SHEET_ROWS / done)} rows a second`,
    `by hand ${hand.toFixed(1)} s`,
    `ratio ${median(ratios).toFixed(2)} (${spread})`,
    ...afterwards,
    ...(export_ === null ? [] : [`taken out in ${export_.toFixed(1)} s`]),
    `aim under ${AIM_SECONDS} s: ${done < AIM_SECONDS ? 'met' : 'missed'}`,
  ];
  console.log(`  ${name.padEnd(13)} ${cells.join(', ')}`);
}

/** Tables of ten thousand rows are read, looked at and done, in turn with the same by hand, and taken out; aim: all of it within a minute. */
export async function benchSheets(names: readonly SheetTableName[] = SHEET_TABLE_NAMES): Promise<void> {
  const { url, database } = await freshDatabase(8);
  const filesDirectory = join(tmpdir(), `bench-files-${process.pid}`);
  const config = new Config({
    ...process.env,
    DATABASE_URL: url,
    AUTH_SECRET,
    FILES_DIR: filesDirectory,
    LOG_LEVEL: 'warn',
  });
  const imports = [
    PlatformModule.forService('settlement', config),
    SheetModule,
    ConsignmentModule,
    IntakeModule,
  ];
  const app = await NestFactory.createApplicationContext(
    { module: class BenchModule {}, imports },
    { logger: ['error', 'warn'] },
  );
  const ground = await fillSheetGround(database);
  const { merchantId } = ground;
  const user = await app
    .get(UserService, { strict: false })
    .register({ phone: '13900000001', displayName: '张桂花' });
  assert(!refused(user), 'somebody');
  const grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId } as const;
  await app.get(MembershipService, { strict: false }).grant(user.id, grant, null);
  const reach = Object.fromEntries(SHEET_KINDS.map((kind) => [kind, [merchantId]])) as unknown as SheetReach;
  const house: House = { app, database, url, ground, person: { userId: user.id, reach } };
  console.log(`\nTables of ${SHEET_ROWS} rows: ${ROUNDS} pairs`);
  for (const name of names) await bench(house, name);
  await app.close();
  await database.close();
  await rm(filesDirectory, { recursive: true, force: true });
}
