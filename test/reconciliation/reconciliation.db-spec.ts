import { jest } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, newId, plus, present } from '#libs/kernel';
import { LedgerReader, LedgerService, posted } from '#libs/ledger';
import {
  ProviderMovementReader,
  ReconciliationReader,
  ReconciliationService,
  differenceOf,
  findingsOfSeals,
} from '#libs/reconciliation';
import { DeadLetterService } from '#platform/outbox';
import { PaymentReader } from '#libs/payment';
import { makeCreditUnit, makeSignedOrder } from '../make/receivable.make.js';
import { ReconciliationHouse, type SoldOrder } from './reconciliation-house.js';

let house: ReconciliationHouse;
let sold: SoldOrder;
let code: string;

/** A busy week: sold, given back in part, too late, taken back by a bank, received, released. */
beforeAll(async () => {
  house = await ReconciliationHouse.open();
  sold = await house.sell();
  code = `liability:available:${sold.merchantId}`;
  const card = await house.sell('CARD');
  const lost = await house.sell('CARD');
  await house.refund(sold, 1);
  await house.sellTooLate();
  await makeSignedOrder(house.world, await makeCreditUnit(house.world));
  await house.world.settle();
  const { control } = house.world.sandbox;
  const won = control.openDispute(card.intentRef);
  const gone = control.openDispute(lost.intentRef);
  await house.hear();
  control.closeDispute(won.id, 'won');
  control.closeDispute(gone.id, 'lost');
  await house.hear();
  await house.receive(sold);
  await house.complete();
  await house.refund(sold, 1);
  await house.advance(2 * DAY_MS);
  await house.background();
});
afterAll(() => house.world.close());
beforeEach(() => house.forget());

it('finds nothing wrong with a busy week, says what it has compared, and is done', async () => {
  await house.reconcile();

  expect(await house.failures()).toEqual([]);
  expect(await house.open()).toEqual([]);
  const runs = await house.world.get(ReconciliationReader).lastFinished();
  expect(runs.map(({ check }) => check)).toEqual([
    'TRIAL_BALANCE',
    'CLEARING',
    'ORDERS',
    'PROVIDER_MONEY',
    'PROVIDER_STATE',
    'BANK',
    'VOLUME',
    'DELIVERIES',
    'SEALS',
    'SPLITS',
  ]);
  for (const check of [
    'TRIAL_BALANCE',
    'CLEARING',
    'ORDERS',
    'PROVIDER_MONEY',
    'VOLUME',
    'SEALS',
    'SPLITS',
  ] as const) {
    const run = present(
      runs.find((each) => each.check === check),
      check,
    );
    expect(run.examinedCount).toBeGreaterThan(0n);
    expect(run.matchedCount).toBe(run.examinedCount);
  }
  expect(await house.world.get(ReconciliationService).work()).toBe(0);
});

