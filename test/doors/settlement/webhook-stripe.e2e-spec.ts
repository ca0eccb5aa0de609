import Stripe from 'stripe';
import { MINUTE_MS, newId, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { OrderService } from '#libs/ordering';
import { type PaymentMethod, PaymentReader, PaymentService, RefundReader } from '#libs/payment';
import { countStatements } from '../../harness/statements.js';
import { WEBHOOK_SECRET } from '../../harness/secrets.js';
import { World } from '../../harness/world.js';
import { type PayableOrder, Postbag, deliverWebhooks, makePayableOrder } from '../../make/payment.make.js';

describe('POST /webhooks/stripe', () => {
  let world: World;
  let postbag: Postbag;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'], withSandbox: true });
    // The sandbox's time cannot go back, so ours starts where it stands.
    world.clock.set(world.sandbox.control.now.toISOString());
    postbag = new Postbag(world.sandbox, world.clock);
  });
  afterEach(() => {
    world.sandbox.control.break({});
    expect(world.sandbox.control.mistakes).toEqual([]);
  });
  afterAll(() => world.close());

  const post = (body: string, signature: string) =>
    world
      .client('settlement')
      .http.post('/webhooks/stripe')
      .set({ 'content-type': 'application/json', 'stripe-signature': signature })
      .send(body);
  const stored = async () =>
    (await world.database.query<{ id: string }>('SELECT id FROM provider_notification')).length;
  const start = async ({ buyerId, orderId }: PayableOrder, method: PaymentMethod = 'ALIPAY') => {
    const payment = await world.get(PaymentService).start(buyerId, orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
    return { ...payment, intentRef: present(intentRef, 'an intent') };
  };
  const journalKinds = async (subject: string) =>
    (await world.get(LedgerReader).journalsOfSubject(subject)).map(({ kind }) => kind);
  const balanceOf = async (code: string) =>
    (await world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;
  /** Everything that Stripe and the books have to tell each other, refunds of wallets included. */
  const settleAll = async () => {
    for (let round = 0; round < 4; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
      await world.sandbox.control.advance(10);
      world.clock.advance(10_000);
    }
  };
  const booksAreSquare = async () => {
    expect((await world.get(LedgerReader).trialBalance()).differenceFen).toBe(0n);
    expect(await balanceOf('liability:escrow')).toBe(0n);
    expect(await balanceOf('liability:refund_payable')).toBe(0n);
  };

  it('answers at once, in four statements, and does nothing else in Stripe’s time', async () => {
    const body = JSON.stringify({
      id: newId('req'),
      object: 'event',
      type: 'x.y',
      data: { object: { id: 'z' } },
    });
    const timestamp = Math.floor(world.clock.now().getTime() / 1000);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: WEBHOOK_SECRET,
      timestamp,
    });

    expect(
      await countStatements(async () =>
        expect((await post(body, signature)).body).toEqual({ received: true }),
      ),
    ).toBe(4);

    await world.settle();
    const [row] = await world.database.query(
      'SELECT outcome, body FROM provider_notification ORDER BY id DESC LIMIT 1',
    );
    expect(row).toEqual({ outcome: 'MANUAL', body });
  });

  it.each([
    ['299 s old', 299, 200],
    ['301 s old', 301, 400],
    ['an hour in the future', -3600, 400],
  ])('B12 answers a signature that is %s', async (_, secondsOld, status) => {
    const body = JSON.stringify({
      id: newId('req'),
      object: 'event',
      type: 'x.y',
      data: { object: { id: 'z' } },
    });
    const timestamp = Math.floor(world.clock.now().getTime() / 1000) - secondsOld;
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: WEBHOOK_SECRET,
      timestamp,
    });
    const before = await stored();

    expect((await post(body, signature)).status).toBe(status);

    expect(await stored()).toBe(before + (status === 200 ? 1 : 0));
  });

  it('B12 refuses a body that was serialised again, a stranger’s secret and no signature at all', async () => {
    const body = JSON.stringify(
      { id: newId('req'), object: 'event', type: 'x.y', data: { object: { id: 'z' } } },
      null,
      2,
    );
    const timestamp = Math.floor(world.clock.now().getTime() / 1000);
    const sign = (secret: string) =>
      Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
    const before = await stored();

    const answers = [
      await post(JSON.stringify(JSON.parse(body)), sign(WEBHOOK_SECRET)),
      await post(body, sign('whsec_stranger')),
      await world
        .client('settlement')
        .http.post('/webhooks/stripe')
        .set('content-type', 'application/json')
        .send(body),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(await stored()).toBe(before);
  });

  it('B1 takes the same success three times, and books it once', async () => {
    const payable = await makePayableOrder(world);
    const { intentRef } = await start(payable);
    world.sandbox.control.authorise(intentRef);
    const { body, signature } = postbag.sign(postbag.last('payment_intent.succeeded'));

    const answers = await Promise.all([post(body, signature), post(body, signature), post(body, signature)]);
    await settleAll();

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const kinds = await journalKinds(payable.orderId);
    expect(kinds.filter((kind) => kind === 'payment_captured')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'order_split')).toHaveLength(1);
    await booksAreSquare();
  });

  it('B9 gives money that came too late back whole, through the books', async () => {
    const payable = await makePayableOrder(world);
    const { intentRef, id } = await start(payable);
    world.clock.advance(16 * MINUTE_MS);
    await world.get(OrderService).expireDue(10);
    await world.sandbox.control.advance(16 * 60);
    world.sandbox.control.authorise(intentRef);

    await settleAll();

    expect(await world.get(PaymentReader).byId(id)).toMatchObject({ disposition: 'LATE' });
    expect(await world.get(RefundReader).ofOrder(payable.orderId)).toMatchObject([
      { reason: 'LATE', state: 'SUCCEEDED' },
    ]);
    expect(await journalKinds(payable.orderId)).not.toContain('order_split');
    const counted = await world.database.query(
      'SELECT id FROM volume_fact WHERE product_id = ? AND (paid_fen > 0 OR recognised_fen > 0)',
      [payable.productId],
    );
    expect(counted).toEqual([]);
    await booksAreSquare();
  });

  it('B10 keeps another amount than asked in suspense', async () => {
    const payable = await makePayableOrder(world);
    world.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'error', status: 503, times: 2 }],
    });
    const payment = await world.get(PaymentService).start(payable.buyerId, payable.orderId, 'ALIPAY');
    if (refused(payment)) throw new Error(payment.message.en);
    const stripe = new Stripe('sk_test_sandbox', {
      host: world.sandbox.host,
      port: world.sandbox.port,
      protocol: 'http',
    });
    const intent = await stripe.paymentIntents.create({
      amount: 9_900,
      currency: 'cny',
      confirm: true,
      payment_method_data: { type: 'alipay' },
      return_url: 'http://127.0.0.1/',
      metadata: { order_id: payable.orderId, payment_ref: payment.id, env: 'development' },
    });
    world.sandbox.control.authorise(intent.id);

    await settleAll();

    expect(await balanceOf('liability:suspense')).toBe(9_900n);
    expect(await journalKinds(payable.orderId)).not.toContain('order_split');
    await booksAreSquare();
  });

  it('B13 stores what is about another installation, and books nothing', async () => {
    const stripe = new Stripe('sk_test_sandbox', {
      host: world.sandbox.host,
      port: world.sandbox.port,
      protocol: 'http',
    });
    const orderId = newId('ord');
    const intent = await stripe.paymentIntents.create({
      amount: 10_000,
      currency: 'cny',
      confirm: true,
      payment_method_data: { type: 'alipay' },
      return_url: 'http://127.0.0.1/',
      metadata: { order_id: orderId, payment_ref: newId('pay'), env: 'production' },
    });
    world.sandbox.control.authorise(intent.id);
    const before = (await world.get(LedgerReader).trialBalance()).rows;

    await settleAll();

    const rows = await world.database.query<{ outcome: string }>(
      'SELECT DISTINCT outcome FROM provider_notification WHERE object_id = ?',
      [intent.id],
    );
    expect(rows).toEqual([{ outcome: 'FOREIGN' }]);
    expect((await world.get(LedgerReader).trialBalance()).rows).toEqual(before);
  });

  it('B18 keeps one of two payments and gives the other back', async () => {
    const payable = await makePayableOrder(world);
    world.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents/:id/cancel', fault: 'error', status: 503 }],
    });
    const first = await start(payable, 'ALIPAY');
    const second = await start(payable, 'WECHAT_PAY');
    world.sandbox.control.authorise(first.intentRef);
    world.sandbox.control.authorise(second.intentRef);

    await settleAll();

    expect(await world.get(RefundReader).ofOrder(payable.orderId)).toMatchObject([
      { reason: 'DUPLICATE', amountFen: 10_000n, state: 'SUCCEEDED' },
    ]);
    await booksAreSquare();
  });

  it('gives a paid order that its buyer calls off back whole', async () => {
    const payable = await makePayableOrder(world, { priceFen: 4_000n, quantity: 2 });
    const { intentRef } = await start(payable);
    world.sandbox.control.authorise(intentRef);
    await settleAll();

    await world.get(OrderService).cancel(payable.buyerId, payable.orderId);
    await settleAll();

    expect(await world.get(RefundReader).ofOrder(payable.orderId)).toMatchObject([
      { reason: 'CANCELLED', amountFen: 8_800n, state: 'SUCCEEDED' },
    ]);
    await booksAreSquare();
  });

  it('C20 books a refund from Stripe’s own desk', async () => {
    const payable = await makePayableOrder(world, { priceFen: 4_000n, quantity: 2 });
    const { intentRef } = await start(payable);
    world.sandbox.control.authorise(intentRef);
    await settleAll();
    const stripe = new Stripe('sk_test_sandbox', {
      host: world.sandbox.host,
      port: world.sandbox.port,
      protocol: 'http',
    });

    await stripe.refunds.create({ payment_intent: intentRef, amount: 2_200 });
    await settleAll();

    const [refund] = await world.get(RefundReader).ofOrder(payable.orderId);
    expect(refund).toMatchObject({ reason: 'PROVIDER', amountFen: 2_200n, state: 'SUCCEEDED' });
    expect(await journalKinds(present(refund, 'a refund').id)).toEqual(['refund_reserved', 'refund_settled']);
    await booksAreSquare();
  });

  it('ends the same in a storm: doubled, late, out of order and once forged', async () => {
    const payables = [];
    for (let n = 0; n < 5; n += 1) payables.push(await makePayableOrder(world));
    const payments = [];
    for (const payable of payables) payments.push(await start(payable));
    for (const { intentRef } of payments) world.sandbox.control.authorise(intentRef);
    const letters = postbag.take();
    const storm = [...letters.toReversed(), ...letters.filter((_, index) => index % 3 !== 0), ...letters];

    for (const [index, { body, signature }] of storm.entries()) {
      await post(body, index % 7 === 0 ? signature.replace('v1=', 'v1=0') : signature);
      if (index % 5 === 0) await world.settle();
    }
    await settleAll();

    for (const { orderId } of payables) {
      expect((await journalKinds(orderId)).toSorted()).toEqual([
        'order_split',
        'payment_captured',
        'psp_fee',
      ]);
    }
    await booksAreSquare();
  });
});
