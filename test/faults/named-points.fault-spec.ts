import { type Connection, createConnection } from 'mysql2/promise';
import { newId, present } from '#libs/kernel';
import { redisUrl, urlOf } from '../harness/database.js';
import { Fleet, eventually } from '../harness/fleet.js';
import { ORDER_PLACE } from '../harness/documents.js';
import { openShop, placeOrder, startPayment } from '../harness/shop.js';
import { TcpProxy } from '../harness/tcp-proxy.js';

const ORDER_CANCEL = `mutation ($orderId: ID!) { orderCancel(orderId: $orderId) { __typename
  ... on OrderCancelPayload { order { id state } } ... on DomainError { code message } } }`;
const CONSUMER = 'PostCaptureOnPaymentCaptured';

/**
 * The process is killed with -9 at a named point, held there by what it waits for: a table, a row, or an answer on the line. Nothing in
 * production knows of these points.
 */
describe('a service, killed', () => {
  let fleet: Fleet;
  let redis: TcpProxy;
  let stripe: TcpProxy;
  let variantId: string;
  let merchantId: string;

  beforeAll(async () => {
    [redis, stripe] = [await TcpProxy.open(), await TcpProxy.open()];
    const url = new URL(redisUrl());
    redis.to(Number(url.port));
    url.port = String(redis.port);
    fleet = await Fleet.start({
      REDIS_URL: url.toString(),
      STRIPE_API_URL: `http://127.0.0.1:${stripe.port}`,
    });
    stripe.to(fleet.ports['stripe-sandbox']);
    ({ variantId, merchantId } = await openShop(fleet.test.database));
  }, 120_000);
  afterAll(async () => {
    await fleet.close();
    await redis.close();
    await stripe.close();
  }, 30_000);

  const count = async (sql: string, values: readonly string[] = []) => {
    const [row] = await fleet.test.database.query<{ n: string }>(sql, values);
    return Number(row?.n);
  };
  const journalsOf = (orderId: string, kind: string) =>
    count('SELECT COUNT(*) AS n FROM ledger_journal WHERE subject = ? AND kind = ?', [orderId, kind]);
  const waiting = () =>
    count(
      `SELECT (SELECT COUNT(*) FROM outbox WHERE published_at IS NULL) + (SELECT COUNT(*) FROM inbox WHERE state <> 'APPLIED')
         + (SELECT COUNT(*) FROM volume_fact_waiting) AS n`,
    );
  const comeToRest = () => eventually('nothing is on its way', async () => (await waiting()) === 0, 60_000);

  /** An order whose payment page is open, and nothing on its way. */
  const payable = async () => {
    const buyer = fleet.tokenFor();
    const order = await placeOrder(fleet, buyer, variantId);
    const page = await startPayment(fleet, buyer, order.id);
    await comeToRest();
    return { buyer, orderId: order.id, page };
  };

  /** As the owner, who may lock tables and see who waits. */
  const owner = () => createConnection({ uri: urlOf(fleet.test.name) });

  /** Holds the merchant's account, which the sale is posted to last. */
  const holdAccount = async (blocker: Connection) => {
    await blocker.query(
      `INSERT IGNORE INTO ledger_account (id, code, type, normal_side, balance_mode, has_floor, state, created_at)
       VALUES ('acc_held', ?, 'liability', 'credit', 'LOCKED', 1, 'OPEN', NOW(6))`,
      [`liability:held:${merchantId}`],
    );
    await blocker.beginTransaction();
    await blocker.query('SELECT id FROM ledger_account WHERE code = ? FOR UPDATE', [
      `liability:held:${merchantId}`,
    ]);
  };

  /** Its receipt is turned, and not committed. */
  const isAtTheAccount = () =>
    eventually('the consumer is at the account', async () => {
      const receipt = `SELECT event_id FROM inbox WHERE consumer = '${CONSUMER}' AND state = 'WAITING'`;
      const [seen, free] = await fleet.test.database.transaction(async (tx) => [
        await tx.query(receipt),
        await tx.query(`${receipt} FOR UPDATE SKIP LOCKED`),
      ]);
      return seen?.length === 1 && free?.length === 0;
    });

  const expectOneSale = async (orderId: string) => {
    await comeToRest();
    expect(await journalsOf(orderId, 'payment_captured')).toBe(1);
    expect(await journalsOf(orderId, 'order_split')).toBe(1);
    expect(
      await count(`SELECT COALESCE(SUM(share_fen), 0) AS n FROM split_share WHERE order_id = ?`, [orderId]),
    ).toBe(10_000);
  };

  it('before the insert: nothing is there, and then everything once', async () => {
    const { orderId, page } = await payable();
    const blocker = await owner();
    try {
      await blocker.query('LOCK TABLES ledger_journal WRITE');
      await fleet.payAt(page);
      await eventually('the consumer is at the table', async () => {
        const who = await owner();
        const [rows] = await who.query(
          `SELECT id FROM information_schema.processlist
           WHERE db = ? AND state LIKE 'Waiting for table metadata lock%' AND info LIKE '%idempotency_key IN%'`,
          [fleet.test.name],
        );
        await who.end();
        return (rows as object[]).length > 0;
      });
      await fleet.stop('settlement', 'SIGKILL');
    } finally {
      await blocker.end(); // Unlocks.
    }
    expect(await journalsOf(orderId, 'payment_captured')).toBe(0);

    await fleet.launch('settlement');

    await expectOneSale(orderId);
  }, 120_000);

  it('G4: after the insert, twice on the same job: it is swept up, and its effect is there once', async () => {
    const { orderId, page } = await payable();
    const blocker = await createConnection({ uri: fleet.test.url });
    try {
      await holdAccount(blocker);
      await fleet.payAt(page);
      for (let kills = 0; kills < 2; kills += 1) {
        await isAtTheAccount();
        await fleet.stop('settlement', 'SIGKILL');
        // While it waits for a row the server does not look whether anybody is still there.
        await blocker.rollback();
        await eventually('what it had begun is rolled back', async () => {
          const sql = `SELECT event_id FROM inbox WHERE consumer = '${CONSUMER}' AND state = 'WAITING' FOR UPDATE SKIP LOCKED`;
          return (await fleet.test.database.transaction((tx) => tx.query(sql))).length === 1;
        });
        expect(await journalsOf(orderId, 'payment_captured')).toBe(0);
        await holdAccount(blocker);
        await fleet.launch('settlement');
      }
      await isAtTheAccount();
    } finally {
      await blocker.end(); // Lets the account go.
    }

    await expectOneSale(orderId);
    const attempts = await count('SELECT MAX(attempts) AS n FROM inbox WHERE consumer = ?', [CONSUMER]);
    expect(attempts).toBeGreaterThan(1); // G5: under a number of its own each time, or Bull would have swallowed it.
  }, 150_000);

  it('after the commit, before the job is acknowledged: it is delivered again, and nothing more happens', async () => {
    const { orderId, page } = await payable();
    const blocker = await createConnection({ uri: fleet.test.url });
    try {
      await holdAccount(blocker);
      await fleet.payAt(page);
      await isAtTheAccount();
      redis.hold('QUESTIONS'); // The acknowledgement is one.
    } finally {
      await blocker.end();
    }
    await eventually('it is committed', async () => (await journalsOf(orderId, 'order_split')) === 1);
    await fleet.stop('settlement', 'SIGKILL');
    redis.release();

    await fleet.launch('settlement');

    await expectOneSale(orderId);
  }, 120_000);

  it('after the provider has refunded, before we know it: nobody is refunded twice', async () => {
    const { buyer, orderId, page } = await payable();
    await fleet.payAt(page);
    await eventually('it is paid and split', async () => (await journalsOf(orderId, 'order_split')) === 1);
    await comeToRest();
    const refundsAtStripe = async () => {
      const state = await fetch(`${fleet.url('stripe-sandbox')}/_sandbox/state`);
      const { refunds = [] } = (await state.json()) as { refunds?: { metadata: { order_id?: string } }[] };
      return refunds.filter(({ metadata }) => metadata.order_id === orderId).length;
    };
    stripe.hold('ANSWERS');
    await fleet.ask('storefront', buyer, ORDER_CANCEL, { orderId });
    await eventually('Stripe has refunded', async () => (await refundsAtStripe()) === 1);
    await fleet.stop('settlement', 'SIGKILL');
    const [before] = await fleet.test.database.query<{ state: string; ref: string | null }>(
      'SELECT state, provider_ref AS ref FROM refund WHERE order_id = ?',
      [orderId],
    );
    expect(present(before, 'the refund')).toEqual({ state: 'SENT', ref: null });
    stripe.release();

    await fleet.launch('settlement');

    await eventually('the refund has arrived', async () => {
      const refundId = 'SELECT COUNT(*) AS n FROM refund WHERE order_id = ? AND state = ?';
      return (await count(refundId, [orderId, 'SUCCEEDED'])) === 1;
    });
    await comeToRest();
    expect(await refundsAtStripe()).toBe(1);
    expect(
      await count(
        `SELECT COUNT(*) AS n FROM ledger_journal WHERE kind = 'refund_settled' AND subject = (SELECT id FROM refund WHERE order_id = ?)`,
        [orderId],
      ),
    ).toBe(1);
  }, 120_000);

  it('in the middle of a batch of buyers: none of them has anything, and each has one order when they ask again', async () => {
    const buyers = Array.from({ length: 40 }, () => fleet.tokenFor());
    const recipient = {
      name: '李女士',
      phone: '19900000300',
      countyCode: '430225',
      address: '神农大道 1 号',
    };
    const buy = (buyer: string) => {
      const input = { idempotencyKey: 'of-the-crowd', lines: [{ variantId, quantity: 1 }], recipient };
      return fleet.ask<{ order?: { id: string } }>('storefront', buyer, ORDER_PLACE, { input });
    };
    const placed = () =>
      count("SELECT COUNT(*) AS n FROM customer_order WHERE idempotency_key = 'of-the-crowd'");
    const reserved = () =>
      count('SELECT SUM(reserved) AS n FROM stock_level WHERE variant_id = ?', [variantId]);
    const before = await reserved();
    const blocker = await createConnection({ uri: fleet.test.url });
    try {
      await blocker.beginTransaction();
      await blocker.query('SELECT id FROM stock_level WHERE variant_id = ? FOR UPDATE', [variantId]);
      const asked = buyers.map((buyer) => buy(buyer).catch(() => null));
      const who = await owner();
      // Those who came first share a transaction or two, and the rest waits behind them: whoever is at the row has written everything but this.
      await eventually('the batch is at the row', async () => {
        const [rows] = await who.query(
          "SELECT id FROM information_schema.processlist WHERE db = ? AND info LIKE 'UPDATE stock_level%'",
          [fleet.test.name],
        );
        return (rows as object[]).length >= 2;
      });
      await who.end();
      await fleet.stop('storefront', 'SIGKILL');
      // Nobody was told that they have bought; on a slow machine some were told to come again.
      expect((await Promise.all(asked)).filter((answer) => answer?.order)).toEqual([]);
    } finally {
      await blocker.end();
    }
    // While it waits for a row the server does not look whether anybody is still there; then it finds nobody.
    await eventually('what was begun is rolled back', async () =>
      fleet.test.database.transaction(async (tx) => {
        const sql = 'SELECT id FROM stock_level WHERE variant_id = ? FOR UPDATE SKIP LOCKED';
        return (await tx.query(sql, [variantId])).length === 1;
      }),
    );
    expect([await placed(), await reserved()]).toEqual([0, before]);

    await fleet.launch('storefront');
    const answers = await Promise.all(buyers.flatMap((buyer) => [buy(buyer), buy(buyer)]));

    expect(new Set(answers.map(({ order }) => order?.id)).size).toBe(40);
    expect([await placed(), await reserved()]).toEqual([40, before + 40]);
  }, 120_000);

  it('in the middle of a table: another goes on once its lease is over, and everything is there once', async () => {
    const rows = 400;
    const [importId, userId] = [newId('shi'), newId('usr')];
    const at = new Date();
    await fleet.test.database.transaction(async (tx) => {
      const grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId };
      await tx.insert('membership', [{ id: newId('mbr'), userId, ...grant, createdAt: at }]);
      await tx.insert(
        'sheet_import_row',
        Array.from({ length: rows }, (_, no) => ({
          importId,
          rowNo: no + 2,
          entryNo: no + 1,
          cells: JSON.stringify({ NAME: `断电桃 ${no}`, VARIANT: '5 斤', NET_WEIGHT: '2500', PRICE: '58' }),
          state: 'WAITING',
          effect: 'CREATE',
          faults: '[]',
        })),
      );
      const table = {
        id: importId,
        merchantId,
        kind: 'PRODUCTS',
        contentHash: Buffer.alloc(32),
        rowCount: rows,
      };
      const by = { broughtBy: userId, confirmedBy: userId, createdAt: at, checkedAt: at, confirmedAt: at };
      await tx.insert('sheet_import', [{ ...table, fileName: '桃.csv', state: 'RUNNING', ...by }]);
    });
    const listings = () =>
      count('SELECT COUNT(*) AS n FROM product_listing WHERE merchant_id = ?', [merchantId]);
    await eventually('some of it is done', async () => (await listings()) > 0);
    const blocker = await owner();
    try {
      await blocker.query('LOCK TABLES product_listing WRITE');
      await fleet.stop('settlement', 'SIGKILL');
    } finally {
      await blocker.end(); // Unlocks.
    }
    const before = await listings();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(rows);

    await fleet.test.database.write('UPDATE sheet_import SET lease_until = ? WHERE id = ?', [at, importId]);
    await fleet.launch('settlement');
    const isDone = () =>
      count("SELECT COUNT(*) AS n FROM sheet_import WHERE id = ? AND state = 'DONE'", [importId]);
    await eventually('the table is done', async () => (await isDone()) === 1, 30_000);
    expect(await listings()).toBe(rows);
    const states = await fleet.test.database.query(
      'SELECT state, COUNT(*) AS n, COUNT(DISTINCT subject_id) AS subjects FROM sheet_import_row WHERE import_id = ? GROUP BY state',
      [importId],
    );
    expect(states).toEqual([{ state: 'DONE', n: String(rows), subjects: String(rows) }]);
  });
});