describe('R1 TRIAL_BALANCE', () => {
  const alter = (fen: number) =>
    house.world.asOwner((tx) =>
      tx.write('UPDATE ledger_account SET credits_posted_fen = credits_posted_fen + ? WHERE code = ?', [
        fen,
        code,
      ]),
    );

  it('H5: names the account whose stored balance was altered, and its version; put right, it waits for a person', async () => {
    const { version } = await accountOf(code);
    await alter(7);
    await house.reconcile('TRIAL_BALANCE');

    const found = await house.open();
    const account = present(
      found.find(({ subject }) => subject === code),
      'the account',
    );
    expect(account).toMatchObject({
      breakClass: 'AMOUNT',
      detail: { account: code, version: String(version) },
    });
    expect(present(account.actualFen, 'an amount') - present(account.expectedFen, 'an amount')).toBe(7n);
    // The whole does not add up either.
    expect(found.find(({ subject }) => subject === 'CNY')).toMatchObject({ expectedFen: 0n, actualFen: -7n });

    await alter(-7);
    await house.reconcile('TRIAL_BALANCE');
    const after = (await house.open()).find(({ id }) => id === account.id);
    expect(after).toMatchObject({ state: 'OPEN' });
    expect(after?.vanishedAt).not.toBeNull();
    expect(await house.actsOf(account.id)).toEqual(['OPENED', 'VANISHED']);

    await alter(7);
    await house.reconcile('TRIAL_BALANCE');
    expect(await house.actsOf(account.id)).toEqual(['OPENED', 'VANISHED', 'RETURNED']);
    await alter(9);
    await house.reconcile('TRIAL_BALANCE');
    expect((await house.actsOf(account.id)).at(-1)).toBe('CHANGED');
    await alter(-16);
  });

  it('H5: names the first version that is missing', async () => {
    const shift = (by: number) =>
      house.world.asOwner((tx) =>
        tx.write(
          `UPDATE ledger_transfer t JOIN ledger_account a ON a.id = t.credit_account_id SET t.credit_version = t.credit_version + ?
           WHERE a.code = ? AND t.credit_version = IF(? > 0, 1, 901)`,
          [by, code, by],
        ),
      );
    await shift(900);
    await house.reconcile('TRIAL_BALANCE');
    await shift(-900);

    expect(await house.open()).toMatchObject([
      { breakClass: 'ALTERED', subject: code, detail: { account: code, firstBrokenVersion: '1' } },
    ]);
  });

  it('names the day on which a kept balance was altered', async () => {
    const alterDay = (fen: number) =>
      house.world.asOwner((tx) =>
        tx.write(
          `UPDATE ledger_day_balance b JOIN ledger_account a ON a.id = b.account_id SET b.debits_fen = b.debits_fen + ?
           WHERE a.code = 'liability:escrow' ORDER BY b.day LIMIT 1`.replace(' ORDER BY b.day LIMIT 1', ''),
          [fen],
        ),
      );
    await alterDay(3);
    await house.reconcile('TRIAL_BALANCE');
    await alterDay(-3);

    const found = await house.open();
    expect(found.find(({ subject }) => subject.endsWith(' liability:escrow'))).toMatchObject({
      breakClass: 'AMOUNT',
    });
  });

  it('cannot be explained away: closed by a person it comes back while it is wrong', async () => {
    await alter(5);
    await house.reconcile('TRIAL_BALANCE');
    await house.world.asOwner((tx) =>
      tx.write(
        "UPDATE reconciliation_break SET state = 'RESOLVED', closed_at = first_seen_at, reason = 'x', open_key = NULL",
      ),
    );
    expect(await house.open()).toEqual([]);

    await house.reconcile('TRIAL_BALANCE');
    await alter(-5);

    expect((await house.open()).map(({ subject }) => subject)).toContain(code);
  });
});

it('R2: finds a unit that owes another amount than the books and its orders say', async () => {
  const alter = (fen: number) =>
    house.world.asOwner((tx) => tx.write('UPDATE receivable_part SET open_fen = open_fen - ?', [fen]));
  await alter(5);
  await house.reconcile('CLEARING');
  await alter(-5);
  const [order] = await house.world.database.query<{ id: string }>('SELECT order_id AS id FROM receivable');
  expect(await house.open()).toMatchObject([
    { breakClass: 'AMOUNT', subject: `${present(order, 'an order').id} receivable PARTS` },
  ]);
});

describe('R3 ORDERS', () => {
  const tamper = (sql: string, values: readonly (string | number)[]) =>
    house.world.asOwner((tx) => tx.write(sql, values));

  it('finds a payment that says another amount than the books', async () => {
    await tamper('UPDATE payment SET captured_fen = captured_fen + 11 WHERE id = ?', [sold.paymentId]);
    await house.reconcile('ORDERS');
    await tamper('UPDATE payment SET captured_fen = captured_fen - 11 WHERE id = ?', [sold.paymentId]);

    const found = await house.open();
    expect(found).toMatchObject(
      [
        { breakClass: 'AMOUNT', subject: sold.orderId },
        { breakClass: 'AMOUNT', subject: `${sold.orderId}:paid` },
      ].toSorted((a, b) => (a.subject < b.subject ? 1 : -1)),
    );
  });

  it('finds what the books do not have of an order, and what they have of an order that does not exist', async () => {
    const stranger = newId('ord');
    await tamper("UPDATE ledger_journal SET subject = ? WHERE kind = 'payment_captured' AND subject = ?", [
      stranger,
      sold.orderId,
    ]);
    await house.reconcile('ORDERS');
    await tamper("UPDATE ledger_journal SET subject = ? WHERE kind = 'payment_captured' AND subject = ?", [
      sold.orderId,
      stranger,
    ]);

    expect(await house.open()).toMatchObject([
      { breakClass: 'MISSING_INTERNAL', subject: sold.orderId, expectedFen: 40_000n, actualFen: 0n },
      { breakClass: 'MISSING_EXTERNAL', subject: stranger, expectedFen: 0n, actualFen: 40_000n },
    ]);
  });

  it('finds a refund that the books have not settled; accepted by a person, the same amount stays closed and another opens', async () => {
    const refund = present((await house.refundsOf(sold))[0], 'a refund');
    const set = (fen: number) =>
      tamper('UPDATE refund SET amount_fen = amount_fen + ? WHERE id = ?', [fen, refund.id]);
    await set(1);
    await house.reconcile('ORDERS');
    expect(await house.open()).toMatchObject([{ breakClass: 'AMOUNT', subject: refund.id }]);
    await tamper(
      "UPDATE reconciliation_break SET state = 'RESOLVED', closed_at = first_seen_at, reason = ?, open_key = NULL",
      ['explained'],
    );
    await house.reconcile('ORDERS');
    expect(await house.open()).toEqual([]);

    await set(1);
    await house.reconcile('ORDERS');
    await set(-2);
    expect(await house.open()).toMatchObject([{ breakClass: 'AMOUNT', subject: refund.id }]);
  });
});

