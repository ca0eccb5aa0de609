import { Config } from './config.js';

const COMPLETE = {
  DATABASE_URL: 'mysql://taoyuan:secret@127.0.0.1:3306/taoyuan',
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTH_SECRET: 'x'.repeat(32),
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

it('needs five settings and fills in the rest', () => {
  const config = new Config(COMPLETE);

  expect(config.ports).toEqual({ storefront: 3000, merchant: 3001, settlement: 3002, broker: 3003 });
  expect(config.host).toBe('127.0.0.1');
  expect(config.isProduction).toBe(false);
  expect(config.sweepAfterMs).toBe(60_000);
  expect(config.personMax).toEqual({ unpaidOrders: 20, openCases: 20 });
  expect(config.stripe).toEqual({ secretKey: 'sk_test_1', apiUrl: undefined, webhookSecrets: ['whsec_1'] });
});

it.each(Object.keys(COMPLETE))('does not start without %s, and says so', (name) => {
  expect(() => new Config({ ...COMPLETE, [name]: undefined })).toThrow(new RegExp(`^ {2}${name}: `, 'm'));
});

it('takes an empty setting for a missing one', () => {
  expect(() => new Config({ ...COMPLETE, REDIS_URL: '' })).toThrow(/REDIS_URL/);
  expect(new Config({ ...COMPLETE, STOREFRONT_PORT: '' }).ports.storefront).toBe(3000);
});

it.each([
  [
    'https://AK%2F1:s%2Bcret@oss.example.cn/taoyuan/files/?region=cn-north-1',
    'https://oss.example.cn/taoyuan/files',
    'cn-north-1',
  ],
  [
    'http://AK%2F1:s%2Bcret@taoyuan.store.example.cn:9000',
    'http://taoyuan.store.example.cn:9000',
    'us-east-1',
  ],
])('reads where files lie from %s', (text, baseUrl, region) => {
  expect(new Config({ ...COMPLETE, FILES_URL: text }).filesStore).toEqual({
    baseUrl,
    region,
    accessKeyId: 'AK/1',
    secretAccessKey: 's+cret',
  });
  expect(new Config(COMPLETE).filesStore).toBeNull();
});

it('names all faults at once', () => {
  expect(() => new Config({})).toThrow(
    /DATABASE_URL[\s\S]*REDIS_URL[\s\S]*AUTH_SECRET[\s\S]*STRIPE_SECRET_KEY[\s\S]*STRIPE_WEBHOOK_SECRET/,
  );
});

it.each([
  ['DATABASE_URL', 'postgres://127.0.0.1/taoyuan'],
  ['DATABASE_POOL_SIZE', '0'],
  ['FILES_URL', 'https://oss.example.cn/taoyuan'],
  ['FILES_URL', 's3://key:secret@taoyuan'],
  ['THROTTLE', 'WRITE=many'],
  ['DATABASE_POOL_SIZE', 'many'],
  ['REDIS_URL', 'http://127.0.0.1:6379'],
  ['AUTH_SECRET', 'short'],
  ['STOREFRONT_PORT', '70000'],
  ['MERCHANT_PORT', '80.5'],
  ['STRIPE_API_URL', 'not a url'],
  ['DATA_KEYS', 'k1:beef'],
  ['DATA_KEYS', 'beef'.repeat(16)],
  ['SWEEP_AFTER_SECONDS', '0'],
  ['LOG_LEVEL', 'loud'],
  ['NODE_ENV', 'staging'],
])('refuses %s=%s by name', (name, value) => {
  expect(() => new Config({ ...COMPLETE, [name]: value })).toThrow(new RegExp(`^ {2}${name}: `, 'm'));
});

it('never repeats a secret in its complaint', () => {
  const wrong = { ...COMPLETE, AUTH_SECRET: 'hunter2', DATABASE_URL: 'mariadb://u:hunter3@127.0.0.1/t' };

  expect(() => new Config(wrong)).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/hunter/) }),
  );
});

describe('in production', () => {
  const production = {
    ...COMPLETE,
    NODE_ENV: 'production',
    SMS_GATEWAY_URL: 'https://sms.example/send',
    DATA_KEYS: `k1:${'0a'.repeat(32)}`,
  };

  it('starts with an SMS gateway', () => {
    expect(new Config(production).isProduction).toBe(true);
  });

  it('needs a way for one-time codes to reach phones', () => {
    expect(() => new Config({ ...production, SMS_GATEWAY_URL: undefined })).toThrow(/SMS_GATEWAY_URL/);
  });

  it('needs keys to seal bank accounts with', () => {
    expect(() => new Config({ ...production, DATA_KEYS: undefined })).toThrow(/DATA_KEYS/);
  });

  it('takes no payments through the sandbox', () => {
    expect(() => new Config({ ...production, STRIPE_API_URL: 'http://127.0.0.1:3010' })).toThrow(
      /STRIPE_API_URL/,
    );
  });
});

it('reads the keys that seal, the current one first', () => {
  const { dataKeys } = new Config({ ...COMPLETE, DATA_KEYS: `k2:${'0b'.repeat(32)},k1:${'0a'.repeat(32)}` });

  expect(dataKeys.map(({ id, key }) => [id, key.length])).toEqual([
    ['k2', 32],
    ['k1', 32],
  ]);
});

it('accepts the previous webhook secret while a rotation is under way, after the current one', () => {
  const config = new Config({ ...COMPLETE, STRIPE_PREVIOUS_WEBHOOK_SECRET: 'whsec_0' });

  expect(config.stripe.webhookSecrets).toEqual(['whsec_1', 'whsec_0']);
});

it.each(['0', '1001', 'many'])(
  'limits what one person may have by a number from 1 to 1,000, not %s',
  (text) => {
    expect(() => new Config({ ...COMPLETE, UNPAID_ORDERS_MAX: text })).toThrow(/UNPAID_ORDERS_MAX/);
    expect(() => new Config({ ...COMPLETE, OPEN_CASES_MAX: text })).toThrow(/OPEN_CASES_MAX/);
    expect(new Config({ ...COMPLETE, UNPAID_ORDERS_MAX: '3' }).personMax.unpaidOrders).toBe(3);
  },
);
