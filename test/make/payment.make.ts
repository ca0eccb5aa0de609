import { StockService } from '#libs/inventory';
import { type Clock, type IdOf, newId, present, refused } from '#libs/kernel';
import { type OrderId, OrderPlacementService } from '#libs/ordering';
import type { Database } from '#platform/database';
import type { RunningSandbox, SandboxEvent } from '../../apps/stripe-sandbox/src/sandbox.js';
import type { World } from '../harness/world.js';
import { makeMerchant } from './merchant.make.js';

/** What a maker of payable orders needs of a world, or of rooms. */
export type PaymentGround = Pick<World, 'get'> & { readonly database: Database; readonly clock: Clock };

export interface PayableOrder {
  readonly orderId: OrderId;
  readonly buyerId: IdOf<'usr'>;
  readonly merchantId: IdOf<'mer'>;
  readonly variantId: IdOf<'var'>;
}

export interface PayableOrderOptions {
  readonly buyerId?: IdOf<'usr'>;
  /** Of one unit. From 9900 fen on a parcel travels free. */
  readonly priceFen?: bigint;
  readonly quantity?: number;
}

/** An order placed now by somebody new, for a product of a merchant of its own. */
export async function makePayableOrder(
  ground: PaymentGround,
  { buyerId = newId('usr'), priceFen = 10_000n, quantity = 1 }: PayableOrderOptions = {},
): Promise<PayableOrder> {
  const merchant = await makeMerchant(ground);
  const [productId, variantId, batchId] = [newId('prd'), newId('var'), newId('bat')];
  const now = ground.clock.now();
  // Nobody writes the catalogue yet but the installer, so neither is there a service to call.
  await ground.database.transaction(async (tx) => {
    await tx.write(
      "INSERT IGNORE INTO category (code, name_zh, name_en, position) VALUES ('fruit', '水果', 'Fruit', 1)",
    );
    const times = { listedAt: now, updatedAt: now };
    const facts = {
      categoryCode: 'fruit',
      name: '炎陵黄桃',
      description: '',
      originCountyCode: '430225',
      isPerishable: true,
    };
    await tx.insert('product', [
      {
        id: productId,
        merchantId: merchant.id,
        ...facts,
        priceFromFen: priceFen,
        state: 'ON_SALE',
        ...times,
      },
    ]);
    const variant = { id: variantId, productId, sku: variantId, name: '5 斤装', netWeightG: 2500 };
    await tx.insert('product_variant', [{ ...variant, priceFen, position: 1, state: 'ON_SALE' }]);
    const origin = { originCountyCode: '430225', harvestedOn: '2026-08-01', bestBeforeOn: null };
    await tx.insert('product_batch', [
      { id: batchId, productId, traceCode: batchId, ...origin, createdAt: now },
    ]);
  });
  const receipt = { variantId, batchId, quantity: 100, causeKey: 'first-delivery' };
  const level = await ground.get(StockService).receive([merchant.id], receipt);
  if (refused(level)) throw new Error(level.message.en);
  const orderId = await ground.get(OrderPlacementService).place(buyerId, {
    idempotencyKey: newId('req'),
    lines: [{ variantId, quantity, channelPointId: '' }],
    recipient: { name: '李女士', phone: '13900001234', countyCode: '430211', address: '泰山路街道 1 号' },
    totalFen: null,
  });
  if (refused(orderId)) throw new Error(orderId.message.en);
  return { orderId, buyerId, merchantId: merchant.id, variantId };
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
