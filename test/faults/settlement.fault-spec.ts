import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';
import { SystemClock } from '#libs/kernel';
import { Log } from '#platform/log';
import { type AnyConsumer, Relay } from '#platform/outbox';
import { BullQueue } from '#platform/queue';
import { VOLUME_TABLES } from '../database/volume-rooms.js';
import { redisUrl } from '../harness/database.js';
import { Fleet, eventually } from '../harness/fleet.js';
import { openShop, placeOrder, startPayment } from '../harness/shop.js';

/** 10,000 fen of goods, no agreement: 7300, 2000, 500 and 200 basis points; the pool stays with the county. */
const BOOKS_OF_ONE_SALE = {
  'asset:psp:stripe:cny': 10_000n,
  'liability:escrow': 0n,
  'liability:held:merchant': 7_300n,
  'liability:held:household_pool:430225': 2_000n,
  'liability:deferred_fee': 500n,
  'liability:held:fund:430225': 200n,
};

describe('the books, when settlement fails half-way', () => {
  let fleet: Fleet;
  let variantId: string;
  let merchantId: string;

  beforeAll(async () => {
    fleet = await Fleet.start();
    ({ variantId, merchantId } = await openShop(fleet.test.database));
  }, 120_000);
  afterAll(() => fleet.close(), 30_000);
  beforeEach(async () => {
    await fleet.test.clear(
      'ledger_day_waiting',
      'ledger_day_balance',
      'ledger_transfer',
      'ledger_journal',
      'ledger_account',
      'split_share',
      ...VOLUME_TABLES,
      'inbox',
      'outbox',
    );
  });

  /** What stands in each account on its normal side, fees apart: they are known at another time. */
  const books = async () => {
    const rows = await fleet.test.database.query<{ code: string; fen: string }>(
      `SELECT a.code, CAST(COALESCE(SUM(CASE WHEN (t.debit_account_id = a.id) = (a.normal_side = 'debit') THEN t.amount_fen ELSE -t.amount_fen END), 0) AS SIGNED) AS fen
       FROM ledger_account a
       LEFT JOIN ledger_transfer t ON (t.debit_account_id = a.id OR t.credit_account_id = a.id)
         AND t.journal_id NOT IN (SELECT id FROM ledger_journal WHERE kind IN ('psp_fee', 'psp_top_up'))
       WHERE a.code NOT IN ('expense:psp_fee', 'asset:bank:main') GROUP BY a.id, a.code`,
    );
    return Object.fromEntries(
      rows.map(({ code, fen }) => [code.replace(merchantId, 'merchant'), BigInt(fen)]),
    );
  };
  const times = (count: number) =>
    Object.fromEntries(Object.entries(BOOKS_OF_ONE_SALE).map(([code, fen]) => [code, fen * BigInt(count)]));
  const paidVolume = async () => {
    const [row] = await fleet.test.database.query<{ fen: string }>(
      'SELECT CAST(COALESCE(SUM(paid_fen), 0) AS SIGNED) AS fen FROM volume_day',
    );
    return BigInt(row?.fen ?? 0);
  };
  const waiting = async () => {
    const [row] = await fleet.test.database.query<{ n: string }>(
      `SELECT (SELECT COUNT(*) FROM outbox WHERE published_at IS NULL) + (SELECT COUNT(*) FROM inbox WHERE state <> 'APPLIED')
         + (SELECT COUNT(*) FROM volume_fact_waiting) AS n`,
    );
    return Number(row?.n);
  };
  const comeToRest = () => eventually('nothing is on its way', async () => (await waiting()) === 0, 40_000);

  it('are the same after kill -9 between the receipt and its effect', async () => {
    const buyer = fleet.tokenFor();
    const order = await placeOrder(fleet, buyer, variantId);
    const page = await startPayment(fleet, buyer, order.id);
    await comeToRest();
    // The books' account is opened beforehand, so that its row can be held.
    const blocker = await createConnection({ uri: fleet.test.url });
    try {
      await blocker.query(
        "INSERT INTO ledger_account (id, code, type, normal_side, balance_mode, has_floor, state, created_at) VALUES ('acc_held', ?, 'liability', 'credit', 'LOCKED', 1, 'OPEN', NOW(6))",
        [`liability:held:${merchantId}`],
      );
      await blocker.beginTransaction();
      await blocker.query("SELECT id FROM ledger_account WHERE id = 'acc_held' FOR UPDATE");
      await fleet.payAt(page);
      // The consumer has turned its receipt and now waits for the account's lock: neither is committed.
      await eventually('the consumer is at the lock', async () => {
        const receipt = "SELECT state FROM inbox WHERE consumer = 'PostCaptureOnPaymentCaptured'";
        const [seen, free] = await fleet.test.database.transaction(async (tx) => [
          await tx.query<{ state: string }>(receipt),
          await tx.query(`${receipt} FOR UPDATE SKIP LOCKED`),
        ]);
        return seen?.length === 1 && free?.length === 0;
      });
      await fleet.stop('settlement', 'SIGKILL');
    } finally {
      await blocker.end(); // Lets the row go.
    }
    const before = await books();
    expect(before).toMatchObject({ 'liability:held:merchant': 0n });
    expect(before).not.toHaveProperty('liability:escrow');
    await fleet.launch('settlement');

    await comeToRest();
    expect(await books()).toEqual(times(1));
    expect(await paidVolume()).toBe(10_000n);
  }, 90_000);

  it('G2: are the same after Redis has lost 500 deliveries', async () => {
    // Nobody may owe for more than twenty orders.
    const buyers = Array.from({ length: 25 }, () => fleet.tokenFor());
    await fleet.stop('settlement', 'SIGTERM');
    for (let n = 0; n < 20; n += 1) for (const buyer of buyers) await placeOrder(fleet, buyer, variantId);
    const log = new Log(pino({ level: 'silent' }));
    const queue = new BullQueue(redisUrl(), log);
    class RecordVolumeOnOrderPlaced {
      readonly queue = 'volume';
      apply = () => Promise.resolve();
    }
    const routes = new Map<string, readonly AnyConsumer[]>([
      ['order.placed', [new RecordVolumeOnOrderPlaced()]],
    ]);
    const relay = new Relay(fleet.test.database, queue, new SystemClock(), routes);
    while ((await relay.publish()) > 0);
    const redis = new Redis(redisUrl());
    expect(await redis.llen('{taoyuan}:volume:wait')).toBe(500);

    await redis.flushdb();
    redis.disconnect();
    await queue.close();
    await fleet.launch('settlement');

    await comeToRest();
    const [row] = await fleet.test.database.query<{ fen: string }>(
      'SELECT CAST(SUM(ordered_fen) AS SIGNED) AS fen FROM volume_day',
    );
    expect(BigInt(row?.fen ?? 0)).toBe(5_000_000n);
  }, 120_000);

  it('are the same after a storm of webhooks, multiplied, reordered and badly signed', async () => {
    const buyers = [fleet.tokenFor(), fleet.tokenFor()] as const;
    const webhooks = [
      { type: '*', fault: 'duplicate', copies: 4 },
      { type: '*', fault: 'reorder', window: 5 },
      { type: '*', fault: 'bad_signature', every: 7 },
    ];
    const faults = { seed: 7, requests: [], webhooks };
    const set = await fetch(`${fleet.url('stripe-sandbox')}/_sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    });
    expect(set.status).toBe(200);
    const pages = [];
    for (let n = 0; n < 30; n += 1) {
      const buyer = buyers[n % 2 === 0 ? 0 : 1];
      const order = await placeOrder(fleet, buyer, variantId);
      pages.push(await startPayment(fleet, buyer, order.id));
    }

    const paying = Promise.all(pages.map((page) => fleet.payAt(page)));
    await sleep(300);
    await fleet.stop('settlement', 'SIGKILL');
    await paying;
    await fleet.launch('settlement');

    await eventually('every order is paid', async () => (await paidVolume()) === 300_000n, 60_000);
    await comeToRest();
    expect(await books()).toEqual(times(30));
    expect(await paidVolume()).toBe(300_000n);
  }, 150_000);
});
