import { Redis } from 'ioredis';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Checkout, type Run } from './checkout.js';
import { fakeMysql } from './mysql.fake.js';

/** The launcher as a real process in a folder of its own: it must refuse in one sentence and leave nothing half-done. */

let checkout: Checkout;
let servers: Run;
let databaseUrl: string;
let redisUrl: string;

beforeAll(async () => {
  checkout = await Checkout.make();
  servers = checkout.run(['infra', '--test']);
  await servers.says('NODE_ENV');
  databaseUrl = / DATABASE_URL='([^']+)'/.exec(servers.output)?.[1] ?? '';
  redisUrl = /REDIS_URL='([^']+)'/.exec(servers.output)?.[1] ?? '';
});

afterAll(async () => {
  servers.kill('SIGTERM');
  expect(await servers.ended).toBe(0);
  await checkout.remove();
});

async function refusal(
  args: readonly string[],
  env: Record<string, string> = {},
  nodeArgs: readonly string[] = [],
) {
  const run = checkout.run(args, env, nodeArgs);
  const code = await run.ended;
  expect(checkout.processes()).toEqual([]); // Those of the scratch servers bear another mark.
  return { code, output: run.output };
}

describe('npm start refuses', () => {
  it('an old Node, before it reads anything else', async () => {
    const asOld = `data:text/javascript,Object.defineProperty(process, 'version', { value: 'v18.20.4' })`;

    const { code, output } = await refusal(['start'], {}, ['--import', asOld]);

    expect(code).toBe(1);
    expect(output).toMatch(
      /^Taoyuan needs Node 20\.19 or newer and this is v18\.20\.4: install Node 20 .*\n$/,
    );
  });

  it('in syntax that an old Node can parse', () => {
    const source = checkout.read('scripts/taoyuan.mjs');

    expect(source).not.toMatch(/\?\.|\?\?|\|\|=|&&=|node:|^import |^await |#[a-z]\w*;/m);
  });

  it('a taken port, and names the process that has it', async () => {
    const server = await listen();
    const { port } = server.address() as AddressInfo;

    const { code, output } = await refusal(['start'], { MERCHANT_PORT: String(port) });
    server.close();

    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} for merchant is taken by process ${process.pid} (`);
    expect(output).toContain('choose another port with MERCHANT_PORT=');
  });

  it('one port for two services', async () => {
    const { code, output } = await refusal(['start'], { MERCHANT_PORT: '4001', STOREFRONT_PORT: '4001' });

    expect(code).toBe(1);
    expect(output).toContain('STOREFRONT_PORT and MERCHANT_PORT are both 4001');
  });

  it('a full disk', async () => {
    const { code, output } = await refusal(['start'], { TAOYUAN_MIN_FREE_MB: '999999999' });

    expect(code).toBe(1);
    expect(output).toMatch(/has \d+ MB free and Taoyuan needs 999999999 MB: make room/);
  });

  it('a database that rejects the password', async () => {
    const { code, output } = await refusal(['start'], {
      DATABASE_URL: databaseUrl.replace(/:[0-9a-f]{32}@/, ':wrong@'),
      REDIS_URL: redisUrl,
    });

    expect(code).toBe(1);
    expect(output).toContain('refuses the user "taoyuan" or its password');
  });

  it('a database the user may not use, or that is not there', async () => {
    const forbidden = await refusal(['start'], {
      DATABASE_URL: databaseUrl.replace(/taoyuan$/, 'mysql'),
      REDIS_URL: redisUrl,
    });
    const missing = await refusal(['start'], {
      DATABASE_URL: databaseUrl.replace(/taoyuan$/, 'taoyuan_none'),
      REDIS_URL: redisUrl,
    });

    expect(forbidden.code).toBe(1);
    expect(forbidden.output).toContain('may not use the database "mysql"');
    expect(missing.code).toBe(1);
    expect(missing.output).toContain('there is no database "taoyuan_none"');
  });

  it('an address where no database answers, or that is none', async () => {
    const silent = await refusal(['start'], {
      DATABASE_URL: 'mysql://u:p@127.0.0.1:1/taoyuan',
      REDIS_URL: redisUrl,
    });
    const nonsense = await refusal(['start'], {
      DATABASE_URL: 'postgres://127.0.0.1/taoyuan',
      REDIS_URL: redisUrl,
    });

    expect(silent.output).toContain('no database server answers at 127.0.0.1:1');
    expect(nonsense.output).toContain('DATABASE_URL must read mysql://');
    expect([silent.code, nonsense.code]).toEqual([1, 1]);
  });

  it('a database server that is too old', async () => {
    const old = await fakeMysql('5.7.44-log');
    const { port } = old.address() as AddressInfo;

    const { code, output } = await refusal(['start'], {
      DATABASE_URL: `mysql://u:p@127.0.0.1:${port}/taoyuan`,
      REDIS_URL: redisUrl,
    });
    old.close();

    expect(code).toBe(1);
    expect(output).toContain('runs MySQL 5.7.44 and Taoyuan needs 8.0.16 or newer');
  });

  it('a Redis that would forget jobs, or that does not answer', async () => {
    const redis = new Redis(redisUrl);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');

    const evicting = await refusal(['start'], { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl });
    const silent = await refusal(['start'], { DATABASE_URL: databaseUrl, REDIS_URL: 'redis://127.0.0.1:1' });
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    redis.disconnect();

    expect(evicting.code).toBe(1);
    expect(evicting.output).toContain('maxmemory-policy allkeys-lru');
    expect(silent.code).toBe(1);
    expect(silent.output).toContain('no Redis answers at 127.0.0.1:1');
  });

  it('a command that does not exist, naming those that do', async () => {
    const { code, output } = await refusal(['strat']);

    expect(code).toBe(1);
    expect(output).toMatch(/"strat" is not a command of Taoyuan; these are:\n {2}start/);
  });

  it('source that does not compile, and names the file', async () => {
    checkout.write('libs/kernel/src/broken.ts', 'export const = 1;\n');

    const { code, output } = await refusal(['start']);
    checkout.write('libs/kernel/src/broken.ts', 'export const mended = 1;\n');

    expect(code).toBe(1);
    expect(output).toContain('The build failed');
    expect(output).toContain('broken.ts');
  });
});

