import Stripe from 'stripe';
import { DAY_MS, MINUTE_MS, businessDay, newId, present, refused } from '#libs/kernel';
import { type AccountCode, LedgerDayBalanceService, LedgerService, posted } from '#libs/ledger';
import { MerchantOrderService, OrderReader, OrderService } from '#libs/ordering';
import {
  type PaymentId,
  type PaymentMethod,
  PaymentReader,
  PaymentService,
  RefundReader,
  RefundRequestService,
} from '#libs/payment';
import { type BreakRow, ReconciliationBreakReader, ReconciliationService } from '#libs/reconciliation';
import { SealService } from '#libs/seal';
import { VolumeCheckService, VolumeRollupService } from '#libs/volume';
import { type Person, World } from '../harness/world.js';
import { type PayableOrder, Postbag, deliverWebhooks, makePayableOrder } from '../make/payment.make.js';
import { receiveOrder } from '../make/receipt.make.js';

export interface SoldOrder extends PayableOrder {
  readonly paymentId: PaymentId;
  readonly intentRef: string;
  readonly orderLineId: string;
}

export interface Unreturned {
  readonly order: PayableOrder;
  readonly paymentId: PaymentId;
  readonly failedRefundId: string;
}

/** Enough for every check to come to its end. */
const ROUNDS_MAX = 400;

/** A shop that sells, with its books, provider and register; and all checks wound by hand. */
export class ReconciliationHouse {
  private constructor(
    readonly world: World,
    private readonly postbag: Postbag,
    /** A stranger with the same account at the provider. */
    readonly stripe: Stripe,
  ) {}

  static async open(): Promise<ReconciliationHouse> {
    const world = await World.start({ services: ['settlement'], withSandbox: true });
    const { host, port } = world.sandbox;
    const stripe = new Stripe('sk_test_sandbox', { host, port, protocol: 'http' });
    // The sandbox's time cannot go back, so ours starts where it stands.
    world.clock.set(world.sandbox.control.now.toISOString());
    const house = new ReconciliationHouse(world, new Postbag(world.sandbox, world.clock), stripe);
    return house;
  }

  /** A correction of the books, as two people of finance have agreed to it. */
  async correct(debit: AccountCode, credit: AccountCode, amountFen: bigint): Promise<string> {
    const draft = {
      idempotencyKey: `adjustment:${newId('adj')}`,
      kind: 'adjustment',
      subject: newId('adj'),
      eventId: null,
      effectiveAt: this.world.clock.now(),
      transfers: [{ debit, credit, amountFen }],
    };
    const [journal] = posted(
      await this.world.database.transaction((tx) => this.world.get(LedgerService).post(tx, [draft])),
    );
    return present(journal, 'the journal').id;
  }

  finance(): Person {
    return this.world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  }

  /** Both clocks, so that signatures stay fresh. */
  async advance(milliseconds: number): Promise<void> {
    this.world.clock.advance(milliseconds);
    await this.world.sandbox.control.advance(milliseconds / 1_000);
  }

