import { newId } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantOrderService } from '#libs/ordering';
import {
  PayeeAccountService,
  PayoutReader,
  PayoutRunService,
  type PayoutView,
  payeeOf,
} from '#libs/settlement';
import { emit, newEvent } from '#platform/outbox';
import { calendar } from '../../../scripts/seed/calendar.load.js';
import { LoadDates, readDataFile } from '../../../scripts/seed/table-load.js';
import type { Tools } from '../../../scripts/seed/table-load.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { type MadeOrder, makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

describe('from the receipt to the payout', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    const dates = new LoadDates(world.clock.now(), '2026-11-02');
    await world.database.transaction((tx) =>
      calendar.load(tx, readDataFile(calendar.file), { dates } as Tools),
    );
  });
  afterAll(() => world.close());

  /** ¥200 of a cooperative with a verified account, paid and captured. */
  const sell = async (isPerishable: boolean) => {
    const { id: merchantId } = await makeMerchant(world);
    const accounts = world.get(PayeeAccountService);
    const payee = payeeOf(merchantId);
    const account =
      payee &&
      (await accounts.propose(newId('usr'), payee, {
        method: 'BANK',
        accountName: '炎陵黄桃合作社',
        bankName: '炎陵农商银行（演示）',
        bankCode: null,
        accountNumber: '6230000000000001',
        idempotencyKey: newId('key'),
      }));
    if (!account || !('lastFour' in account)) throw new Error('an account');
    await accounts.verify(newId('usr'), account.id, 'DOCUMENTS', '开户许可证（演示）');
    const product = await makeProduct(world, { merchantId, isPerishable, pricesFen: [20_000n] });
    const order = await makePaidOrder(world, {}, product);
    const now = world.clock.now();
    const captured = {
      paymentId: newId('pay'),
      orderId: order.orderId,
      intentRef: `pi_${order.orderId}`,
      amountFen: '20000',
      disposition: 'KEPT',
      capturedAt: now.toISOString(),
    };
    await world.database.transaction((tx) => emit(tx, newEvent('payment.captured', captured, now)));
    await world.settle();
    return { ...order, merchantId };
  };
  /** The clock strikes: windows that are over release what they held. */
  const complete = async () => {
    const done = await world.get(MerchantOrderService).completeDue(10);
    await world.settle();
    return done;
  };
  const availableOf = async (merchantId: `mer_${string}`) =>
    (await world.get(LedgerReader).balancesOfPayee(merchantId)).available;
  const payoutsOf = async (payeeId: string): Promise<readonly PayoutView[]> =>
    (await world.get(PayoutReader).page({ payeeId }, { first: 9, after: null })).nodes;
  const runAt = async (instant: string) => {
    world.clock.set(instant);
    while ((await world.get(PayoutRunService).work()) > 0);
  };
  const receiveAt = async (instant: string, isPerishable: boolean) => {
    world.clock.set(instant);
    const sale = await sell(isPerishable);
    await receiveOrder(world, sale satisfies MadeOrder);
    return sale;
  };

  it('D1 a window that ends in a holiday is paid on the first working day after it, and tells of its order', async () => {
    const { merchantId, orderId } = await receiveAt('2026-09-24T10:00:00+08:00', false);
    world.clock.set('2026-10-01T09:59:59+08:00');
    expect(await complete()).toBe(0);
    world.clock.set('2026-10-01T10:00:00+08:00');
    expect(await complete()).toBe(1);
    const share = await availableOf(merchantId);
    expect(share).toBeGreaterThan(10_000n);

    for (const day of ['01', '02', '03', '04', '05', '06', '07'])
      await runAt(`2026-10-${day}T16:30:00+08:00`);
    expect(await payoutsOf(merchantId)).toEqual([]);
    await runAt('2026-10-08T16:00:00+08:00');

    const [payout] = await payoutsOf(merchantId);
    expect(payout).toMatchObject({ amountFen: share, state: 'PLANNED' });
    const { nodes } = await world.get(PayoutReader).items(payout?.id ?? '', { first: 9, after: null });
    expect(nodes.every(({ kind, subject }) => kind === 'release' && subject === orderId)).toBe(true);
    expect(nodes.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(share);
  });

  it('D4 a release on a Friday is paid on the Saturday that is worked', async () => {
    const { merchantId } = await receiveAt('2026-10-02T10:00:00+08:00', false);
    world.clock.set('2026-10-09T10:00:00+08:00');
    await complete();

    await runAt('2026-10-09T16:00:00+08:00');
    expect(await payoutsOf(merchantId)).toEqual([]);
    await runAt('2026-10-10T16:00:00+08:00');

    expect(await payoutsOf(merchantId)).toHaveLength(1);
  });

  it('D5 perishable goods are releasable after 48 hours, and not a second before', async () => {
    const { merchantId } = await receiveAt('2026-11-02T08:00:00+08:00', true);

    world.clock.set('2026-11-04T07:59:59+08:00');
    expect(await complete()).toBe(0);
    expect(await availableOf(merchantId)).toBe(0n);
    world.clock.set('2026-11-04T08:00:00+08:00');
    expect(await complete()).toBe(1);

    expect(await availableOf(merchantId)).toBeGreaterThan(0n);
  });

  it('D20 a release told twice is one, and is paid once', async () => {
    const { merchantId } = await receiveAt('2026-11-09T08:00:00+08:00', true);
    world.clock.set('2026-11-11T08:00:00+08:00');
    await Promise.all([complete(), complete()]);
    await complete();
    const share = await availableOf(merchantId);

    await runAt('2026-11-12T16:00:00+08:00');
    await runAt('2026-11-13T16:00:00+08:00');

    expect((await payoutsOf(merchantId)).map(({ amountFen }) => amountFen)).toEqual([share]);
  });

  it('D21 half past midnight in Shanghai is the new month’s, also for the payout', async () => {
    // 48 hours before 2026-10-31T16:30Z, which is the first of November in Shanghai: a Sunday.
    const { merchantId } = await receiveAt('2026-10-29T16:30:00Z', true);
    world.clock.set('2026-10-31T16:30:00Z');
    await complete();

    const { nodes } = await world.get(PayoutReader).page({}, { first: 1, after: null });
    expect(nodes.every(({ payeeId }) => payeeId !== merchantId)).toBe(true);
    await runAt('2026-11-02T16:00:00+08:00');

    expect(await payoutsOf(merchantId)).toHaveLength(1);
  });
});
