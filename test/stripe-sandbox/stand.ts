import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import Stripe from 'stripe';
import { present } from '#libs/kernel';
import {
  type RunningSandbox,
  type SandboxOptions,
  startSandbox,
} from '../../apps/stripe-sandbox/src/sandbox.js';

export const SECRET = 'whsec_stand';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The shop's webhook endpoint: keeps what it gets and answers what it is told to. */
export class Receiver {
  readonly received: Received[] = [];
  /** Answers for the next deliveries; when none is left, 200. */
  readonly answers: number[] = [];
  readonly #stripe = new Stripe('sk_test_receiver');

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(this.answers.shift() ?? 200).end();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Receiver(server);
  }

  get url(): string {
    const address = this.server.address();
    if (typeof address !== 'object') throw new Error('The receiver has a port');
    return `http://127.0.0.1:${present(address, 'an address').port}/webhooks/stripe`;
  }

  /** The types received, in order; `type` keeps only those of one object. */
  types(): readonly string[] {
    return this.received.map(({ body }) => (JSON.parse(body) as Stripe.Event).type);
  }

  /** Verifies as a shop does; throws what the SDK throws. */
  verified(index: number, secret = SECRET): Stripe.Event {
    const { headers, body } = present(this.received[index], `delivery ${index}`);
    return this.#stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), secret);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function clientOf(sandbox: RunningSandbox, config: Stripe.StripeConfig = {}): Stripe {
  const { host, port } = sandbox;
  return new Stripe('sk_test_stand', {
    host,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  });
}

export interface Stand {
  readonly sandbox: RunningSandbox;
  readonly stripe: Stripe;
  readonly receiver: Receiver;
}

const opened: { close(): Promise<void> }[] = [];

/** A sandbox, the real SDK pointed at it, and somebody who hears its webhooks; closed after each test. */
export async function stand(options: SandboxOptions = {}): Promise<Stand> {
  const receiver = await Receiver.start();
  const sandbox = await startSandbox({ webhookUrl: receiver.url, webhookSecret: SECRET, ...options });
  opened.push(sandbox, receiver);
  return { sandbox, receiver, stripe: clientOf(sandbox) };
}

/** Nothing the sandbox does may be its own mistake, unless a test is about one. */
export function closeAfterEach(options: { readonly expectMistakes?: boolean } = {}): void {
  afterEach(async () => {
    const mistakes = opened.flatMap((one) =>
      'control' in one ? (one as RunningSandbox).control.mistakes : [],
    );
    await Promise.all(opened.splice(0).map((one) => one.close()));
    if (options.expectMistakes !== true) expect(mistakes).toEqual([]);
  });
}

/** What the SDK threw; fails when it threw nothing. */
export async function refusal(
  promise: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('Expected Stripe to refuse');
}

export const RETURN_URL = 'https://shop.example/orders/1';

export function alipay(
  amount = 7670,
  change: Partial<Stripe.PaymentIntentCreateParams> = {},
): Stripe.PaymentIntentCreateParams {
  return {
    amount,
    currency: 'cny',
    confirm: true,
    allowed_payment_method_types: ['alipay'],
    payment_method_data: { type: 'alipay' },
    return_url: RETURN_URL,
    metadata: { order_id: 'ord_1', payment_ref: 'pay_1' },
    transfer_group: 'ord_1',
    ...change,
  };
}

export function wechat(amount = 7670): Stripe.PaymentIntentCreateParams {
  return {
    amount,
    currency: 'cny',
    confirm: true,
    allowed_payment_method_types: ['wechat_pay'],
    payment_method_data: { type: 'wechat_pay' },
    payment_method_options: { wechat_pay: { client: 'web' } },
  };
}

export function card(
  method = 'pm_card_visa',
  change: Partial<Stripe.PaymentIntentCreateParams> = {},
): Stripe.PaymentIntentCreateParams {
  return {
    amount: 10_000,
    currency: 'cny',
    confirm: true,
    payment_method: method,
    return_url: RETURN_URL,
    ...change,
  };
}

export function checkout(
  change: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 2,
        price_data: { currency: 'cny', unit_amount: 3990, product_data: { name: '炎陵黄桃 5 斤装' } },
      },
    ],
    success_url: 'https://shop.example/paid?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://shop.example/cart',
    ...change,
  };
}

/** Posts a form as the SDK does, for what the SDK's types would not let through. */
export function post(
  sandbox: RunningSandbox,
  path: string,
  form: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk_test_stand',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: form,
  });
}

/** The id of a field that the SDK's types allow to be expanded, and here is not. */
export function plainId(field: string | { readonly id: string } | null | undefined): string {
  if (typeof field === 'string') return field;
  throw new Error('Expected an id that is not expanded');
}
