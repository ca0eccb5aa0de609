import { type Clock, type IdOf, present, refused } from '#libs/kernel';
import { PaymentReader, PaymentService } from '#libs/payment';
import type { RunningSandbox, SandboxEvent } from '../../apps/stripe-sandbox/src/sandbox.js';
import type { World } from '../harness/world.js';
import { type MadeOrder, makeOrder } from './order.make.js';
import { type Ground, makeProduct } from './product.make.js';

export interface PayableOrder extends MadeOrder {
  readonly productId: string;
  readonly variantId: string;
  readonly merchantId: string;
}

export interface PayableOrderOptions {
  /** Of one unit. From 9900 fen on a parcel travels free. */
  readonly priceFen?: bigint;
  readonly quantity?: number;
  readonly buyerId?: IdOf<'usr'>;
}

/** An order placed now by somebody new, for a product of its own that keeps, because the sandbox's time is the machine's. */
export async function makePayableOrder(
  ground: Ground,
  { priceFen = 10_000n, ...options }: PayableOrderOptions = {},
): Promise<PayableOrder> {
  const batches = [{ quantity: 100, bestBeforeOn: null }];
  const product = await makeProduct(ground, { pricesFen: [priceFen], batches });
  const { productId, variantId, merchantId } = product;
  return { ...(await makeOrder(ground, options, product)), productId, variantId, merchantId };
}

/** The sandbox's events that have not been handed over yet, signed as of `now`; the order in which they come is the spec's to choose. */
export class Postbag {
  private readonly delivered = new Set<string>();

  constructor(
    private readonly sandbox: RunningSandbox,
    private readonly clock: Clock,
  ) {}

  take(
    isWanted: (event: SandboxEvent) => boolean = () => true,
  ): { body: string; signature: string; type: string }[] {
    const fresh = this.sandbox.control
      .events()
      .filter((event) => !this.delivered.has(event.id) && isWanted(event));
    return fresh.map((event) => {
      this.delivered.add(event.id);
      return { ...this.sign(event), type: event.type };
    });
  }

  sign(event: SandboxEvent): { body: string; signature: string } {
    return this.sandbox.control.sign(event, { timestamp: Math.floor(this.clock.now().getTime() / 1000) });
  }

  last(type: string): SandboxEvent {
    return present(this.sandbox.control.events(type).at(-1), `an event ${type}`);
  }
}

/** Posts what Stripe has to tell to settlement's webhook, in the order in which it happened. Facts still have to be settled. */
export async function deliverWebhooks(
  world: World,
  postbag = new Postbag(world.sandbox, world.clock),
): Promise<void> {
  for (const { body, signature, type } of postbag.take()) {
    const response = await world
      .client('settlement')
      .http.post('/webhooks/stripe')
      .set({ 'content-type': 'application/json', 'stripe-signature': signature })
      .send(body);
    if (response.status !== 200) throw new Error(`${type} was answered with ${response.status}`);
  }
}

/** An order is paid at the sandbox, as a buyer does there, and everybody who has to know of it knows. */
export async function payAtSandbox(world: World, { orderId, buyerId }: MadeOrder): Promise<void> {
  const payment = await world.get(PaymentService).start(buyerId, orderId, 'ALIPAY');
  if (refused(payment)) throw new Error(payment.message.en);
  const { checkoutRef, intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
  world.sandbox.control.authorise(present(checkoutRef ?? intentRef, 'a reference'));
  await deliverWebhooks(world);
  await world.settle();
}
