/**
 * Takes one guard away at a time and expects its specs to fail: a guard whose absence nobody notices is not tested.
 * `npm run mutate [-- name …]` tries all or those named; it needs a database, which `npm run mutate` brings.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GUARDS } from './guards.mjs';

const MUTANT_TEMPLATE = `taoyuan_mutant_${process.pid}`;

/** The specs without this guard, or with all of them; what jest has counted. */
async function judge(guard, { isWhole }) {
  const dir = await mkdtemp(join(tmpdir(), 'mutant-'));
  const outcome = join(dir, 'outcome.json');
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--config=test/mutation/jest.config.mjs',
    '--silent',
    '--json',
    `--outputFile=${outcome}`,
    ...(guard.test === undefined ? [] : [`--testNamePattern=${guard.test}`]),
    '--runTestsByPath',
    ...guard.specs,
  ];
  const hasOwnSchema = guard.sql !== undefined && !isWhole;
  const env = {
    ...process.env,
    ...(isWhole ? {} : { MUTANT: guard.name }),
    ...(hasOwnSchema ? { TAOYUAN_TEMPLATE: MUTANT_TEMPLATE } : {}),
    WHOLE_TEMPLATE: process.env.TAOYUAN_TEMPLATE ?? 'taoyuan_template',
  };
  try {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const said = [];
    child.stderr.on('data', (chunk) => said.push(chunk));
    await new Promise((resolve) => child.once('close', resolve));
    const told = await readFile(outcome, 'utf8').catch(() => null);
    if (told === null) throw new Error(`jest did not come to an end:\n${Buffer.concat(said).toString()}`);
    const {
      numPassedTests: passed,
      numFailedTests: failed,
      numRuntimeErrorTestSuites: broken,
    } = JSON.parse(told);
    return { passed, failed, broken };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** What is wrong with a guard's entry, before anything runs. */
async function misplaced(guard) {
  if (guard.file === undefined) return null;
  const source = await readFile(guard.file, 'utf8');
  const count = source.split(guard.text).length - 1;
  return count === 1 ? null : `its text stands ${count} times in ${guard.file}`;
}

/** Null if its absence is noticed, or what is wrong. `isProven` also asks that the specs pass while it is there. */
async function verdictOn(guard, { isProven = false } = {}) {
  const misfit = await misplaced(guard);
  if (misfit) return misfit;
  if (isProven) {
    const whole = await judge(guard, { isWhole: true });
    if (whole.passed === 0 || whole.failed + whole.broken > 0)
      return `with the guard ${whole.passed} tests pass and ${whole.failed + whole.broken} fail`;
  }
  const { failed, broken } = await judge(guard, { isWhole: false });
  if (broken > 0) return 'the specs could not be run at all';
  return failed > 0 ? null : `nothing fails without it in ${guard.specs.join(', ')}`;
}

async function main(args) {
  const isQuick = args.includes('--quick');
  const names = args.filter((arg) => arg !== '--quick');
  const wanted = names.length === 0 ? GUARDS : GUARDS.filter(({ name }) => names.includes(name));
  if (wanted.length === 0)
    throw new Error(`The guards are:\n${GUARDS.map(({ name }) => `  ${name}`).join('\n')}`);
  let missing = 0;
  const tell = (guard, verdict, note) => {
    if (verdict !== null) missing += 1;
    console.log(verdict === null ? `  ✓ ${guard.name}${note}` : `  ✗ ${guard.name}${note}: ${verdict}`);
  };
  const guards = isQuick ? wanted.filter((guard) => guard.isQuick) : wanted;
  // Of those that are not tried it is at least known that they are still where they were.
  for (const guard of wanted) {
    const misfit = guards.includes(guard) ? null : await misplaced(guard);
    if (misfit) tell(guard, misfit, '');
  }
  for (const guard of guards) {
    const startedMs = performance.now();
    const verdict = await verdictOn(guard, { isProven: !isQuick });
    tell(guard, verdict, ` (${((performance.now() - startedMs) / 1_000).toFixed(1)} s)`);
  }
  console.log(`${guards.length} guards taken away one by one; ${missing} not missed.`);
  process.exitCode = missing === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
