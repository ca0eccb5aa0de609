import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries, type Binaries } from './binaries.js';
import type { Context } from './context.js';
import { Refusal } from './refusal.js';

/** These bring the programs and no service: nothing of the system's is started. */
const PACKAGES = ['mariadb-server-core', 'mariadb-client-core', 'redis-tools'];

const APT_LIMIT_MS = 10 * 60_000;

/** sysexits.h: the machine lacks what is needed. */
const EXIT_CONFIG = 78;

interface Outcome {
  readonly isOk: boolean;
  readonly stdout: string;
  readonly tail: string;
}

function run(command: string, args: readonly string[], cwd?: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      timeout: APT_LIMIT_MS,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', (error) => resolve({ isOk: false, stdout, tail: error.message }));
    child.once('close', (code) => {
      const tail = (stderr.trim() || stdout.trim()).split('\n').slice(-4).join('\n');
      resolve({ isOk: code === 0, stdout, tail });
    });
  });
}

function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** The system's packages, without recommendations. Needs root. */
async function installWithApt(packages: readonly string[]): Promise<string | undefined> {
  const install = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...packages];
  const simulated = await run('apt-get', ['install', '-s', '--no-install-recommends', ...packages]);
  if (!simulated.isOk) {
    // Package lists are missing or old, as in a fresh container.
    const updated = await run('apt-get', ['update']);
    if (!updated.isOk) return updated.tail;
  }
  const installed = await run('apt-get', install);
  if (installed.isOk) return undefined;
  // The lists knew the packages, in versions the mirror no longer has.
  await run('apt-get', ['update']);
  const again = await run('apt-get', install);
  return again.isOk ? undefined : again.tail;
}

/** The same packages, downloaded and unpacked under `.data/` by a user who may not install. */
async function unpackWithoutRoot(packages: readonly string[], base: string): Promise<string | undefined> {
  const archives = join(base, 'cache', 'archives');
  const root = join(base, 'root');
  rmSync(base, { recursive: true, force: true });
  mkdirSync(join(base, 'state', 'lists', 'partial'), { recursive: true });
  mkdirSync(join(archives, 'partial'), { recursive: true });
  mkdirSync(root);
  const settings = {
    'Dir::State': join(base, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(base, 'cache'),
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '', // The download user may not enter a private folder.
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const updated = await run('apt-get', [...options, 'update']);
  if (!updated.isOk) return updated.tail;
  const simulated = await run('apt-get', [
    ...options,
    'install',
    '-s',
    '--no-install-recommends',
    ...packages,
  ]);
  if (!simulated.isOk) return simulated.tail;
  const names = simulated.stdout
    .split('\n')
    .filter((line) => line.startsWith('Inst '))
    .map((line) => line.split(' ')[1] ?? '');
  const downloaded = await run('apt-get', [...options, 'download', ...names], archives);
  if (!downloaded.isOk) return downloaded.tail;
  for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
    const unpacked = await run('dpkg-deb', ['-x', join(archives, file), root]);
    if (!unpacked.isOk) return unpacked.tail;
  }
  const bin = join(root, 'usr', 'bin');
  if (existsSync(join(bin, 'redis-check-rdb'))) symlinkSync('redis-check-rdb', join(bin, 'redis-server'));
  rmSync(archives, { recursive: true, force: true });
  writeFileSync(join(root, '.ok'), ''); // A tree without it was cut short and is unpacked again.
  return undefined;
}

/** Installs as root, unpacks into `<base>/root` as anybody else; answers what went wrong. */
export async function obtainPackages(
  context: Context,
  what: string,
  packages: readonly string[],
  base: string,
): Promise<string> {
  if (!has('apt-get')) return 'apt-get is not on this system';
  const isRoot = process.getuid?.() === 0;
  const trouble = await context.step(`${isRoot ? 'installing' : 'unpacking'} ${what}`, () =>
    isRoot ? installWithApt(packages) : unpackWithoutRoot(packages, base),
  );
  return trouble ?? '';
}

/** Gets the servers' programs, or says the three ways on. */
export async function obtainBinaries(context: Context, missing: readonly string[]): Promise<Binaries> {
  const base = join(context.root, '.data', 'pkgs');
  const trouble = await obtainPackages(context, 'MariaDB and Redis', PACKAGES, base);
  const found = findBinaries(join(base, 'root'));
  if (!('missing' in found)) return found;
  throw new Refusal(
    [
      `The private infrastructure cannot start: ${missing.join(', ')} not found, and getting them failed (${trouble.trim() || 'still not found'}). Three ways on:`,
      `  Debian, Ubuntu : apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`,
      '  containers     : docker compose -f docker/compose.yml up',
      '  your servers   : DATABASE_URL=mysql://user:password@host:3306/taoyuan REDIS_URL=redis://host:6379 npm start',
    ].join('\n'),
    EXIT_CONFIG,
  );
}
