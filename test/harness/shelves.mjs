import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the shelves stand; written anew by every run of the whole suite. */
export const SHELVES = 'test/.shelves';

const ROOTS = ['apps', 'libs', 'test', 'scripts'];
const SPEC = /\.(spec|e2e-spec|db-spec|race-spec|property-spec|fault-spec)\.ts$/;
const PASSED_OVER = new Set(['node_modules', 'fixtures', '.shelves']);

/** They start processes, take the longest, or take a whole environment to pieces: alone on their shelf, and first. */
const ALONE =
  /^test\/(bad-input|counter|faults|journeys|launcher|mutation|scope|simulation)\/|^test\/web\/.*e2e-spec/;

/** Rules and architecture are read in a blink; the others start services. Two workers share a few dozen shelves evenly. */
const PER_SHELF = { light: 60, heavy: 16 };

function specsIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : specsIn(path);
    return SPEC.test(entry.name) ? [path] : [];
  });
}

function chunked(files, size) {
  const count = Math.ceil(files.length / size);
  // Neighbours are alike in what they cost: dealt out like cards, the shelves come out even.
  return Array.from({ length: count }, (_, shelf) => files.filter((_, n) => n % count === shelf));
}

/** One file per shelf, each importing its specs; named so that the longest come first. */
export function writeShelves(root) {
  const specs = ROOTS.flatMap((folder) => specsIn(folder)).toSorted((a, b) => a.localeCompare(b));
  const alone = specs.filter((file) => ALONE.test(file));
  const isHeavy = (file) => file.startsWith('test/') && !file.startsWith('test/architecture/');
  const heavy = specs.filter((file) => isHeavy(file) && !ALONE.test(file));
  const light = specs.filter((file) => !isHeavy(file));
  const shelves = [
    ...alone.map((file) => [file]),
    ...chunked(heavy, PER_SHELF.heavy),
    ...chunked(light, PER_SHELF.light),
  ];
  rmSync(join(root, SHELVES), { recursive: true, force: true });
  mkdirSync(join(root, SHELVES));
  for (const [n, files] of shelves.entries()) {
    const lines = files.map((file) => `  '${file}': () => import('../../${file.replace(/\.ts$/, '.js')}'),`);
    writeFileSync(
      join(root, SHELVES, `${String(n).padStart(3, '0')}.spec.ts`),
      `import { shelve } from '../harness/shelf.js';\n\nawait shelve({\n${lines.join('\n')}\n});\n`,
    );
  }
}
