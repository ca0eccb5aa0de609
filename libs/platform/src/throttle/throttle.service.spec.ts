import { pino } from 'pino';
import { Config } from '#platform/config';
import type { HealthDoor } from '#platform/health';
import { Log } from '#platform/log';
import { ThrottleService } from './throttle.service.js';

/** With Redis it is tested at the doors (test/doors/storefront/throttle.e2e-spec.ts). */
function withoutRedis(limits: string) {
  const refused: unknown[] = [];
  const lines: string[] = [];
  const config = new Config({
    DATABASE_URL: 'mysql://nobody@127.0.0.1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    AUTH_SECRET: 'x'.repeat(32),
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_WEBHOOK_SECRET: 'whsec_1',
    THROTTLE: limits,
  });
  const health = { counter: () => (labels: unknown) => refused.push(labels) } as unknown as HealthDoor;
  const log = new Log(pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }));
  return { throttle: new ThrottleService(config, log, health), refused, lines };
}

const visitor = { personId: 'usr_1', address: '192.0.2.1' };

it('counts by itself while Redis is away, to the same limits, and says so once', async () => {
  const { throttle, refused, lines } = withoutRedis('WRITE=3/5');
  for (let n = 0; n < 3; n += 1) await throttle.take('WRITE', visitor);

  for (let n = 0; n < 3; n += 1)
    await expect(throttle.take('WRITE', visitor)).rejects.toMatchObject({ kind: 'WRITE' });
  const neighbour = { ...visitor, personId: 'usr_2' };
  await throttle.take('WRITE', neighbour);
  await throttle.take('WRITE', neighbour);
  await expect(throttle.take('WRITE', neighbour)).rejects.toMatchObject({ kind: 'WRITE' });
  await throttle.onApplicationShutdown();

  const of = (whose: string) => ({ kind: 'WRITE', whose });
  expect(refused).toEqual([of('person'), of('person'), of('person'), of('address')]);
  expect(lines).toHaveLength(1);
});

it('counts nothing, and connects to nothing, where it is off', async () => {
  const { throttle, refused } = withoutRedis('off');
  for (let n = 0; n < 1_000; n += 1) await throttle.take('SIGN_IN', visitor);
  await throttle.malformedBy(visitor.address);

  await expect(throttle.assertLegible(visitor.address)).resolves.toBeUndefined();
  expect(refused).toEqual([]);
});

it('does not count what has no limit', async () => {
  const { throttle } = withoutRedis('WRITE=-/-,MALFORMED=-/-');
  for (let n = 0; n < 300; n += 1) await throttle.take('WRITE', visitor);
  for (let n = 0; n < 2_000; n += 1) await throttle.malformedBy(visitor.address);

  await expect(throttle.assertLegible(visitor.address)).resolves.toBeUndefined();
  await throttle.onApplicationShutdown();
});
