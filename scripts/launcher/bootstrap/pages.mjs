import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

/** What the pages are made of; documents, because their names are compiled in. */
const FOLDERS = ['apps/web/src', 'apps/web/build', 'apps/storefront/documents'];
const FILES = ['package-lock.json'];

function filesUnder(root, folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => /\.\w+$/.test(name) && !name.endsWith('spec.ts'));
}

function fingerprint(root) {
  const hash = createHash('sha256');
  const files = [...FOLDERS.flatMap((folder) => filesUnder(root, folder)), ...FILES].sort();
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file}\0${mtimeMs}\0${size}\0`);
  }
  return hash.digest('hex');
}

/** Builds the web pages into `dist/web` unless nothing changed since, or there are none. */
export function needsPages(root) {
  if (!existsSync(join(root, 'apps', 'web', 'build', 'build.mjs'))) return undefined;
  const stampFile = join(root, 'dist', '.built-pages');
  const print = fingerprint(root);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === print) return undefined;

  return () => {
    const script = join(root, 'apps', 'web', 'build', 'build.mjs');
    const built = spawnSync(process.execPath, [script], { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) {
      throw new Refusal(
        `The pages could not be built; mend the file named here and run the command again.\n\n${built.stderr.trim()}`,
      );
    }
    writeFileSync(stampFile, print);
  };
}
