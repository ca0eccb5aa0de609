import { PaymentService, RefundService } from '#libs/payment';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePayableOrder } from '../../make/payment.make.js';

const ORDERS = '{ orders(first: 20) { nodes { id refunds { id reason state amountFen createdAt } } } }';

describe('Order.refunds', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront'], withSandbox: true });
    world.clock.set(world.sandbox.control.now.toISOString());
    await makeDivisions(world);
  });
  afterAll(() => world.close());

  const cancelledAfterPaying = async ({ userId }: Person) => {
    const { orderId } = await makePayableOrder(world, { buyerId: userId });
    const payments = world.get(PaymentService);
    await payments.start(userId, orderId, 'ALIPAY');
    await world.database.transaction(async (tx) => {
      const paid =
        "UPDATE payment SET state = 'SUCCEEDED', captured_fen = amount_fen, disposition = 'KEPT' WHERE order_id = ?";
      await tx.write(paid, [orderId]);
      await world.get(RefundService).requestWholeOrder(tx, orderId, 'CANCELLED');
    });
    return orderId;
  };
  const ask = ({ token }: Person) =>
    world.client('storefront').as(token).ask<{ nodes: { id: string; refunds: object[] }[] }>(ORDERS);

  it('shows what goes back, why, and how far it has come', async () => {
    const person = world.person();
    const orderId = await cancelledAfterPaying(person);

    const { nodes } = await ask(person);

    expect(nodes).toMatchObject([
      { id: orderId, refunds: [{ reason: 'CANCELLED', state: 'REQUESTED', amountFen: '10000' }] },
    ]);
  });

  it('is empty while nothing goes back', async () => {
    const person = world.person();
    await makePayableOrder(world, { buyerId: person.userId });

    expect((await ask(person)).nodes).toMatchObject([{ refunds: [] }]);
  });

  it('costs the same for one order as for five', async () => {
    const [one, five] = [world.person(), world.person()];
    await cancelledAfterPaying(one);
    for (let n = 0; n < 5; n += 1) await cancelledAfterPaying(five);

    expect([await countStatements(() => ask(one)), await countStatements(() => ask(five))]).toEqual([2, 2]);
  });
});