describe('R4 PROVIDER_MONEY', () => {
  const find = async (breakClass: string) =>
    (await house.open()).filter((each) => each.breakClass === breakClass);
  const aDayLater = async () => {
    await house.advance(DAY_MS + HOUR_MS);
    await house.background();
    await house.reconcile('PROVIDER_MONEY');
  };

  it('4.7: says of every day that what moved there and what the books say differ by nothing', async () => {
    await house.reconcile('PROVIDER_MONEY');
    const { nodes } = await house.world.get(ProviderMovementReader).days({ first: 100, after: null });
    expect(nodes.length).toBeGreaterThan(1);
    expect(nodes.map((day) => differenceOf(day))).toEqual(nodes.map(() => 0n));
    const [latest] = nodes;
    const booked = await house.world.get(LedgerReader).accountByCode('asset:psp:stripe:cny');
    expect(latest?.closingFen).toBe(booked?.balanceFen);
    for (const [index, { openingFen }] of nodes.entries())
      expect(openingFen).toBe(nodes[index + 1]?.closingFen ?? 0n);
  });

  it('finds money that came to the provider and not to the books, a day later', async () => {
    const intent = await house.stripe.paymentIntents.create({
      amount: 777,
      currency: 'cny',
      confirm: true,
      payment_method_data: { type: 'alipay' },
      return_url: 'http://127.0.0.1/',
    });
    house.world.sandbox.control.authorise(intent.id);
    await house.hear();
    await house.reconcile('PROVIDER_MONEY');
    expect(await house.open()).toEqual([]);

    await aDayLater();
    expect(await find('MISSING_INTERNAL')).toMatchObject([
      { detail: { kind: 'CAPTURE', about: intent.id, grossFen: '777' }, actualFen: 0n },
    ]);
    const fee = 777n - present((await find('MISSING_INTERNAL'))[0]?.expectedFen, 'an amount');
    await house.world.clear('provider_match', 'provider_movement', 'provider_day');
    await house.stripe.refunds.create({ payment_intent: intent.id });
    await house.hear();
    // Given back, it is the fee that stays: three movements of which the books have nothing.
    await aDayLater();
    const found = await find('MISSING_INTERNAL');
    expect(new Set(found.map(({ expectedFen }) => expectedFen))).toEqual(new Set([-777n, 777n - fee]));
    await house.world.asOwner((tx) =>
      tx.write('DELETE FROM provider_movement WHERE subject_ref = ? OR gross_fen = -777', [intent.id]),
    );
  });

  it('finds another amount in the books at once, and a journal that the provider does not know a day later', async () => {
    const journal = await house.correct('asset:psp:stripe:cny', 'asset:bank:main', 4_321n);
    await aDayLater();
    expect((await find('MISSING_EXTERNAL')).map(({ subject }) => subject)).toEqual([journal]);
    await house.correct('asset:bank:main', 'asset:psp:stripe:cny', 4_321n);
    await house.forget();

    const alter = (fen: number) =>
      house.world.asOwner((tx) =>
        tx.write(
          `UPDATE ledger_transfer t JOIN ledger_journal j ON j.id = t.journal_id SET t.amount_fen = t.amount_fen + ?
           WHERE j.kind = 'payment_captured' AND j.subject = ?`,
          [fen, sold.orderId],
        ),
      );
    await house.world.clear('provider_match', 'provider_movement', 'provider_day');
    await alter(3);
    await house.reconcile('PROVIDER_MONEY');
    await alter(-3);
    expect(await find('AMOUNT')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ detail: expect.objectContaining({ about: sold.intentRef }) }),
      ]),
    );
    await house.reconcile('PROVIDER_MONEY');
    expect((await find('AMOUNT')).filter(({ vanishedAt }) => vanishedAt === null)).toEqual([]);
  });

  /** What is missing on either side; other tests leave more behind. */
  const lost = async (...wanted: readonly string[]) => {
    const missing = [...(await find('MISSING_INTERNAL')), ...(await find('MISSING_EXTERNAL'))];
    return missing.filter(
      ({ subject, detail }) => wanted.includes(subject) || wanted.includes(detail['kind'] ?? ''),
    );
  };
  const OF_BANK = ['BANK_PAYOUT', 'TOP_UP', 'psp_payout', 'psp_top_up'];

  it('books what went to our bank, and the money that the provider was opened with, once and by itself', async () => {
    const booked = () =>
      house.world.database.query<{ kind: string; debit: string; credit: string; fen: string }>(
        `SELECT j.kind, d.code AS debit, c.code AS credit, t.amount_fen AS fen FROM ledger_journal j
         JOIN ledger_transfer t ON t.journal_id = j.id
         JOIN ledger_account d ON d.id = t.debit_account_id JOIN ledger_account c ON c.id = t.credit_account_id
         WHERE j.kind IN ('psp_payout', 'psp_top_up') ORDER BY j.id`,
      );
    const [bank, provider] = ['asset:bank:main', 'asset:psp:stripe:cny'];
    await house.stripe.payouts.create({ amount: 5_000, currency: 'cny' });
    await house.hear();
    await house.reconcile('PROVIDER_MONEY');
    const expected = [
      { kind: 'psp_top_up', debit: provider, credit: bank, fen: '10000000' },
      { kind: 'psp_payout', debit: bank, credit: provider, fen: '5000' },
    ];
    expect(await booked()).toEqual(expected);

    // Fetched and matched anew, it is the same journal.
    await house.world.clear('provider_match', 'provider_movement', 'provider_day');
    await house.reconcile('PROVIDER_MONEY');
    await aDayLater();
    await house.reconcile('PROVIDER_MONEY');
    expect(await booked()).toEqual(expected);
    expect(await lost(...OF_BANK)).toEqual([]);
  });

  it('leaves to a correction what finance has booked already', async () => {
    await house.stripe.payouts.create({ amount: 6_000, currency: 'cny' });
    const correction = await house.correct('asset:bank:main', 'asset:psp:stripe:cny', 6_000n);
    await house.hear();
    await house.reconcile('PROVIDER_MONEY');
    await aDayLater();
    const rows = (sql: string) => house.world.database.query<{ n: string }>(sql, [correction]);
    expect(await rows('SELECT COUNT(*) AS n FROM provider_match WHERE journal_id = ?')).toEqual([{ n: '1' }]);
    const twice = `SELECT COUNT(*) AS n FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id
      WHERE j.kind = 'psp_payout' AND t.amount_fen = 6000 AND j.id <> ?`;
    expect(await rows(twice)).toEqual([{ n: '0' }]);
    expect(await lost(...OF_BANK, correction)).toEqual([]);
  });

  it('finds that what is there is not what all movements make', async () => {
    const alter = (fen: number) =>
      house.world.asOwner((tx) =>
        tx.write(
          'UPDATE provider_movement SET gross_fen = gross_fen + ? ORDER BY created_at DESC, ref LIMIT 1',
          [fen],
        ),
      );
    await alter(1);
    await house.reconcile('PROVIDER_MONEY');
    await house.reconcile('PROVIDER_MONEY');
    await alter(-1);
    const wrong = (await find('AMOUNT')).find(({ subject }) => subject === 'STRIPE balance');
    expect(present(wrong?.actualFen, 'an amount') - present(wrong?.expectedFen, 'an amount')).toBe(1n);
  });

  it('says nothing while the provider is silent, and goes on where it stood', async () => {
    house.world.sandbox.control.break({
      requests: [{ route: 'GET /v1/balance_transactions', fault: 'error', status: 503 }],
    });
    await house.reconcile('PROVIDER_MONEY');
    house.world.sandbox.control.break({});
    expect(await house.open()).toEqual([]);
    expect(await house.world.get(ReconciliationReader).lastFinished()).toEqual([]);
    await house.advance(6 * MINUTE_MS);
    await house.work();
    expect(await house.world.get(ReconciliationReader).lastFinished()).toHaveLength(1);
  });
});

