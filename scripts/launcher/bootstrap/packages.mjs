import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from './refusal.mjs';

/** npm keeps quiet for a long time when a registry does not answer; these bound it to about half a minute. */
const NPM_ARGS = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
const NPM_NETWORK = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];

const TAIL_LINES = 6;

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** True when npm's own record of what it installed has every package of the lockfile in the same version. */
function isInstalled(root, lockText) {
  const recordText = readText(join(root, 'node_modules', '.package-lock.json'));
  if (!recordText) return false;
  const installed = JSON.parse(recordText).packages;
  return Object.entries(JSON.parse(lockText).packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional) return true; // Optional ones differ by platform.
    return installed[path]?.version === wanted.version;
  });
}

function npm(root) {
  // Under `npm start` the very npm that runs us is named; a bare `node scripts/taoyuan.mjs` looks on the PATH.
  const own = process.env.npm_execpath;
  const [command, ...first] = own && basename(own) === 'npm-cli.js' ? [process.execPath, own] : ['npm'];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...NPM_ARGS, ...NPM_NETWORK], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-8_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Installs when the lockfile is not the one that was installed last. Leaves no half-made node_modules behind. */
export async function needsPackages(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const record = join(root, '.data', 'packages.sha256');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const isRecorded = readText(record)?.trim() === hash;
  const hasModules = readText(join(root, 'node_modules', '.package-lock.json')) !== undefined;
  const write = () => {
    mkdirSync(join(root, '.data'), { recursive: true });
    writeFileSync(record, `${hash}\n`);
  };
  if (hasModules && isRecorded) return undefined;
  if (hasModules && isInstalled(root, lockText)) {
    write(); // Somebody ran `npm ci` by hand.
    return undefined;
  }
  return async () => {
    const { code, output } = await npm(root);
    if (code !== 0) {
      rmSync(join(root, 'node_modules'), { recursive: true, force: true });
      const tail = output.trim().split('\n').slice(-TAIL_LINES).join('\n');
      throw new Refusal(
        `The packages could not be installed: check the network (or npm's "registry" and "proxy" settings) and run the command again; nothing was left half-installed.\n\n${tail}`,
      );
    }
    write();
  };
}
