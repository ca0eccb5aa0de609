import { createClient } from 'graphql-ws';
import { Redis } from 'ioredis';
import { redisUrl } from '../harness/database.js';
import { Fleet, eventually } from '../harness/fleet.js';
import { openShop, placeOrder } from '../harness/shop.js';
import { signedSocket } from '../harness/socket.js';

const WATCH = 'subscription ($orderId: ID!) { orderChanged(orderId: $orderId) { order { id } } }';

describe('a service that stops', () => {
  let fleet: Fleet;
  let redis: Redis;
  let variantId: string;

  beforeAll(async () => {
    fleet = await Fleet.start();
    redis = new Redis(redisUrl());
    ({ variantId } = await openShop(fleet.test.database));
  }, 120_000);
  afterAll(async () => {
    redis.disconnect();
    await fleet.close();
  }, 30_000);

  const listeners = async (topic: string) => Number((await redis.pubsub('NUMSUB', topic))[1]);

  it.each([1, 2, 3])(
    'ends cleanly while many watch the same orders (%i)',
    async () => {
      const buyer = fleet.tokenFor();
      const orders = await Promise.all([1, 2, 3].map(() => placeOrder(fleet, buyer, variantId)));
      const sockets = [1, 2].map(() =>
        createClient({
          url: `${fleet.url('storefront').replace('http', 'ws')}/graphql`,
          webSocketImpl: signedSocket({ authorization: `Bearer ${buyer}` }),
          retryAttempts: 0,
        }),
      );
      for (const socket of sockets) {
        for (const { id } of orders) {
          const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
          socket.subscribe({ query: WATCH, variables: { orderId: id } }, sink);
        }
      }
      for (const { id } of orders)
        await eventually(`somebody watches ${id}`, async () => (await listeners(`order-changed:${id}`)) > 0);

      const exitCode = await fleet.stop('storefront', 'SIGTERM');

      for (const socket of sockets) await socket.dispose();
      expect(fleet.saidBy('storefront')).toBe('');
      expect(exitCode).toBe(0);
      await fleet.launch('storefront');
    },
    60_000,
  );
});