describe('R5 PROVIDER_STATE', () => {
  it('is silent about what is under way as long as both say the same, and finds what the provider knows better', async () => {
    const tampered = await house.sell();
    await house.world.asOwner((tx) =>
      tx.write("UPDATE payment SET state = 'AWAITING_BUYER', next_check_at = NULL WHERE id = ?", [
        tampered.paymentId,
      ]),
    );
    await house.advance(6 * MINUTE_MS);
    await house.reconcile('PROVIDER_STATE');
    expect(await house.open()).toMatchObject([
      {
        breakClass: 'TIMING',
        subject: tampered.paymentId,
        detail: { ours: 'AWAITING_BUYER', theirs: 'SUCCEEDED' },
      },
    ]);

    await house.world.asOwner((tx) =>
      tx.write("UPDATE payment SET state = 'SUCCEEDED' WHERE id = ?", [tampered.paymentId]),
    );
    await house.reconcile('PROVIDER_STATE');
    expect(await house.open()).toEqual([]);
    const [closed] = await house.world.database.query<{ state: string; reason: string }>(
      'SELECT state, reason FROM reconciliation_break WHERE subject = ?',
      [tampered.paymentId],
    );
    expect(closed).toEqual({ state: 'AUTO_CLOSED', reason: 'both sides agree now' });
  });

  it('says nothing while the provider does not answer', async () => {
    const payable = await house.sell();
    await house.world.asOwner((tx) =>
      tx.write("UPDATE payment SET state = 'PROCESSING', next_check_at = NULL WHERE id = ?", [
        payable.paymentId,
      ]),
    );
    await house.advance(6 * MINUTE_MS);
    house.world.sandbox.control.break({
      requests: [{ route: 'GET /v1/payment_intents/:id', fault: 'error', status: 503 }],
    });
    await house.reconcile('PROVIDER_STATE');
    house.world.sandbox.control.break({});
    await house.world.asOwner((tx) =>
      tx.write("UPDATE payment SET state = 'SUCCEEDED' WHERE id = ?", [payable.paymentId]),
    );

    expect(await house.open()).toEqual([]);
  });

  it('C20: a refund of the provider’s desk is adopted, and put before somebody once', async () => {
    const order = await house.sell();
    await house.stripe.refunds.create({ payment_intent: order.intentRef, amount: 2_500 });
    await house.hear();
    const [refund] = await house.refundsOf(order);
    expect(refund).toMatchObject({ reason: 'PROVIDER', amountFen: 2_500n, state: 'SUCCEEDED' });

    await house.reconcile('PROVIDER_STATE');
    await house.reconcile('PROVIDER_STATE');

    const [found, ...others] = await house.open();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ breakClass: 'REVIEW', subject: refund?.id, actualFen: 2_500n });
    expect(await house.actsOf(present(found, 'a break').id)).toEqual(['OPENED']);
  });

  it('B11: money of another currency is put before somebody, and counts nothing in the books', async () => {
    const { paymentId } = await house.sellMismatched(1_500, 'usd');
    await house.reconcile('PROVIDER_STATE');

    expect((await house.open()).find(({ subject }) => subject === paymentId)).toMatchObject({
      breakClass: 'AMOUNT_MISMATCH',
      expectedFen: 10_000n,
      actualFen: null,
    });
    expect(await house.world.get(PaymentReader).byId(paymentId)).toMatchObject({ capturedFen: 0n });
  });
});

