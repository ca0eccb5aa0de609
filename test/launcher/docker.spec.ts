import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { present } from '../../libs/kernel/src/index.js';
import { SETTING_NAMES } from '../../scripts/launcher/environment.js';

/** Containers cannot be run everywhere the tests are; what can be read is held to what the launcher does. */

interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const KEYS = [
  'image',
  'build',
  'user',
  'init',
  'environment',
  'command',
  'ports',
  'volumes',
  'healthcheck',
  'depends_on',
  'restart',
];
const OURS = ['setup', 'stripe-sandbox', 'storefront', 'merchant', 'settlement', 'broker'];
const DOORS = ['storefront', 'merchant', 'settlement'];

function read(file: string): Compose {
  return parse(readFileSync(join('docker', file), 'utf8'), { merge: true }) as Compose;
}

function merged(base: Compose, over: Compose): Compose {
  const services = Object.fromEntries(
    Object.entries(base.services).map(([name, service]) => [name, { ...service, ...over.services[name] }]),
  );
  return { services, volumes: { ...base.volumes, ...over.volumes } };
}

function serviceOf(compose: Compose, name: string): ComposeService {
  return present(compose.services[name], `the service ${name}`);
}

describe.each([
  ['compose.yml', read('compose.yml')],
  ['compose.yml with compose.mysql.yml', merged(read('compose.yml'), read('compose.mysql.yml'))],
])('%s', (_, compose) => {
  const services = Object.entries(compose.services);

  it('has the two servers and our six processes, described in words Compose knows', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(['database', 'redis', ...OURS].toSorted());
    for (const [, service] of services) expect(KEYS).toEqual(expect.arrayContaining(Object.keys(service)));
  });

  it('waits only for services that exist, and for what they can become', () => {
    for (const [, { depends_on: dependencies = {} }] of services) {
      for (const [name, { condition }] of Object.entries(dependencies)) {
        const awaited = serviceOf(compose, name);
        expect(condition).toBe(
          awaited.restart === 'no' ? 'service_completed_successfully' : 'service_healthy',
        );
      }
    }
    for (const door of DOORS) {
      expect(Object.keys(serviceOf(compose, door).depends_on ?? {}).toSorted()).toEqual([
        'redis',
        'setup',
        'stripe-sandbox',
      ]);
    }
  });

  it('gives our processes no setting that the launcher does not know', () => {
    for (const name of OURS) {
      const names = Object.keys(serviceOf(compose, name).environment ?? {});
      expect(names).toEqual(
        expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'AUTH_SECRET', 'STRIPE_WEBHOOK_SECRET']),
      );
      expect(names.filter((setting) => !SETTING_NAMES.includes(setting))).toEqual([]);
    }
  });

  it('lets only the one who migrates come as the owner', () => {
    const owners = OURS.filter(
      (name) => 'DATABASE_MIGRATION_URL' in (serviceOf(compose, name).environment ?? {}),
    );
    expect(owners).toEqual(['setup']);
  });

  it('checks the health of everything that stays', () => {
    for (const [name, { healthcheck, restart }] of services) {
      if (restart === 'no') continue;
      expect({ name, checks: (healthcheck?.test ?? []).length > 1 }).toEqual({ name, checks: true });
    }
    for (const name of [...DOORS, 'stripe-sandbox', 'broker']) {
      expect(serviceOf(compose, name).healthcheck?.test).toEqual(['CMD', 'node', 'docker/health.mjs', name]);
    }
  });

  it('publishes on loopback only, and the databases not at all', () => {
    for (const [name, { ports = [] }] of services) {
      expect(ports.every((port) => /^127\.0\.0\.1:(\d+):\1$/.test(port))).toBe(true);
      if (!OURS.includes(name)) expect(ports).toEqual([]);
    }
  });

  it('runs nothing as root', () => {
    for (const [, { user }] of services) expect(user).toMatch(/^(node|mysql|redis)$/);
  });

  it('keeps data in volumes that are declared', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')));
    const files = used.filter(([source = '']) => source.startsWith('./'));
    expect(Object.keys(compose.volumes)).toEqual(
      expect.arrayContaining(used.filter((volume) => !files.includes(volume)).map(([name]) => name)),
    );
    for (const [source = '', , mode] of files) {
      expect({ source, isThere: existsSync(join('docker', source)), mode }).toEqual({
        source,
        isThere: true,
        mode: 'ro',
      });
    }
  });

  it('starts compiled files whose sources are there', () => {
    const files = OURS.flatMap(
      (name) => (serviceOf(compose, name).command ?? []).join(' ').match(/dist\/\S+\.js/g) ?? [],
    );
    expect(files).toHaveLength(7);
    for (const file of files) {
      const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect({ source, isThere: existsSync(source) }).toEqual({ source, isThere: true });
    }
  });
});

describe('the image', () => {
  const dockerfile = readFileSync('docker/app.Dockerfile', 'utf8');
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

  it('has a stage that builds and one that runs, as node, with a health check', () => {
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    expect(lastStage).toMatch(/^USER node$/m);
    expect(lastStage).toMatch(/^HEALTHCHECK /m);
    expect(lastStage.indexOf('USER node')).toBeLessThan(lastStage.indexOf('\nCMD '));
    expect(lastStage).not.toMatch(/npm /);
  });

  it('is built where compose says, from folders that its ignore file lets through', () => {
    const { build } = serviceOf(read('compose.yml'), 'storefront');
    const allowed = readFileSync('docker/app.Dockerfile.dockerignore', 'utf8').match(/(?<=^!)\S+/gm) ?? [];
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );

    expect(build).toEqual({ context: '..', dockerfile: 'docker/app.Dockerfile' });
    expect(allowed).toEqual(expect.arrayContaining(copied));
    for (const name of copied) expect({ name, isThere: existsSync(name) }).toEqual({ name, isThere: true });
  });
});
