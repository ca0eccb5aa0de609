import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

const SETTINGS = ['.swcrc', 'package-lock.json'];

function sourcesUnder(root, folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map((name) => join(folder, name))
    .filter(
      (name) =>
        name.endsWith('.ts') && !name.includes('node_modules') && !name.startsWith(join('apps', 'web')),
    );
}

function fingerprint(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file}\0${mtimeMs}\0${size}\0`);
  }
  return hash.digest('hex');
}

/** The compiler, being native, adds addresses of its own code, of use to nobody here. */
function withoutMachineStack(output) {
  return output
    .split('\n')
    .filter((line) => !/^(Caused by|Stack backtrace):|^\s+(\d+: |at |Syntax Error$)/.test(line))
    .join('\n')
    .trim();
}

/** Compiles what lies under `folders` unless nothing changed since; the typed half of the launcher is compiled the same way. */
export function needsBuild(root, folders) {
  const stampFile = join(root, 'dist', `.built-${folders.join('-').replaceAll('/', '.')}`);
  const sources = folders.flatMap((folder) => sourcesUnder(root, folder)).sort();
  const print = fingerprint(root, [...sources, ...SETTINGS]);
  const last = existsSync(stampFile)
    ? JSON.parse(readFileSync(stampFile, 'utf8'))
    : { print: '', sources: [] };
  if (last.print === print) return undefined;

  return () => {
    const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
    const args = [swc, ...folders, '-d', 'dist', '--only', '**/*.ts', '--ignore', 'apps/web/**', '-q'];
    const built = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) {
      throw new Refusal(
        `The build failed; mend the file named here and run the command again.\n\n${withoutMachineStack(built.stderr || built.stdout)}`,
      );
    }
    const present = new Set(sources);
    for (const gone of last.sources.filter((source) => !present.has(source))) {
      const compiled = join(root, 'dist', gone.replace(/\.ts$/, '.js'));
      rmSync(compiled, { force: true });
      rmSync(`${compiled}.map`, { force: true });
    }
    writeFileSync(stampFile, JSON.stringify({ print, sources }));
    return `${sources.length} files`;
  };
}