describe('R6 BANK', () => {
  it('finds payouts without an answer, which close themselves once the bank has answered', async () => {
    const payoutId = newId('pyo');
    const day = house.today;
    await house.world.database.transaction((tx) =>
      tx.insert('payout', [
        {
          id: payoutId,
          runId: newId('prn'),
          payeeKind: 'MERCHANT',
          payeeId: sold.merchantId,
          accountId: newId('pac'),
          method: 'BANK',
          amountFen: 5_000n,
          state: 'SENT',
          plannedAt: plus(house.world.clock.now(), -9 * DAY_MS),
          sentAt: plus(house.world.clock.now(), -8 * DAY_MS),
          resolveBy: day,
        },
      ]),
    );
    await house.reconcile('BANK');
    expect(await house.open()).toEqual([]);

    await house.advance(DAY_MS);
    await house.reconcile('BANK');
    expect(await house.open()).toMatchObject([
      { breakClass: 'TIMING', subject: payoutId, expectedFen: 5_000n, detail: { resolveBy: day } },
    ]);

    await house.world.asOwner((tx) => tx.write("UPDATE payout SET state = 'PAID' WHERE id = ?", [payoutId]));
    await house.reconcile('BANK');
    expect(await house.open()).toEqual([]);
    await house.world.clear('payout');
  });

  it('D15: a file whose totals do not fit is a break, until a better one is here', async () => {
    const batchId = house.newBatchId();
    const imported = (outcome: string, breakCode: string | null) =>
      house.world.database.transaction((tx) =>
        tx.insert('payout_import', [
          {
            id: newId('poi'),
            batchId,
            fileHash: newId('sha'),
            outcome,
            breakCode,
            breakNote: breakCode,
            lineCount: 0,
            paidFen: 0n,
            unpaidFen: 0n,
            importedBy: newId('usr'),
            importedAt: house.world.clock.now(),
          },
        ]),
      );
    await imported('BROKEN', 'CONTROL_TOTALS');
    await house.reconcile('BANK');
    expect(await house.open()).toMatchObject([
      { breakClass: 'AMOUNT', detail: { batchId, code: 'CONTROL_TOTALS' } },
    ]);

    await imported('APPLIED', null);
    await house.reconcile('BANK');
    expect((await house.open())[0]?.vanishedAt).not.toBeNull();
  });
});

