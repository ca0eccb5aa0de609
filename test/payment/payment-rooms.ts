import { Global, Module } from '@nestjs/common';
import { pino } from 'pino';
import Stripe from 'stripe';
import { present, refused } from '#libs/kernel';
import {
  type Payment,
  type PaymentMethod,
  PaymentModule,
  PaymentReader,
  PaymentService,
  type PaymentView,
  ProviderNotificationService,
  type Refund,
  RefundReader,
  RefundService,
} from '#libs/payment';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { Vault } from '#platform/vault';
import {
  type RunningSandbox,
  type SandboxEvent,
  startSandbox,
} from '../../apps/stripe-sandbox/src/sandbox.js';
import { redisUrl } from '../harness/database.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { AUTH_SECRET, DATA_KEYS, WEBHOOK_SECRET } from '../harness/secrets.js';
import { type PayableOrder, Postbag } from '../make/payment.make.js';

interface Fact {
  readonly name: string;
  readonly payload: Readonly<Record<string, string>>;
}

/** The payment context with the real SDK and the sandbox, and nobody who answers its facts: specs play the books themselves. */
export class PaymentRooms {
  private constructor(
    readonly rooms: Rooms,
    readonly sandbox: RunningSandbox,
    readonly postbag: Postbag,
    /** A stranger with the same account. */
    readonly stripe: Stripe,
  ) {}

  static async open(): Promise<PaymentRooms> {
    const sandbox = await startSandbox({ webhookSecret: WEBHOOK_SECRET });
    const config = new Config({
      NODE_ENV: 'test',
      DATABASE_URL: 'mysql://rooms-have-their-own/database',
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      DATA_KEYS,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: sandbox.url,
    });
    const log = new Log(pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }));

    @Global()
    @Module({
      providers: [
        { provide: Config, useValue: config },
        { provide: Log, useValue: log },
        { provide: Vault, useValue: new Vault(config.dataKeys) },
      ],
      exports: [Config, Log, Vault],
    })
    class SettingsModule {}

    const rooms = await openRooms(SettingsModule, PaymentModule);
    // The sandbox's time cannot go back, so ours starts where it stands.
    rooms.clock.set(sandbox.control.now.toISOString());
    const stripe = new Stripe('sk_test_sandbox', {
      host: sandbox.host,
      port: sandbox.port,
      protocol: 'http',
    });
    return new PaymentRooms(rooms, sandbox, new Postbag(sandbox, rooms.clock), stripe);
  }

  async close(): Promise<void> {
    await this.rooms.close();
    await this.sandbox.close();
  }

  get payments(): PaymentService {
    return this.rooms.get(PaymentService);
  }

  get refunds(): RefundService {
    return this.rooms.get(RefundService);
  }

  async start({ orderId, buyerId }: PayableOrder, method: PaymentMethod = 'ALIPAY'): Promise<PaymentView> {
    const payment = await this.payments.start(buyerId, orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    return payment;
  }

  async payment(id: Payment['id']): Promise<Payment> {
    return present(await this.rooms.get(PaymentReader).byId(id), 'the payment');
  }

  async refundsOf({ orderId }: PayableOrder): Promise<Refund[]> {
    return this.rooms.get(RefundReader).ofOrder(orderId);
  }

  /** The buyer pays, whatever page or code they were shown. */
  async pay({ id }: PaymentView): Promise<void> {
    const { checkoutRef, intentRef } = await this.payment(id);
    this.sandbox.control.authorise(present(checkoutRef ?? intentRef, 'a reference'));
  }

  /** Hands over what Stripe has to tell, and has it applied. */
  async hear(isWanted?: (event: SandboxEvent) => boolean): Promise<void> {
    for (const { body, signature } of this.postbag.take(isWanted)) await this.receive(body, signature);
    await this.applyReceived();
  }

  receive(body: string, signature: string): Promise<'RECEIVED' | 'DUPLICATE' | 'REFUSED'> {
    return this.rooms.get(ProviderNotificationService).receive(Buffer.from(body), signature);
  }

  /** What the consumer does, in the order in which notifications came. */
  async applyReceived(): Promise<void> {
    const waiting = await this.rooms.database.query<{ id: `ntf_${string}` }>(
      'SELECT id FROM provider_notification WHERE outcome IS NULL ORDER BY id',
    );
    for (const { id } of waiting) await this.rooms.get(ProviderNotificationService).apply(id);
  }

  /** A notification of our own making, signed as Stripe would. */
  notify(event: object): Promise<'RECEIVED' | 'DUPLICATE' | 'REFUSED'> {
    const body = JSON.stringify({ object: 'event', ...event });
    const timestamp = Math.floor(this.rooms.clock.now().getTime() / 1000);
    return this.receive(
      body,
      Stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET, timestamp }),
    );
  }

  async outcomeOf(providerEventId: string): Promise<string | null> {
    const [row] = await this.rooms.database.query<{ outcome: string | null }>(
      'SELECT outcome FROM provider_notification WHERE provider_event_id = ?',
      [providerEventId],
    );
    return present(row, 'the notification').outcome;
  }

  /** The facts told about one order's money, in order. */
  async facts({ orderId }: PayableOrder): Promise<Fact[]> {
    return this.rooms.database.query<Fact>(
      `SELECT name, payload FROM outbox WHERE (name LIKE 'payment.%' OR name LIKE 'refund.%')
       AND JSON_VALUE(payload, '$.orderId') = ? ORDER BY id`,
      [orderId],
    );
  }

  async factNames(of: PayableOrder): Promise<string[]> {
    return (await this.facts(of)).map(({ name }) => name);
  }

  async orderState({ orderId }: PayableOrder): Promise<string> {
    const [row] = await this.rooms.database.query<{ state: string }>(
      'SELECT state FROM customer_order WHERE id = ?',
      [orderId],
    );
    return present(row, 'the order').state;
  }

  /** Both clocks, so that signatures stay fresh. */
  async advance(milliseconds: number): Promise<void> {
    this.rooms.clock.advance(milliseconds);
    await this.sandbox.control.advance(milliseconds / 1000);
  }

  /** After each test: Stripe works again, and what was left open is not the next test's business. */
  async tidyUp(): Promise<void> {
    this.sandbox.control.break({});
    expect(this.sandbox.control.mistakes).toEqual([]);
    await this.rooms.database.transaction(async (tx) => {
      for (const table of ['payment', 'refund', 'payment_dispute'])
        await tx.write(`UPDATE ${table} SET next_check_at = NULL`);
    });
  }

  /** Somebody takes our references, asks for something else, and pays it. */
  async tamper(paymentId: string, orderId: string, amount: number, currency = 'cny'): Promise<void> {
    const method =
      currency === 'cny' ? { payment_method_data: { type: 'alipay' } } : { payment_method: 'pm_card_visa' };
    const intent = await this.stripe.paymentIntents.create({
      amount,
      currency,
      confirm: true,
      ...method,
      return_url: 'http://127.0.0.1/',
      metadata: { order_id: orderId, payment_ref: paymentId, env: 'development' },
    });
    if (intent.status === 'requires_action') this.sandbox.control.authorise(intent.id);
  }

  intentsOf(paymentId: string): readonly Stripe.PaymentIntent[] {
    return this.intents().filter(({ metadata }) => metadata['payment_ref'] === paymentId);
  }

  private intents(): readonly Stripe.PaymentIntent[] {
    return (this.sandbox.control.dump()['payment_intents'] ?? []) as Stripe.PaymentIntent[];
  }
}
