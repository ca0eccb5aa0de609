import { spawn } from 'node:child_process';
import type { Context } from './context.js';
import { browserSettings } from './chromium.js';
import { exitOf, killGroup, spawnGuarded } from './guard.js';
import { bringUp, testAddresses, type Infrastructure } from './infrastructure.js';
import { Refusal } from './refusal.js';

/** Lint reads every file with its types, and so tells what is wrong with them. */
const CHECKS = ['format:check', 'lint'] as const;

/** No test may hang for ever; everything together takes a few minutes. */
const JEST_LIMIT_MS = 25 * 60_000;
const CHECK_LIMIT_MS = 5 * 60_000;
const GRACE_SECONDS = 5;

/** Quiet when it succeeds. */
function npmRun(root: string, script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: CHECK_LIMIT_MS,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Refusal(`npm run ${script} found this:\n\n${output.trim()}`, code ?? 1));
    });
  });
}

/** The pages' own specs; any other part of the suite does without a browser. */
const needsBrowser = (args: readonly string[]) =>
  args.length === 0 || args.some((arg) => arg.includes('test/web'));

function testEnvironment(
  infrastructure: Infrastructure,
  browser: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'test',
    TEST: '1',
    ...browser,
    ...testAddresses(infrastructure),
  };
}

async function runJest(
  context: Context,
  infrastructure: Infrastructure,
  browser: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<number> {
  const child = spawnGuarded({
    command: process.execPath,
    args: [
      '--max-semi-space-size=64', // What a request leaves behind goes at once: a quarter less memory.
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      // The whole suite shares environments between spec files; a part of it runs them one by one.
      ...(args.length === 0 ? ['--config=test/harness/shelves.config.mjs'] : args),
    ],
    env: { ...testEnvironment(infrastructure, browser), [context.markName]: infrastructure.home.mark },
    cwd: context.root,
    killAfterSeconds: GRACE_SECONDS,
    output: 'inherit',
  });
  const stop = () => child.stdin?.end();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    stop();
  }, JEST_LIMIT_MS);
  const code = await exitOf(child);
  clearTimeout(limit);
  killGroup(child, 'SIGKILL'); // Workers and services that a broken test left behind.
  if (isLate) {
    throw new Refusal(
      `The tests were still running after ${JEST_LIMIT_MS / 60_000} minutes and were ended: run the last named file alone.`,
    );
  }
  return code;
}

/** In the order in which failures are cheapest. */
async function runChecks(context: Context): Promise<void> {
  for (const check of CHECKS) await context.step(check, () => npmRun(context.root, check));
}

/** One after the other: apt serves nobody twice at once. */
async function getReady(
  context: Context,
  args: readonly string[],
): Promise<{ readonly browser: Readonly<Record<string, string>>; readonly infrastructure: Infrastructure }> {
  // Whoever runs the pages' specs by themselves wants to look at them.
  const shots: Readonly<Record<string, string>> =
    args.length === 0 ? {} : { TAOYUAN_SHOTS: process.env['TAOYUAN_SHOTS'] ?? 'all' };
  const browser = needsBrowser(args) ? { ...(await browserSettings(context)), ...shots } : {};
  return { browser, infrastructure: await bringUp(context, 'scratch') };
}

/** What CI runs. With arguments, only jest with them. */
export async function test(context: Context): Promise<number> {
  const args = context.args.filter((arg) => arg !== '--');
  // Checks take the processor, and what a bare machine lacks the network: at the same time.
  const [checked, ready] = await Promise.allSettled([
    args.length === 0 ? runChecks(context) : undefined,
    getReady(context, args),
  ]);
  if (ready.status === 'rejected') throw ready.reason;
  const { browser, infrastructure } = ready.value;
  try {
    if (checked.status === 'rejected') throw checked.reason;
    const startedMs = Date.now();
    const code = await runJest(context, infrastructure, browser, args);
    const took = `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
    context.say(code === 0 ? `\n  ✓ jest ${took}` : `\n  ✗ jest ${took}: failed with code ${code}`);
    return code;
  } finally {
    await infrastructure.stop();
  }
}