describe('R7 VOLUME', () => {
  const tonight = async () => {
    await house.advance(DAY_MS);
    await house.background();
    await house.reconcile('VOLUME');
  };

  it('F11: names county, product, day and difference of a rollup row that was altered by hand', async () => {
    const [row] = await house.world.database.query<{ day: string; county: string; product: string }>(
      'SELECT day, origin_county_code AS county, product_id AS product FROM volume_day WHERE recognised_fen > 0 LIMIT 1',
    );
    const { day, county, product } = present(row, 'a row');
    const alter = (fen: number) =>
      house.world.asOwner((tx) =>
        tx.write(
          'UPDATE volume_day SET recognised_fen = recognised_fen + ? WHERE day = ? AND product_id = ? AND recognised_fen > 0 LIMIT 1',
          [fen, day, product],
        ),
      );
    await alter(77);
    await tonight();
    await alter(-77);

    expect(await house.open()).toMatchObject([
      { breakClass: 'AMOUNT', actualFen: 77n, detail: { day, county, product, recognisedFen: '77' } },
    ]);
    await tonight();
    expect((await house.open())[0]?.vanishedAt).not.toBeNull();
  });

  it('finds a sale of which register and books say different amounts, and one that the register does not have', async () => {
    const alter = (sql: string) => house.world.asOwner((tx) => tx.write(sql, [sold.orderId]));
    await alter(
      "UPDATE volume_fact SET paid_fen = paid_fen + 9 WHERE source_order_no = ? AND fact_key LIKE 'paid:%'",
    );
    const hidden = await house.sell();
    await house.world.asOwner((tx) =>
      tx.write("UPDATE volume_fact SET source_order_no = 'ord_elsewhere' WHERE source_order_no = ?", [
        hidden.orderId,
      ]),
    );
    await tonight();
    await alter(
      "UPDATE volume_fact SET paid_fen = paid_fen - 9 WHERE source_order_no = ? AND fact_key LIKE 'paid:%'",
    );
    await house.world.asOwner((tx) =>
      tx.write("UPDATE volume_fact SET source_order_no = ? WHERE source_order_no = 'ord_elsewhere'", [
        hidden.orderId,
      ]),
    );

    const found = await house.open();
    expect(found.find(({ subject }) => subject === sold.orderId)).toMatchObject({
      breakClass: 'AMOUNT',
      expectedFen: 40_000n,
      actualFen: 40_009n,
    });
    expect(found.find(({ subject }) => subject === hidden.orderId)).toMatchObject({
      breakClass: 'MISSING_INTERNAL',
      expectedFen: 40_000n,
    });
    expect(found.find(({ subject }) => subject === 'ord_elsewhere')).toMatchObject({
      breakClass: 'MISSING_EXTERNAL',
    });
  });

  it('waits for tonight’s comparison of the rollups before it says anything', async () => {
    await house.advance(DAY_MS);
    await house.reconcile('VOLUME');

    const [run] = (await house.world.get(ReconciliationReader).runs('VOLUME', { first: 1, after: null }))
      .nodes;
    expect(run).toMatchObject({ finishedAt: null, failure: null });
    await house.background();
    await house.reconcile('VOLUME');
    expect(await house.open()).toEqual([]);
  });
});

