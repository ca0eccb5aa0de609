import { DAY_MS, businessDay, newId, refused } from '#libs/kernel';
import { MerchantOrderService, OrderService } from '#libs/ordering';
import { RefundRequestService } from '#libs/payment';
import { ReconciliationReader } from '#libs/reconciliation';
import { makeDivisions } from '../make/division.make.js';
import { makeProduct } from '../make/product.make.js';
import { receiveOrder } from '../make/receipt.make.js';
import {
  makeAct,
  makeCreditUnit,
  makeReceipt,
  makeSignedOrder,
  receivableFaults,
} from '../make/receivable.make.js';
import { ReconciliationHouse } from './reconciliation-house.js';

/** Sold on account, paid in part and beyond, given back before and after it was paid, called off, and given up: nothing of it is a break. */
it('finds nothing wrong with what is sold on account', async () => {
  const house = await ReconciliationHouse.open();
  const { world } = house;
  try {
    await makeDivisions(world);
    const product = await makeProduct(world, { batches: [{ quantity: 100 }] });
    const unit = await makeCreditUnit(world);
    const refund = async (orderId: `ord_${string}`, amountFen: bigint) => {
      const ask = { kind: 'GOODWILL', lines: [], freightOf: [], amountFen } as const;
      const why = { borneBy: 'SELLERS', note: '坏果', requestedBy: newId('usr'), bankAccount: null } as const;
      const asked = await world.get(RefundRequestService).submit({ orderId, ask, ...why }, newId('req'));
      expect(refused(asked)).toBe(false);
      await world.settle();
    };
    const orders = [];
    for (let index = 0; index < 4; index += 1) orders.push(await makeSignedOrder(world, unit, {}, product));
    const [paid, open, gone, lost] = orders;
    await world.settle();
    if (!paid || !open || !gone || !lost) throw new Error('four orders');
    const receivedOn = businessDay(world.clock.now());
    const allocations = [{ orderId: paid.orderId, amountFen: 10_000n }];
    await makeReceipt(world, unit, 12_000n, { receivedOn, allocations });
    await refund(paid.orderId, 3_000n);
    await refund(open.orderId, 1_000n);
    expect(refused(await world.get(OrderService).cancel(unit.buyerId, gone.orderId))).toBe(false);
    await makeAct(world, { kind: 'WRITE_OFF', subjectRef: lost.orderId });
    await world.settle();
    await receiveOrder(world, paid);
    await receiveOrder(world, open);
    await house.advance(8 * DAY_MS);
    await world.get(MerchantOrderService).completeDue(100);
    await world.settle();
    await house.advance(2 * DAY_MS);
    await house.background();

    await house.reconcile();

    expect(await house.failures()).toEqual([]);
    expect(await house.open()).toEqual([]);
    expect(await receivableFaults(world)).toEqual([]);
    const runs = await world.get(ReconciliationReader).lastFinished();
    for (const check of ['CLEARING', 'ORDERS', 'VOLUME', 'SPLITS']) {
      const run = runs.find((each) => each.check === check);
      expect(run?.examinedCount).toBeGreaterThan(0n);
    }
  } finally {
    await world.close();
  }
});
