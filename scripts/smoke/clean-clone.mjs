#!/usr/bin/env node
// What a newcomer does: clone, `npm start`, look, Ctrl-C; then once more, because the second start is another road.
// Prints what each part took and fails on the first thing that is not as promised. `--keep` leaves the folder.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Aims of the first and of later starts, on two cores; the limit is where waiting stops. */
const FIRST_START_AIM_S = 180;
const LATER_START_AIM_S = 15;
const START_LIMIT_MS = 10 * 60_000;
const STOP_LIMIT_MS = 15_000;
const MEMORY_AIM_MB = 200;

const POLL_MS = 200;

const SERVICES = { storefront: 'STOREFRONT_PORT', merchant: 'MERCHANT_PORT', settlement: 'SETTLEMENT_PORT' };

function check(isTrue, what) {
  if (!isTrue) throw new Error(what);
  console.log(`  ✓ ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Everything that works in the clone, the launcher and its children alike. */
function processesIn(dir) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!`${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${dir}/`)) return [];
        return [
          {
            pid: Number(pid),
            command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim(),
          },
        ];
      } catch {
        return []; // Gone meanwhile, or another user's.
      }
    });
}

function residentMb(pid) {
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

async function start(dir, env) {
  const startedMs = Date.now();
  const child = spawn('npm', ['start'], { cwd: dir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { child, output: '', hasEnded: false, seconds: 0 };
  const take = (chunk) => (run.output += chunk);
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.once('close', () => (run.hasEnded = true));
  while (!run.output.includes('Taoyuan is up')) {
    if (run.hasEnded || Date.now() - startedMs > START_LIMIT_MS)
      throw new Error(`npm start did not come up:\n${run.output}`);
    await sleep(POLL_MS);
  }
  run.seconds = (Date.now() - startedMs) / 1000;
  return run;
}

async function look(dir, env) {
  for (const [name, variable] of Object.entries(SERVICES)) {
    const base = `http://127.0.0.1:${env[variable]}`;
    const ready = await fetch(`${base}/health/ready`);
    check(ready.status === 200, `${name} is ready`);
    const answer = await fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query Smoke { __typename }' }),
    });
    const { data } = await answer.json();
    check(data?.__typename === 'Query', `${name} answers a GraphQL query`);
    const [main] = processesIn(dir).filter(
      ({ command }) => /^\S*node /.test(command) && command.includes(`apps/${name}/`),
    );
    const mb = main ? residentMb(main.pid) : Number.NaN;
    console.log(`    ${name} uses ${mb} MB (aim ${MEMORY_AIM_MB})`);
  }
  const sandbox = await fetch(`http://127.0.0.1:${env.STRIPE_SANDBOX_PORT}/_sandbox/health`);
  check(sandbox.status === 200, 'the Stripe sandbox is healthy');
}

/** As a terminal does it: the signal goes to everyone in the foreground, npm and the launcher. */
async function stop(dir, run) {
  const startedMs = Date.now();
  process.kill(-run.child.pid, 'SIGINT');
  while (!run.hasEnded && Date.now() - startedMs < STOP_LIMIT_MS) await sleep(POLL_MS);
  check(run.hasEnded && run.output.includes('Stopped. The data is kept.'), 'Ctrl-C stops it');
  console.log(`    after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  await sleep(POLL_MS);
  const left = processesIn(dir);
  check(
    left.length === 0,
    `nothing is left running${left.map(({ command }) => `\n      ${command}`).join('')}`,
  );
}

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'taoyuan-smoke-')));
try {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, dir]);
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME };
  for (const variable of [...Object.values(SERVICES), 'BROKER_PORT', 'MQTT_PORT', 'STRIPE_SANDBOX_PORT'])
    env[variable] = String(await freePort());
  for (const [which, aim] of [
    ['first', FIRST_START_AIM_S],
    ['second', LATER_START_AIM_S],
  ]) {
    console.log(`The ${which} start of a clean clone:`);
    const run = await start(dir, env);
    console.log(
      run.output
        .split('\n')
        .filter((line) => /^ {2}[✓✗]/u.test(line))
        .join('\n'),
    );
    console.log(`    up after ${run.seconds.toFixed(1)} s (aim ${aim})`);
    await look(dir, env);
    await stop(dir, run);
  }
} catch (error) {
  console.error(`\n✗ ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const { pid } of processesIn(dir)) process.kill(pid, 'SIGKILL');
  if (!process.argv.includes('--keep')) rmSync(dir, { recursive: true, force: true });
}
