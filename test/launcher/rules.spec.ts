import { demoCabinetCount, wordOf } from '../../scripts/launcher/demo-cabinets.js';
import { effectOf } from '../../scripts/launcher/dev.js';
import { settingsFor } from '../../scripts/launcher/environment.js';
import { readVersion } from '../../scripts/launcher/given-database.js';
import { LogLines } from '../../scripts/launcher/log-lines.js';
import { nextFileName } from '../../scripts/launcher/migration-new.js';

const infrastructure = {
  databaseUrl: 'mysql://u:p@127.0.0.1:1/taoyuan',
  migrationUrl: 'mysql://owner:p@127.0.0.1:3306/taoyuan',
  redisUrl: 'redis://127.0.0.1:2',
  secrets: {
    databasePassword: 'd',
    databaseServicesPassword: 's',
    databaseRootPassword: 'r',
    authSecret: 'a',
    dataKeys: 'k1:d',
    stripeWebhookSecret: 'whsec_s',
    ledgerSigningKey: 'k',
  },
  home: { dir: '/checkout/.data', isScratch: false, mark: '1:2:/checkout/.data' },
};

describe('settings', () => {
  it('give every service its ports, addresses and secrets, and the sandbox when there is no key', () => {
    expect(settingsFor({}, infrastructure)).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      STOREFRONT_PORT: '3000',
      MERCHANT_PORT: '3001',
      SETTLEMENT_PORT: '3002',
      BROKER_PORT: '3003',
      MQTT_PORT: '1883',
      STRIPE_SANDBOX_PORT: '3010',
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'pretty',
      PUBLIC_URL: 'http://127.0.0.1:3000',
      AUTH_SECRET: 'a',
      DATA_KEYS: 'k1:d',
      LEDGER_SIGNING_KEY: 'k',
      STRIPE_WEBHOOK_SECRET: 'whsec_s',
      DATABASE_URL: infrastructure.databaseUrl,
      DATABASE_MIGRATION_URL: infrastructure.migrationUrl,
      REDIS_URL: infrastructure.redisUrl,
      CARRIER_API_URL: 'http://127.0.0.1:3010/carrier',
      CARRIER_SECRET: 'carrier_whsec_s',
      CARRIER_WEBHOOK_URL: 'http://127.0.0.1:3002/webhooks/carrier',
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_API_URL: 'http://127.0.0.1:3010',
      STRIPE_WEBHOOK_URL: 'http://127.0.0.1:3002/webhooks/stripe',
      STRIPE_SANDBOX_STATE: '/checkout/.data/stripe-sandbox.jsonl',
    });
  });

  it('talk to Stripe itself as soon as a key is given', () => {
    const settings = settingsFor({ STRIPE_SECRET_KEY: 'sk_live_x' }, infrastructure);

    expect(settings.STRIPE_SECRET_KEY).toBe('sk_live_x');
    expect(settings.STRIPE_API_URL).toBeUndefined();
  });

  it('call the sandbox on loopback when the services listen everywhere', () => {
    expect(settingsFor({ HOST: '0.0.0.0' }, infrastructure).STRIPE_API_URL).toBe('http://127.0.0.1:3010');
  });

  it('take what is given outside, and an empty value for not given', () => {
    const settings = settingsFor(
      { STOREFRONT_PORT: '8080', AUTH_SECRET: '', LOG_FORMAT: 'json' },
      infrastructure,
    );

    expect(settings).toMatchObject({
      PUBLIC_URL: 'http://127.0.0.1:8080',
      AUTH_SECRET: 'a',
      LOG_FORMAT: 'json',
    });
  });
});

describe('simulated cabinets', () => {
  it.each([
    ['nothing is said', {}, 20],
    ['an empty value is none', { DEMO_CABINETS: '' }, 20],
    ['all of the city are asked for', { DEMO_CABINETS: '326' }, 326],
    ['none are wanted', { DEMO_CABINETS: '0' }, 0],
    ['the database is somebody’s own', { DATABASE_URL: 'mysql://u:p@db/taoyuan' }, 0],
    ['the payments are', { STRIPE_SECRET_KEY: 'sk_live_x' }, 0],
    ['the broker is', { MQTT_URL: 'mqtt://broker' }, 0],
    ['it is production', { NODE_ENV: 'production' }, 0],
    ['whoever owns all of it wants them', { DATABASE_URL: 'mysql://u:p@db/taoyuan', DEMO_CABINETS: '5' }, 5],
  ])('where %s', (_, given, expected) => {
    expect(demoCabinetCount(given)).toBe(expected);
  });

  it.each(['many', '-1', '1.5', '2001'])('refuses %s', (said) => {
    expect(() => demoCabinetCount({ DEMO_CABINETS: said })).toThrow('DEMO_CABINETS');
  });
});

