import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import type { Context } from './context.js';

/** A path in `sockaddr_un` may have 107 bytes; MariaDB aborts beyond. */
const SOCKET_PATH_BYTES_MAX = 107;

const SHARED_MEMORY = '/dev/shm';
const SHARED_MEMORY_FREE_MIN = 2 ** 30;
const SCRATCH_PREFIX = 'taoyuan-test-';

/** Where one pair of private servers lives. */
export interface Home {
  readonly dir: string;
  /** Scratch homes hold test data: removed at the end. */
  readonly isScratch: boolean;
  /** Goes into every process started from here, so that orphans can be told. */
  readonly mark: string;
}

export interface Secrets {
  readonly databasePassword: string;
  readonly databaseServicesPassword: string;
  readonly databaseRootPassword: string;
  readonly authSecret: string;
  readonly dataKeys: string;
  readonly stripeWebhookSecret: string;
  /** Signs checkpoints: 32 bytes in base64. */
  readonly ledgerSigningKey: string;
}

/** The home of `npm start`: kept between runs. */
export function keptHome(context: Context): Home {
  const dir = join(context.root, '.data');
  return { dir, isScratch: false, mark: context.markFor(dir) };
}

function freeBytes(dir: string): number {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return 0; // No such folder: not Linux.
  }
}

/**
 * A home for one test run: on tmpfs when there is room, because fsync is free there and the SQL stays the same.
 * Its name says who made it, so that the next run can remove what a killed one left.
 */
export async function scratchHome(context: Context, where: 'scratch' | 'scratch-on-disk'): Promise<Home> {
  const onTmpfs = where === 'scratch' && freeBytes(SHARED_MEMORY) >= SHARED_MEMORY_FREE_MIN;
  const parent = onTmpfs ? SHARED_MEMORY : join(context.root, '.data', 'test');
  mkdirSync(parent, { recursive: true });
  const [pid = '', startTime = ''] = context.markFor('').split(':');
  await removeAbandoned(context, parent);
  const dir = join(
    parent,
    `${SCRATCH_PREFIX}${userInfo().uid}-${pid}-${startTime || '0'}-${randomBytes(3).toString('hex')}`,
  );
  mkdirSync(dir, { mode: 0o700 });
  return { dir, isScratch: true, mark: context.markFor(dir) };
}

async function removeAbandoned(context: Context, parent: string): Promise<void> {
  const mine = readdirSync(parent).filter((name) => name.startsWith(`${SCRATCH_PREFIX}${userInfo().uid}-`));
  for (const name of mine) {
    const [, , , pid, startTime] = name.split('-');
    if (context.isAlive(Number(pid), startTime === '0' ? '' : (startTime ?? ''))) continue;
    const dir = join(parent, name);
    await context.reapOrphans(dir);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Sockets need a short path; deep checkouts get a private folder under /tmp. */
export function runDir(home: Home): string {
  const inside = join(home.dir, 'run');
  const fits = Buffer.byteLength(join(inside, 'mysql.sock')) <= SOCKET_PATH_BYTES_MAX;
  const hash = createHash('sha256').update(home.dir).digest('hex').slice(0, 12);
  const dir = fits ? inside : join('/tmp', `taoyuan-${userInfo().uid}-${hash}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return dir;
}

/** Made once and kept, readable by the owner only. */
export function secretsOf(home: Home): Secrets {
  const file = join(home.dir, 'secrets.json');
  const kept: Partial<Secrets> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>)
    : {};
  const secrets: Secrets = {
    databasePassword: kept.databasePassword ?? randomBytes(16).toString('hex'),
    databaseServicesPassword: kept.databaseServicesPassword ?? randomBytes(16).toString('hex'),
    databaseRootPassword: kept.databaseRootPassword ?? randomBytes(16).toString('hex'),
    authSecret: kept.authSecret ?? randomBytes(32).toString('hex'),
    dataKeys: kept.dataKeys ?? `k1:${randomBytes(32).toString('hex')}`,
    ledgerSigningKey: kept.ledgerSigningKey ?? randomBytes(32).toString('base64'),
    stripeWebhookSecret: kept.stripeWebhookSecret ?? `whsec_${randomBytes(24).toString('hex')}`,
  };
  writeWhole(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

/** Never leaves half a file: a kill -9 in between keeps the old one. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