describe('other commands refuse', () => {
  it('to delete without being told so, and delete nothing', async () => {
    checkout.write('.data/redis/keep', 'x');

    const { code, output } = await refusal(['reset']);

    expect(code).toBe(1);
    expect(output).toContain('npm run reset -- --yes');
    expect(checkout.has('.data/redis/keep')).toBe(true);
  });

  it('a migration without a proper name, and number a good one', async () => {
    const bad = await refusal(['migration:new', 'Über alles']);
    const good = await refusal(['migration:new', 'order-line-origin']);

    expect(bad.code).toBe(1);
    expect(bad.output).toContain('words joined by hyphens');
    expect(good.code).toBe(0);
    expect(checkout.read('libs/platform/migrations/0002-order-line-origin.sql')).toContain(
      '-- What changes and why',
    );
  });
});

describe('a first install without network', () => {
  it('is refused with what to check, and leaves no half of node_modules', async () => {
    const bare = await Checkout.make({ hasModules: false });
    try {
      const env = { npm_config_registry: 'http://127.0.0.1:1/', npm_config_cache: `${bare.dir}/cache` };
      bare.write('package.json', '{ "name": "x", "version": "1.0.0", "dependencies": { "left": "1.0.0" } }');
      bare.write(
        'package-lock.json',
        JSON.stringify({
          name: 'x',
          version: '1.0.0',
          lockfileVersion: 3,
          packages: {
            '': { name: 'x', version: '1.0.0', dependencies: { left: '1.0.0' } },
            'node_modules/left': { version: '1.0.0', resolved: 'http://127.0.0.1:1/left.tgz' },
          },
        }),
      );

      const run = bare.run(['start'], env);
      const code = await run.ended;

      expect(code).toBe(1);
      expect(run.output).toContain('The packages could not be installed: check the network');
      expect(bare.has('node_modules')).toBe(false);
    } finally {
      await bare.remove();
    }
  });
});

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}
