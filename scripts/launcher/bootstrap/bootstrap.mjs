import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { needsBuild } from './build.mjs';
import { refuseFullDisk } from './disk.mjs';
import { isAlive, tryLock, waitForLock } from './lock.mjs';
import { needsPackages } from './packages.mjs';
import { needsPages } from './pages.mjs';
import { doorsFrom, refuseTakenPorts } from './ports.mjs';
import { bold, red, say, step } from './progress.mjs';
import { Refusal } from './refusal.mjs';
import { MARK, markFor, reapOrphans } from './stale.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const STARTED_MS = Date.now() - Math.round(process.uptime() * 1000);
const BUILD_WAIT_MS = 15 * 60_000;

const ALL = ['apps', 'libs', 'scripts'];
const LAUNCHER_ONLY = ['scripts/launcher'];

/** What each command needs before the typed half can take over. */
const COMMANDS = {
  start: { build: ALL, serves: true, what: 'start everything and keep it running' },
  dev: { build: ALL, serves: true, what: 'the same, rebuilding and restarting on change' },
  test: { build: ALL, what: 'everything CI runs; with arguments, only jest with them' },
  migrate: { build: ALL, what: 'bring the database up to the newest migration' },
  seed: { build: ALL, what: 'load Zhuzhou' },
  bench: { build: ALL, what: 'measure' },
  run: { build: ALL, what: 'run <file under dist> with infrastructure and settings' },
  infra: { build: LAUNCHER_ONLY, what: 'only the servers: infra [--test] [-- command …]' },
  reset: { build: LAUNCHER_ONLY, what: 'delete the private databases (asks first, or --yes)' },
  'migration:new': { build: LAUNCHER_ONLY, what: 'write an empty numbered migration: migration:new <name>' },
};

function refuseUnknown(command) {
  const known = Object.entries(COMMANDS).map(([name, { what }]) => `  ${name.padEnd(14)} ${what}`);
  return new Refusal(`"${command}" is not a command of Taoyuan; these are:\n${known.join('\n')}`);
}

/** One launcher serves a checkout; the second one is told where the first one is. */
function takeServeLock(data) {
  const host = process.env.HOST || '127.0.0.1';
  const urls = doorsFrom(process.env).map(({ name, port }) => `${name} http://${host}:${port}`);
  const lock = tryLock(join(data, 'serve.lock'), { urls });
  if (lock.holder) {
    throw new Refusal(
      `Taoyuan already runs from this checkout (process ${lock.holder.pid}: ${lock.holder.urls.join(', ')}): use it, or stop it with Ctrl-C there.`,
    );
  }
  return lock.release;
}

async function prepare(data, folders) {
  const release = await waitForLock(join(data, 'build.lock'), BUILD_WAIT_MS);
  try {
    const install = await needsPackages(ROOT);
    if (install) await step('packages', install);
    const build = needsBuild(ROOT, folders);
    if (build) await step('build', build);
    const pages = folders === ALL ? needsPages(ROOT) : undefined;
    if (pages) await step('pages', pages);
  } finally {
    release();
  }
}

async function run(argv) {
  const [command = 'start', ...args] = argv;
  const needs = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!needs) throw refuseUnknown(command);
  const data = join(ROOT, '.data');
  const releaseServe = needs.serves ? takeServeLock(data) : undefined;
  try {
    refuseFullDisk(ROOT);
    if (needs.serves) {
      await reapOrphans(data);
      await refuseTakenPorts(process.env);
    }
    if (!existsSync(data)) mkdirSync(data, { recursive: true });
    process.chdir(ROOT); // Migrations and data files are read relative to the checkout.
    await prepare(data, needs.build);
    const { main } = await import(pathToFileURL(join(ROOT, 'dist', 'scripts', 'launcher', 'main.js')).href);
    return await main({
      root: ROOT,
      command,
      args,
      startedMs: STARTED_MS,
      step,
      say,
      tryLock,
      waitForLock,
      isAlive,
      reapOrphans,
      markName: MARK,
      markFor,
    });
  } finally {
    releaseServe?.();
  }
}

/** Ends the process itself: when a start is interrupted half-way, what is still pending must not hold it. */
export async function bootstrap(argv) {
  try {
    process.exit(await run(argv));
  } catch (error) {
    const isRefusal = error instanceof Error && error.name === 'Refusal';
    say(`\n${red(bold('Taoyuan cannot go on.'))} ${isRefusal ? error.message : (error.stack ?? error)}\n`);
    process.exit(isRefusal ? error.exitCode : 70);
  }
}