describe('versions of given servers', () => {
  it.each([
    ['10.11.19-MariaDB-0+deb12u1', 'MariaDB', '10.11.19', true],
    ['5.5.5-10.6.0-MariaDB', 'MariaDB', '10.6.0', true],
    ['10.5.29-MariaDB', 'MariaDB', '10.5.29', false],
    ['8.0.16', 'MySQL', '8.0.16', true],
    ['8.4.2-cluster', 'MySQL', '8.4.2', true],
    ['8.0.15', 'MySQL', '8.0.15', false],
    ['5.7.44-log', 'MySQL', '5.7.44', false],
    ['8.0.11-TiDB-v7.5.1', 'TiDB', '7.5.1', true],
    ['5.7.25-TiDB-v6.5.0', 'TiDB', '6.5.0', false],
    ['', 'MySQL', '0', false],
  ])('%s', (answer, product, version, isSupported) => {
    expect(readVersion(answer)).toMatchObject({ product, version, isSupported });
  });
});

describe('what an edit asks for', () => {
  it('restarts one app for an edit in that app', () => {
    expect(effectOf(['apps/merchant/src/main.ts'])).toEqual({
      compile: ['apps/merchant/src/main.ts'],
      migrates: false,
      buildsPages: false,
      restarts: ['merchant'],
    });
  });

  it('restarts all three doors for an edit in a lib, and leaves the sandbox its payments', () => {
    expect(effectOf(['libs/ordering/src/order.service.ts', 'apps/stripe-sandbox/src/main.ts']).restarts).toBe(
      'doors',
    );
  });

  it('restarts for a schema and migrates for a migration, without compiling either', () => {
    expect(effectOf(['apps/storefront/src/cart/cart.graphql'])).toEqual({
      compile: [],
      migrates: false,
      buildsPages: false,
      restarts: ['storefront'],
    });
    expect(effectOf(['libs/platform/migrations/0099-x.sql'])).toEqual({
      compile: [],
      migrates: true,
      buildsPages: false,
      restarts: 'doors',
    });
  });

  it('builds the pages for an edit in one, or in a document they ask for', () => {
    for (const file of [
      'apps/web/src/shop/pages/home.tsx',
      'apps/web/src/shared/tokens.css',
      'apps/storefront/documents/home.graphql',
    ])
      expect(effectOf([file]).buildsPages).toBe(true);
    expect(effectOf(['apps/web/src/shop/pages/home.tsx'])).toMatchObject({ compile: [], restarts: [] });
  });

  it('ignores specs, printed schemas, the desk and folders', () => {
    const files = [
      'libs/kernel/src/fen.spec.ts',
      'apps/storefront/schema.graphql',
      'apps/web/public/desk.js',
      'apps/web/src/shared/money.spec.ts',
      'libs/kernel/src',
      'libs/kernel/README.md',
    ];

    expect(effectOf(files)).toEqual({ compile: [], migrates: false, buildsPages: false, restarts: [] });
  });
});

describe('a process log', () => {
  it('is cut into lines whatever the chunks were, and keeps the last ones', () => {
    const seen: string[] = [];
    const lines = new LogLines((line) => seen.push(line));

    lines.take('first\nsec');
    lines.take(Buffer.from('ond\nthi'));
    lines.flush();

    expect(seen).toEqual(['first', 'second', 'thi']);
    expect(lines.tail).toBe('first\nsecond\nthi');
  });
});

describe('a new migration', () => {
  it('takes the number after the last one, whatever else lies there', () => {
    expect(nextFileName(['0009-x.sql', '0015-seed-load.sql', 'README.md'], 'origin')).toBe('0016-origin.sql');
    expect(nextFileName([], 'outbox')).toBe('0001-outbox.sql');
  });
});

it('says where the screen of a simulated cabinet is, where there is one', () => {
  const url = 'http://127.0.0.1:4001/kiosk/chp_1#ccr_1.secret';

  expect(wordOf(20, `screen ${url}\n20 cabinets at mqtt://127.0.0.1:1883`)).toContain(url);
  expect(wordOf(1, '1 cabinets at mqtt://127.0.0.1:1883')).not.toContain('kiosk');
});
