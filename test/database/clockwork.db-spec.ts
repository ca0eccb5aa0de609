import { Test } from '@nestjs/testing';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { PlatformModule } from '#platform/service';
import { QueueGateway } from '#platform/queue';
import { BackgroundModule } from '../../apps/settlement/src/schedules/background.module.js';
import { Clockwork } from '../../apps/settlement/src/schedules/clockwork.js';
import type { Schedule } from '../../apps/settlement/src/schedules/ticker.js';
import { startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { FakeClock } from '../harness/clock.js';
import { type TestDatabase, createTestDatabase, redisUrl } from '../harness/database.js';
import { InlineQueue } from '../harness/inline-queue.js';
import { AUTH_SECRET, SIGNING_KEY, WEBHOOK_SECRET } from '../harness/secrets.js';

const ROUNDS_MAX = 20;

let test: TestDatabase;
let schedules: readonly Schedule[];
let close: () => Promise<void>;

beforeAll(async () => {
  test = await createTestDatabase();
  const sandbox = await startSandbox({ port: 0, webhookSecret: WEBHOOK_SECRET, webhookUrl: null });
  const config = new Config({
    NODE_ENV: 'test',
    DATABASE_URL: test.url,
    REDIS_URL: redisUrl(),
    AUTH_SECRET,
    LEDGER_SIGNING_KEY: SIGNING_KEY,
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_URL: sandbox.url,
  });
  // Compiled and never started, so that nothing is wound but by this spec.
  const testing = await Test.createTestingModule({
    imports: [PlatformModule.forService('settlement', config), BackgroundModule],
  })
    .overrideProvider(Clock)
    .useValue(new FakeClock())
    .overrideProvider(QueueGateway)
    .useValue(new InlineQueue())
    .compile();
  schedules = testing.get(Clockwork, { strict: false }).schedules;
  close = async () => {
    await testing.close();
    await sandbox.close();
  };
});
afterAll(async () => {
  await close();
  await test.drop();
});

it('calls no two schedules by one name: their failures are told apart by it', () => {
  const names = schedules.map(({ name }) => name);

  expect(names).toContain('relay');
  expect(new Set(names).size).toBe(names.length);
});

it('comes to rest in an empty installation, whatever the schedule', async () => {
  const busy: string[] = [];
  for (const { name, work } of schedules) {
    let did = await work();
    // The provider's last three days are compared stretch by stretch.
    for (let round = 1; round < ROUNDS_MAX && did > 0; round += 1) did = await work();
    if (did > 0) busy.push(name);
  }

  expect(busy).toEqual([]);
});
