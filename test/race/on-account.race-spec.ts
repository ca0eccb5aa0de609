import { newId, refused } from '#libs/kernel';
import {
  OrderPlacementService,
  OrderReader,
  OrderService,
  OrderSigningService,
  OrderNotSignableError,
} from '#libs/ordering';
import { CreditExceededError, CreditTermReader } from '#libs/procurement';
import { BuyerReceiptReader, ReceivableActService, ReceivableReader } from '#libs/receivable';
import { fillPool } from '../harness/pool.js';
import { World } from '../harness/world.js';
import { makeDivisions } from '../make/division.make.js';
import { orderInput } from '../make/order.make.js';
import { makeProduct } from '../make/product.make.js';
import {
  makeCreditUnit,
  makeOrderOnAccount,
  makeReceipt,
  makeSignedOrder,
  receivableFaults,
} from '../make/receivable.make.js';
import { makeMember } from '../make/procurement.make.js';

const AT_ONCE = 12;
/** Where there is this much of others, the server looks for a unit's own by its index. */
const OF_OTHERS = 400;

describe('on account, by several at once', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
    await makeDivisions(world);
    await fillPool(world.database);
  });
  beforeEach(() => world.clock.set('2026-11-02T02:00:00Z'));
  afterEach(async () => {
    await world.settle();
    expect(await receivableFaults(world)).toEqual([]);
  });
  afterAll(() => world.close());

  const many = <T>(work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, index) => work(index)));

  async function factsOf(orderId: string): Promise<string[]> {
    const rows = await world.database.query<{ name: string }>(
      "SELECT name FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ? ORDER BY id",
      [orderId],
    );
    return rows.map(({ name }) => name);
  }

  it('orders never pass the limit: three of ten thousand fit, whoever comes first', async () => {
    const unit = await makeCreditUnit(world, { limitFen: 30_000n });
    const products = await Promise.all(Array.from({ length: AT_ONCE }, () => makeProduct(world)));

    const placed = await many((index) =>
      world.get(OrderPlacementService).place(
        unit.buyerId,
        orderInput({
          unitId: unit.unitId,
          paymentTerm: 'ON_ACCOUNT',
          lines: [{ variantId: products[index]?.variantId ?? '', quantity: 1, channelPointId: '' }],
        }),
      ),
    );

    expect(placed.filter((answer) => !refused(answer))).toHaveLength(3);
    expect(placed.filter((answer) => answer instanceof CreditExceededError)).toHaveLength(AT_ONCE - 3);
    expect(await world.get(CreditTermReader).ofMember(unit.unitId, unit.buyerId)).toMatchObject({
      usedFen: 30_000n,
    });
    const [row] = await world.database.query<{ reserved: string }>(
      'SELECT SUM(reserved) AS reserved FROM stock_level WHERE variant_id IN (?)',
      [products.map(({ variantId }) => variantId)],
    );
    expect(Number(row?.reserved)).toBe(3);
  });

  it('is signed once, by one of those who sign', async () => {
    const unit = await makeCreditUnit(world);
    const { orderId } = await makeOrderOnAccount(world, unit);
    const approvers = [unit.approverId, await makeMember(world, unit.unitId, 'APPROVER')];

    const signed = await many((index) =>
      world.get(OrderSigningService).sign(approvers[index % 2] ?? unit.approverId, orderId),
    );

    expect(signed.filter((answer) => answer === orderId)).toHaveLength(AT_ONCE / 2);
    expect(signed.filter((answer) => answer instanceof OrderNotSignableError)).toHaveLength(AT_ONCE / 2);
    expect((await factsOf(orderId)).filter((name) => name === 'order.signed')).toHaveLength(1);
    await world.settle();
    const [receivable] = await world.get(ReceivableReader).byOrders([orderId]);
    expect(receivable).toMatchObject({ amountFen: 10_000n, openFen: 10_000n });
  });

  it('at its last moment is signed or expires, never both', async () => {
    const unit = await makeCreditUnit(world);
    const orders = await Promise.all(Array.from({ length: AT_ONCE }, () => makeOrderOnAccount(world, unit)));
    world.clock.set('2026-11-05T01:59:59Z');
    const signing = orders.map(({ orderId }) =>
      world.get(OrderSigningService).sign(unit.approverId, orderId),
    );
    world.clock.set('2026-11-05T02:00:00Z');
    await Promise.all([
      ...signing,
      world.get(OrderService).expireDue(100),
      world.get(OrderService).expireDue(100),
    ]);
    while ((await world.get(OrderService).expireDue(100)) > 0);
    await world.settle();

    const found = await world.get(OrderReader).byIds(orders.map(({ orderId }) => orderId));
    const signed = found.filter(({ state }) => state === 'SIGNED');
    expect(signed.length + found.filter(({ state }) => state === 'CANCELLED').length).toBe(AT_ONCE);
    const owed = await world.get(ReceivableReader).byOrders(orders.map(({ orderId }) => orderId));
    expect(owed.map(({ orderId }) => orderId).toSorted()).toEqual(signed.map(({ id }) => id).toSorted());
    const credit = await world.get(CreditTermReader).ofMember(unit.unitId, unit.buyerId);
    expect(credit?.usedFen).toBe(BigInt(signed.length) * 10_000n);
  });

  /** Orders of another unit that went back whole. */
  async function creditedOrders(): Promise<string> {
    const unitId = newId('pru');
    await world.asOwner(async (tx) => {
      await tx.insert(
        'receivable',
        Array.from({ length: OF_OTHERS }, () => ({
          orderId: newId('ord'),
          unitId,
          divisionCode: '430225',
          buyerId: newId('usr'),
          signedOn: '2026-10-01',
          dueOn: '2026-10-31',
          amountFen: 1n,
          paidFen: 0n,
          paidOnTimeFen: 0n,
          creditedFen: 1n,
          writtenOffFen: 0n,
          openFen: 0n,
          state: 'CREDITED',
          holdRef: newId('rcv'),
          updatedAt: world.clock.now(),
        })),
      );
      await tx.query('ANALYZE TABLE receivable');
    });
    return unitId;
  }

  it('a receipt counts once, and receipts of one unit pay no order twice', async () => {
    const unit = await makeCreditUnit(world);
    const order = await makeSignedOrder(world, unit);
    await world.settle();
    const others = await creditedOrders();
    const reference = newId('bnk');

    const same = await many(() => makeReceipt(world, unit, 4_000n, { reference }));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    await many(() => makeReceipt(world, unit, 1_000n));
    await world.settle();

    const [receivable] = await world.get(ReceivableReader).byOrders([order.orderId]);
    expect(receivable).toMatchObject({ paidFen: 10_000n, openFen: 0n });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(6_000n);
    await world.asOwner((tx) => tx.write('DELETE FROM receivable WHERE unit_id = ?', [others]));
  });

  it('an act is posted once, however many agree', async () => {
    const unit = await makeCreditUnit(world);
    const order = await makeSignedOrder(world, unit);
    await world.settle();
    const acts = world.get(ReceivableActService);
    const wish = { kind: 'WRITE_OFF', subjectRef: order.orderId, reason: '撤销' } as const;
    const act = await acts.request({ ...wish, idempotencyKey: newId('req') }, newId('usr'));
    if (refused(act)) throw new Error(act.message.en);

    const decided = await many(() =>
      acts.decide({ actId: act.id, userId: newId('usr'), verdict: 'APPROVE', reason: null }),
    );

    expect(decided.filter((answer) => !refused(answer))).toHaveLength(1);
    const [receivable] = await world.get(ReceivableReader).byOrders([order.orderId]);
    expect(receivable).toMatchObject({ writtenOffFen: 10_000n, openFen: 0n });
  });
});
