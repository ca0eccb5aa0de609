/**
 * Takes guards away and expects their specs to fail: a guard whose absence nobody notices is not tested.
 * `npm run mutate [-- name …]` tries all or those named; it needs a database, which `npm run mutate` brings.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BETWEEN, GUARDS } from './guards.mjs';

const MUTANT_TEMPLATE = `taoyuan_mutant_${process.pid}`;

/** The specs without these guards, or with all of them; what jest has counted, per spec file. */
async function run(guards, { isWhole }) {
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
    ...guards.flatMap(({ test }) => (test === undefined ? [] : [`--testNamePattern=${test}`])),
    '--runTestsByPath',
    ...new Set(guards.flatMap(({ specs }) => specs)),
  ];
  const hasOwnSchema = guards.some(({ sql }) => sql !== undefined) && !isWhole;
  const env = {
    ...process.env,
    ...(isWhole ? {} : { MUTANTS: guards.map(({ name }) => name).join(BETWEEN) }),
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
    return JSON.parse(told).testResults;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Of what was run, what became of this guard's specs. */
function countsOf({ specs }, results) {
  const own = results.filter(({ name }) => specs.some((spec) => name.endsWith(spec)));
  const cases = own.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: cases.filter(({ status }) => status === 'passed').length,
    failed: cases.filter(({ status }) => status === 'failed').length,
    broken: own.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .length,
  };
}

/**
 * Guards that may be missing at the same time, because no two stand in one file or are watched by one spec: a jest for each takes
 * minutes. A spec might fail for another's guard that it also reaches, which trying all of them one by one would tell.
 */
function inRounds(guards) {
  const rounds = [];
  const touches = ({ file, specs, test }) => [file, ...specs, ...(test === undefined ? [] : ['a name'])];
  for (const guard of guards) {
    const isApart = (round) =>
      !round.some((other) => touches(other).some((one) => touches(guard).includes(one)));
    const round = rounds.find(isApart);
    if (round) round.push(guard);
    else rounds.push([guard]);
  }
  return rounds;
}

/** What is wrong with a guard's entry, before anything runs. */
async function misplaced(guard) {
  if (guard.file === undefined) return null;
  const source = await readFile(guard.file, 'utf8');
  const count = source.split(guard.text).length - 1;
  return count === 1 ? null : `its text stands ${count} times in ${guard.file}`;
}

/** Null if its absence was noticed, or what is wrong. */
function verdictOn(guard, results) {
  const { failed, broken } = countsOf(guard, results);
  if (broken > 0) return 'the specs could not be run at all';
  return failed > 0 ? null : `nothing fails without it in ${guard.specs.join(', ')}`;
}

/** One guard, after its specs have been seen to pass while it is there. */
async function tried(guard) {
  const misfit = await misplaced(guard);
  if (misfit) return misfit;
  const whole = countsOf(guard, await run([guard], { isWhole: true }));
  if (whole.passed === 0 || whole.failed + whole.broken > 0)
    return `with the guard ${whole.passed} tests pass and ${whole.failed + whole.broken} fail`;
  return verdictOn(guard, await run([guard], { isWhole: false }));
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
  if (isQuick) {
    const placed = [];
    // Of those that are not tried it is at least known that they are still where they were.
    for (const guard of wanted) {
      const misfit = await misplaced(guard);
      if (misfit) tell(guard, misfit, '');
      else if (guards.includes(guard)) placed.push(guard);
    }
    for (const round of inRounds(placed)) {
      const results = await run(round, { isWhole: false });
      for (const guard of round) tell(guard, verdictOn(guard, results), '');
    }
  } else {
    for (const guard of guards) {
      const startedMs = performance.now();
      const verdict = await tried(guard);
      tell(guard, verdict, ` (${((performance.now() - startedMs) / 1_000).toFixed(1)} s)`);
    }
  }
  console.log(`${guards.length} guards taken away; ${missing} not missed.`);
  process.exitCode = missing === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