describe('R8 DELIVERIES', () => {
  it('G8: finds what is under way for more than two minutes, and what is dead; both close themselves once delivered', async () => {
    const lateId = newId('evt');
    const deadId = newId('evt');
    const at = plus(house.world.clock.now(), -3 * MINUTE_MS);
    await house.world.database.transaction(async (tx) => {
      const fact = { name: 'payment.failed', payload: '{"orderId":"ord_1"}', occurredAt: at };
      await tx.insert('outbox', [
        { id: lateId, ...fact, publishedAt: at },
        { id: deadId, ...fact, publishedAt: at },
      ]);
      const receipt = { consumer: 'AnnounceOrderOnChange', queue: 'order', attempts: 8, queuedAt: at };
      await tx.insert('inbox', [
        { ...receipt, eventId: lateId, state: 'WAITING' },
        { ...receipt, eventId: deadId, state: 'DEAD' },
      ]);
    });
    await house.reconcile('DELIVERIES');
    expect(await house.open()).toMatchObject([
      { breakClass: 'TIMING', subject: 'AnnounceOrderOnChange', detail: { waiting: '1' } },
      { breakClass: 'MISSING_INTERNAL', subject: `AnnounceOrderOnChange:${deadId}` },
    ]);

    await house.world.get(DeadLetterService).replay(null);
    await house.world.database.transaction((tx) =>
      tx.write("UPDATE inbox SET state = 'APPLIED' WHERE event_id IN (?)", [[lateId, deadId]]),
    );
    await house.reconcile('DELIVERIES');
    expect(await house.open()).toEqual([]);
  });
});

describe('R9 SEALS', () => {
  it('finds a sealer that stands still, and keeps what the watch of the seals has found', async () => {
    await house.background();
    await house.world.asOwner((tx) =>
      tx.write(
        "INSERT INTO seal_waiting (stream, subject_id, queued_at) VALUES ('AUDIT', 'aud_stuck', UTC_TIMESTAMP(6) - INTERVAL 90 SECOND)",
      ),
    );
    await house.reconcile('SEALS');
    await house.world.asOwner((tx) => tx.write("DELETE FROM seal_waiting WHERE subject_id = 'aud_stuck'"));
    expect(await house.open()).toMatchObject([
      { breakClass: 'TIMING', subject: 'AUDIT', detail: { backlog: '1' } },
    ]);

    const breaks = [{ kind: 'LEAF_DIFFERS', seq: 7, subject: 'jrn_1', detail: 'differs' }] as const;
    const findings = findingsOfSeals({ stream: 'JOURNAL', breaks }, house.world.clock.now());
    await house.world.get(ReconciliationService).report('SEALS', findings);
    await house.world.get(ReconciliationService).report('SEALS', findings);
    await house.background();
    await house.reconcile('SEALS');

    expect(await house.open()).toMatchObject([
      { breakClass: 'ALTERED', subject: 'JOURNAL LEAF_DIFFERS 7', vanishedAt: null },
    ]);
  });
});

describe('R10 SPLITS', () => {
  it('finds shares that do not make their line', async () => {
    const alter = (fen: number) =>
      house.world.asOwner((tx) =>
        tx.write('UPDATE split_share SET share_fen = share_fen + ? WHERE line_id = ? AND rank_no = 1', [
          fen,
          sold.orderLineId,
        ]),
      );
    await alter(4);
    await house.reconcile('SPLITS');
    await alter(-4);

    expect(await house.open()).toMatchObject([
      { breakClass: 'AMOUNT', subject: sold.orderLineId, expectedFen: 40_000n, actualFen: 40_004n },
    ]);
  });
});

