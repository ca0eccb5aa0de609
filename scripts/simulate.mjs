#!/usr/bin/env node
// `npm run simulate -- --seeds 1000 --from 1` or `-- --seed 42 [--steps 80] [--only 3,7,12] [--verbose]`, `--lanes 4`: see docs/testing.md.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values } = parseArgs({
  options: {
    seeds: text,
    from: text,
    seed: text,
    steps: text,
    only: text,
    failures: text,
    lanes: text,
    cuts: text,
    verbose: { type: 'boolean' },
  },
});

const settings = {
  SEEDS: values.seed === undefined ? (values.seeds ?? '1000') : '1',
  FROM: values.seed ?? values.from ?? '1',
  STEPS: values.steps,
  ONLY: values.only,
  FAILURES: values.failures,
  LANES: values.lanes ?? (values.seed === undefined ? '4' : '1'),
  CUTS: values.cuts,
  VERBOSE: values.verbose ? '1' : undefined,
};
const env = { ...process.env };
for (const [name, value] of Object.entries(settings))
  if (value !== undefined) env[`SIMULATE_${name}`] = value;

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const child = spawn(
  process.execPath,
  [
    'scripts/taoyuan.mjs',
    'infra',
    '--test',
    '--',
    process.execPath,
    ...jest,
    'test/simulation',
    '--verbose=false',
  ],
  { env, stdio: 'inherit' },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