  /** Hands over whatever the provider has to tell, until it has nothing more to tell. */
  async hear(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      this.catchUp();
      await deliverWebhooks(this.world, this.postbag);
      await this.world.settle();
      await this.advance(10_000);
    }
  }

  /** The sandbox's time runs with the machine's: nothing of it may lie in our future. */
  private catchUp(): void {
    const { now } = this.world.sandbox.control;
    if (now > this.world.clock.now()) this.world.clock.set(now.toISOString());
  }

  async start(order: PayableOrder, method: PaymentMethod = 'ALIPAY'): Promise<PaymentId> {
    const payment = await this.world.get(PaymentService).start(order.buyerId, order.orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    return payment.id;
  }

  async authorise(paymentId: PaymentId): Promise<void> {
    const payment = await this.world.get(PaymentReader).byId(paymentId);
    this.world.sandbox.control.authorise(present(payment?.checkoutRef ?? payment?.intentRef, 'a reference'), {
      force: true,
    });
    await this.hear();
  }

  async sell(method: PaymentMethod = 'ALIPAY', quantity = 4): Promise<SoldOrder> {
    const order = await makePayableOrder(this.world, { priceFen: 10_000n, quantity });
    const paymentId = await this.start(order, method);
    await this.authorise(paymentId);
    const payment = present(await this.world.get(PaymentReader).byId(paymentId), 'the payment');
    const [line] = await this.world.get(OrderReader).linesOfOrder(order.orderId);
    return {
      ...order,
      paymentId,
      intentRef: present(payment.intentRef, 'an intent'),
      orderLineId: present(line, 'a line').id,
    };
  }

  async refund({ orderId, orderLineId }: SoldOrder, quantity: number): Promise<string> {
    const lines = [{ orderLineId, quantity, amountFen: null }];
    const asked = await this.world.database.transaction((tx) =>
      this.world.get(RefundRequestService).request(tx, {
        orderId,
        ask: { kind: 'LINE', lines, freightOf: [], amountFen: null },
        borneBy: 'SELLERS',
        note: '质量问题',
        requestedBy: null,
        bankAccount: null,
      }),
    );
    if (refused(asked)) throw new Error(asked.message.en);
    await this.hear();
    return asked;
  }

  async receive(order: PayableOrder): Promise<void> {
    await receiveOrder(this.world, order);
    await this.world.settle();
  }

  /** The after-sale windows are over. */
  async complete(): Promise<void> {
    await this.advance(8 * DAY_MS);
    await this.world.get(MerchantOrderService).completeDue(100);
    await this.world.settle();
  }

  /** Paid after the order was cancelled: the money goes back by itself. */
  async sellTooLate(): Promise<void> {
    await this.authorise((await this.startTooLate()).paymentId);
  }

  /** And cannot be delivered: the money waits until somebody gives it back. */
  async sellTooLateInVain(): Promise<Unreturned> {
    const { order, paymentId } = await this.startTooLate();
    const payment = await this.world.get(PaymentReader).byId(paymentId);
    this.world.sandbox.control.authorise(present(payment?.checkoutRef ?? payment?.intentRef, 'a reference'), {
      force: true,
    });
    this.catchUp();
    await deliverWebhooks(this.world, this.postbag);
    await this.world.settle();
    return { order, paymentId, failedRefundId: await this.failRefundOf(order) };
  }

  /** The latest refund of it, sent and not answered yet, cannot be delivered. */
  async failRefundOf(order: Pick<PayableOrder, 'orderId'>): Promise<string> {
    const refund = present((await this.refundsOf(order)).at(-1), 'a refund');
    this.world.sandbox.control.failRefund(present(refund.providerRef, 'a refund at the provider'));
    await this.hear();
    return refund.id;
  }

  private async startTooLate(): Promise<Omit<Unreturned, 'failedRefundId'>> {
    const order = await makePayableOrder(this.world, { priceFen: 10_000n });
    const paymentId = await this.start(order);
    await this.advance(16 * MINUTE_MS);
    await this.world.get(OrderService).expireDue(100);
    await this.world.settle();
    return { order, paymentId };
  }

  /** B10, B11: somebody takes our references, asks for something else, and pays it. */
  async sellMismatched(
    amount: number,
    currency = 'cny',
  ): Promise<{ order: PayableOrder; paymentId: PaymentId }> {
    const order = await makePayableOrder(this.world, { priceFen: 10_000n });
    this.world.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'error', status: 503, times: 2 }],
    });
    const paymentId = await this.start(order);
    this.world.sandbox.control.break({});
    const method =
      currency === 'cny' ? { payment_method_data: { type: 'alipay' } } : { payment_method: 'pm_card_visa' };
    const intent = await this.stripe.paymentIntents.create({
      amount,
      currency,
      confirm: true,
      ...method,
      return_url: 'http://127.0.0.1/',
      metadata: { order_id: order.orderId, payment_ref: paymentId, env: 'development' },
    });
    if (intent.status === 'requires_action') this.world.sandbox.control.authorise(intent.id);
    await this.hear();
    return { order, paymentId };
  }

  async refundsOf({ orderId }: Pick<PayableOrder, 'orderId'>) {
    return this.world.get(RefundReader).ofOrder(orderId);
  }

  /** What runs all the time in a real process: day balances, rollups, seals, and tonight's comparison of rollups. */
  async background(): Promise<void> {
    while ((await this.world.get(LedgerDayBalanceService).addUp(1_000)) > 0);
    while ((await this.world.get(VolumeRollupService).rollUp(1_000)) > 0);
    while ((await this.world.get(SealService).sealDue(1_000, { delayMs: 0, leaseMs: 0 })) > 0);
    while ((await this.world.get(VolumeCheckService).checkDue(100)) > 0);
  }

  /** Every check once through, as if it were due now. */
  async reconcile(...names: readonly string[]): Promise<void> {
    await this.makeDue(...names);
    await this.work();
  }

  /** And as if each were the first of its night, which looks far back: the clock has run ahead of the ids, which are made by the machine's. */
  async makeDue(...names: readonly string[]): Promise<void> {
    await this.world.asOwner((tx) =>
      tx.write('DELETE FROM reconciliation_run WHERE finished_at IS NOT NULL'),
    );
    await this.world.database.transaction((tx) =>
      tx.write(
        `UPDATE reconciliation_check SET due_at = IF(${names.length > 0 ? 'name IN (?)' : '? IS NULL'}, '2000-01-01', '2999-01-01')`,
        [names.length > 0 ? names : null],
      ),
    );
  }

  async work(): Promise<void> {
    const service = this.world.get(ReconciliationService);
    for (let round = 0; round < ROUNDS_MAX; round += 1) if ((await service.work()) === 0) return;
    throw new Error('The checks do not come to their end');
  }

  /** What nobody has closed, in the order in which it was found. */
  async open(): Promise<BreakRow[]> {
    const states = ['OPEN', 'ASSIGNED'] as const;
    const page = await this.world
      .get(ReconciliationBreakReader)
      .page({ states }, { first: 100, after: null });
    return page.nodes.toReversed();
  }

  async failures(): Promise<string[]> {
    const rows = await this.world.database.query<{ failure: string }>(
      'SELECT failure FROM reconciliation_run WHERE failure IS NOT NULL',
    );
    return rows.map(({ failure }) => failure);
  }

  async actsOf(breakId: string): Promise<string[]> {
    const steps = await this.world.get(ReconciliationBreakReader).stepsOf([breakId]);
    return steps.map(({ act }) => act);
  }

  /** Between tests: what one has found is not the next one's business. */
  async forget(): Promise<void> {
    await this.world.clear('reconciliation_break_step', 'reconciliation_break', 'reconciliation_run');
    await this.world.asOwner((tx) =>
      tx.write('UPDATE reconciliation_check SET run_id = NULL, leased_until = NULL'),
    );
  }

  get today(): string {
    return businessDay(this.world.clock.now());
  }

  newBatchId(): string {
    return newId('pob');
  }
}