describe('rounds', () => {
  it('are shared by any number of processes: one break, and every check once', async () => {
    await house.world.asOwner((tx) =>
      tx.write('UPDATE split_share SET share_fen = share_fen + 4 WHERE line_id = ? AND rank_no = 1', [
        sold.orderLineId,
      ]),
    );
    await house.makeDue();
    const service = house.world.get(ReconciliationService);
    const process = async () => {
      for (let round = 0; round < 100; round += 1) if ((await service.work()) === 0) return;
    };
    await Promise.all([process(), process(), process(), process()]);
    await house.work();
    await house.world.asOwner((tx) =>
      tx.write('UPDATE split_share SET share_fen = share_fen - 4 WHERE line_id = ? AND rank_no = 1', [
        sold.orderLineId,
      ]),
    );

    const found = (await house.open()).filter(({ checkName }) => checkName === 'SPLITS');
    expect(found).toHaveLength(1);
    expect(await house.failures()).toEqual([]);
    const runs = await house.world.database.query<{ name: string }>(
      'SELECT check_name AS name FROM reconciliation_run ORDER BY check_name',
    );
    expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length);
  });

  it('of whoever was slower than its lease are not written', async () => {
    await house.makeDue('DELIVERIES');
    const deliveries = house.world.get(DeadLetterService);
    const slow = jest.spyOn(deliveries, 'list').mockImplementationOnce(async () => {
      // Meanwhile the lease is over, and somebody else has taken the turn and finished it.
      house.world.clock.advance(3 * MINUTE_MS);
      await house.world.get(ReconciliationService).work();
      return [
        {
          consumer: 'Nobody',
          eventId: newId('evt'),
          eventName: 'x',
          attempts: 1,
          lastError: null,
          occurredAt: house.world.clock.now(),
        },
      ];
    });
    await house.world.get(ReconciliationService).work();
    slow.mockRestore();

    expect(await house.open()).toEqual([]);
  });

  it('that fail are told of and tried again, and keep nobody else from their turn', async () => {
    const deliveries = house.world.get(DeadLetterService);
    const broken = jest.spyOn(deliveries, 'list').mockRejectedValueOnce(new Error('the cable is out'));
    await house.reconcile('DELIVERIES', 'SEALS');
    broken.mockRestore();

    expect(await house.failures()).toEqual(['the cable is out']);
    const done = await house.world.get(ReconciliationReader).lastFinished();
    expect(done.map(({ check }) => check)).toEqual(['SEALS']);
    house.world.clock.advance(3 * MINUTE_MS);
    await house.work();
    expect(await house.failures()).toEqual([]);
  });

  it('of an idle system cost one statement', async () => {
    await house.world.database.transaction((tx) =>
      tx.write("UPDATE reconciliation_check SET due_at = '2999-01-01'"),
    );
    expect(await house.world.get(ReconciliationService).work()).toBe(0);
  });
});

// Last, because what it posts stays in the books.
describe('R2 CLEARING', () => {
  const post = async (subject: string, debit: 'asset:psp:stripe:cny' | 'liability:escrow', fen: bigint) => {
    const credit =
      debit === 'liability:escrow' ? ('liability:refund_payable' as const) : ('liability:escrow' as const);
    const draft = {
      idempotencyKey: `test:${newId('jrn')}`,
      kind: 'test',
      subject,
      eventId: null,
      effectiveAt: plus(house.world.clock.now(), -2 * HOUR_MS),
      transfers: [{ debit, credit, amountFen: fen }],
    };
    posted(await house.world.database.transaction((tx) => house.world.get(LedgerService).post(tx, [draft])));
  };

  it('finds what an order, a refund and a payout have left behind an hour after their end', async () => {
    const orderId = newId('ord');
    const refundId = newId('rfd');
    await post(orderId, 'asset:psp:stripe:cny', 123n);
    await post(refundId, 'liability:escrow', 45n);
    const payoutId = newId('pyo');
    await house.world.database.transaction(async (tx) =>
      posted(
        await house.world.get(LedgerService).reserve(tx, [
          {
            idempotencyKey: `payout:${payoutId}`,
            kind: 'payout',
            subject: payoutId,
            eventId: null,
            effectiveAt: plus(house.world.clock.now(), -2 * HOUR_MS),
            expiresAt: null,
            transfers: [
              {
                debit: code as `liability:available:mer_${string}`,
                credit: 'asset:bank:main',
                amountFen: 1n,
              },
            ],
          },
        ]),
      ),
    );
    await house.advance(2 * HOUR_MS);
    await house.reconcile('CLEARING');

    const found = await house.open();
    expect(found.find(({ subject }) => subject === orderId)).toMatchObject({
      breakClass: 'AMOUNT',
      expectedFen: 0n,
      actualFen: 123n,
      detail: { account: 'liability:escrow' },
    });
    expect(found.find(({ subject }) => subject === refundId)).toMatchObject({ actualFen: 45n });
    expect(found.find(({ subject }) => subject === payoutId)).toMatchObject({
      detail: { account: 'pending' },
    });

    await post(refundId, 'asset:psp:stripe:cny', 45n);
    await post(orderId, 'liability:escrow', 123n);
    await house.reconcile('CLEARING');
    const order = (await house.open()).find(({ subject }) => subject === orderId);
    expect(order?.vanishedAt).not.toBeNull();
  });
});

async function accountOf(of: string): Promise<{ version: number }> {
  const account = await house.world.get(LedgerReader).accountByCode(of);
  const [row] = await house.world.database.query<{ version: string }>(
    'SELECT version FROM ledger_account WHERE id = ?',
    [present(account, 'the account').id],
  );
  return { version: Number(present(row, 'the account').version) };
}
