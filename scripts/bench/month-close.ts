import { NestFactory } from '@nestjs/core';
import { Clock, assert, newId, refused } from '#libs/kernel';
import {
  MonthCloseReader,
  MonthCloseService,
  MonthCloseModule,
  MonthFreezeService,
  VolumeRollupService,
} from '#libs/volume';
import { Database, type Tx } from '#platform/database';
import { freshDatabase } from './fresh-database.js';

const MONTH = '2026-10-01';
const DAYS = 31;
/** BENCH_LINES changes it. */
const LINES = Number(process.env['BENCH_LINES'] ?? 2_000_000);
const LINES_PER_INSERT = 100_000;
const AIM_SECONDS = 300;

class BenchClock extends Clock {
  now(): Date {
    return new Date('2026-11-05T02:00:00Z');
  }
}

/** Lines in the order of their days, as they come: 31 days, nine counties, 200 products, six channels and 600 places of sale, made by the server itself. */
async function sell(tx: Tx, from: number, count: number): Promise<void> {
  await tx.write(
    `INSERT INTO volume_fact (id, fact_key, source, ordered_fen, paid_fen, refunded_fen, delivered_fen, recognised_fen, quantity, weight_g,
       origin_county_code, product_id, merchant_id, channel_kind, channel_point_id, sale_county_code, buyer_kind, is_certified,
       linkage_agreement_id, event_at, event_day, origin_day, recorded_at)
     SELECT CONCAT('vfa_', LPAD(n, 26, '0')), CONCAT('bench:', n), 'PLATFORM', 0, 0, 0, 1000 + n % 9000, 1000 + n % 9000, 1, 500,
       ELT(1 + n % 9, '430202', '430203', '430204', '430211', '430212', '430223', '430224', '430225', '430281'),
       CONCAT('prd_', n % 200), CONCAT('mer_', n % 60),
       ELT(1 + n % 6, 'PAVILION', 'ZONE', 'COUNTER', 'ONLINE', 'PROCUREMENT', 'FAIR'), CONCAT('chp_', n % 600), '430202', 'CONSUMER',
       n % 10 < 7, '', TIMESTAMP(DATE_ADD(?, INTERVAL FLOOR(n * ? / ?) DAY), '04:00:00'), DATE_ADD(?, INTERVAL FLOOR(n * ? / ?) DAY),
       DATE_ADD(?, INTERVAL FLOOR(n * ? / ?) DAY), '2026-11-01 00:00:00'
     FROM (SELECT ? + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
       FROM bench_digit a, bench_digit b, bench_digit c, bench_digit e, bench_digit f) numbers WHERE n < ?`,
    [MONTH, DAYS, LINES, MONTH, DAYS, LINES, MONTH, DAYS, LINES, from, from + count],
  );
}

/** Closes a month of two million lines as people and the clock do, act by act and step by step, and says how long it took. */
export async function monthClose(): Promise<void> {
  const { database } = await freshDatabase();
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useClass: BenchClock },
  ];
  const app = await NestFactory.createApplicationContext(
    {
      module: class BenchModule {},
      global: true,
      imports: [MonthCloseModule.over([], [])],
      providers,
      exports: providers,
    },
    { logger: ['error', 'warn'] },
  );
  try {
    console.log(`Selling ${LINES.toLocaleString('en')} lines in one month …`);
    await database.transaction(async (tx) => {
      await tx.write('CREATE TABLE bench_digit (d INT NOT NULL PRIMARY KEY)');
      await tx.write('INSERT INTO bench_digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)');
    });
    for (let from = 0; from < LINES; from += LINES_PER_INSERT)
      await database.transaction((tx) => sell(tx, from, Math.min(LINES_PER_INSERT, LINES - from)));
    await app.get(VolumeRollupService).rebuild();

    const closes = app.get(MonthCloseService);
    const keeper = () => ({ userId: newId('usr'), scope: 'ALL' }) as const;
    const [maker, checker] = [keeper(), keeper()];
    const startedMs = performance.now();
    for (const moved of [await closes.cutOff(MONTH, maker), await closes.startReview(MONTH, maker)])
      assert(!refused(moved), 'the month moves');
    const requestId = await closes.requestLock(MONTH, maker);
    assert(!refused(requestId), 'nothing is in the way');
    const decision = { month: MONTH, requestId, ...checker, verdict: 'APPROVE', reason: null } as const;
    assert(!refused(await closes.decideLock(decision)), 'it is agreed to');
    let slowestMs = 0;
    for (let isAtWork = true; isAtWork;) {
      const stepMs = performance.now();
      isAtWork = (await app.get(MonthFreezeService).advance()) > 0;
      slowestMs = Math.max(slowestMs, performance.now() - stepMs);
    }
    const seconds = (performance.now() - startedMs) / 1_000;
    const close = await app.get(MonthCloseReader).byMonth(MONTH);
    assert(close?.state === 'LOCKED', 'the month is locked');
    console.log(
      `month-close: ${LINES.toLocaleString('en')} lines locked in ${seconds.toFixed(1)} s (aim < ${AIM_SECONDS} s), the slowest of its steps ${(slowestMs / 1_000).toFixed(1)} s`,
    );
  } finally {
    await app.close();
    await database.close();
  }
}
