import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/launcher/free-port.js';
import { runDir, secretsOf, type Home } from '../../scripts/launcher/home.js';
import { rememberedPorts, rememberPorts } from '../../scripts/launcher/ports.js';

let dir: string;
let home: Home;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ty-home-'));
  home = { dir, isScratch: false, mark: '' };
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the home of the private servers', () => {
  it('makes secrets once, keeps them, and lets nobody else read them', () => {
    const secrets = secretsOf(home);

    expect(secretsOf(home)).toEqual(secrets);
    expect(secrets.authSecret).toMatch(/^[0-9a-f]{64}$/);
    expect(secrets.stripeWebhookSecret).toMatch(/^whsec_[0-9a-f]{48}$/);
    expect(secrets.dataKeys).toMatch(/^k1:[0-9a-f]{64}$/);
    expect(Buffer.from(secrets.ledgerSigningKey, 'base64')).toHaveLength(32);
    expect(new Set(Object.values(secrets)).size).toBe(7);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('puts sockets where their path fits, however deep the checkout lies', () => {
    const deep: Home = { ...home, dir: join(dir, 'a'.repeat(60), 'b'.repeat(60)) };
    mkdirSync(deep.dir, { recursive: true });
    const short = runDir(deep);
    rmSync(short, { recursive: true });

    expect(runDir(home)).toBe(join(dir, 'run'));
    expect(short.startsWith(dir)).toBe(false);
    expect(Buffer.byteLength(join(short, 'mysql.sock'))).toBeLessThanOrEqual(107);
  });

  it('remembers ports, and does without a memory that a crash cut short', () => {
    rememberPorts(home, { mariadb: 33_061, redis: 36_379 });
    expect(rememberedPorts(home)).toEqual({ mariadb: 33_061, redis: 36_379 });

    writeFileSync(join(dir, 'ports.json'), '{"mariadb":33');
    expect(rememberedPorts(home)).toEqual({});
  });
});

describe('a free port', () => {
  it('is the wished one, or another when that is taken', async () => {
    const wish = await freePort(undefined);
    expect(await freePort(wish)).toBe(wish);

    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const other = await freePort(port);
    server.close();

    expect(other).not.toBe(port);
    expect(other).toBeGreaterThan(0);
  });
});
