import { readFileSync } from 'node:fs';
import { CHECKS, breachesIn, deadExports } from './tidy.js';
import { filesUnder, sourceFile } from './tree.js';

const ALL = filesUnder('.');

describe.each(CHECKS)('$name', (check) => {
  it('holds everywhere', () => {
    expect(breachesIn(ALL, [check])).toEqual([]);
  });

  it('is really checked: the bad tree breaks it', () => {
    const bad = filesUnder('test/architecture/fixtures/tidy');

    expect(breachesIn(bad, [check])).not.toEqual([]);
  });
});

/** One planted breach each; a check that looks for several things proves each of them. */
it.each([
  ['no any', 'libs/a/src/b.rules.ts', 'export const all = (rows: any[]) => rows;'],
  ['no any', 'test/harness/b.ts', 'const rows = JSON.parse("") as any;'],
  ['no silenced compiler', 'libs/a/src/b.rules.ts', '// @ts-expect-error'],
  ['no silenced compiler', 'scripts/b.ts', '// oxlint-disable-next-line'],
  ['no non-null assertion', 'test/b.ts', 'const first = [1][0]!;'],
  ['settings come in by one door', 'libs/a/src/b.service.ts', "const secret = process['env'].SECRET;"],
  ['settings come in by one door', 'apps/merchant/src/main.ts', 'const { SECRET } = process.env;'],
  ['time comes in by one door', 'libs/a/src/b.service.ts', 'const now = new Date;'],
  ['time comes in by one door', 'libs/a/src/b.service.ts', 'const now = new Date().getTime();'],
  ['time comes in by one door', 'apps/merchant/src/main.ts', 'const now = Date.now();'],
  ['time comes in by one door', 'libs/a/src/b.rules.ts', 'const now = performance.now();'],
  ['no chance in business', 'libs/a/src/b.rules.ts', "import { randomInt } from 'node:crypto';"],
  ['no chance in business', 'libs/a/src/b.service.ts', 'const dice = Math.random();'],
  ['nothing left for later', 'libs/a/src/b.sql', '-- FIXME'],
  ['nothing left for later', 'docs/a.md', 'TODO: describe'],
  ['logs go through Log', 'libs/a/src/b.service.ts', 'console.info(1);'],
  ['files are named <noun>.<role>.ts', 'libs/a/src/order.helper.ts', ''],
  ['files are named <noun>.<role>.ts', 'libs/a/src/order.ts', ''],
  ['files are named <noun>.<role>.ts', 'apps/merchant/src/order/order.resolvers.ts', ''],
  ['names are kebab-case', 'apps/merchant/src/order/merchantOrder.graphql', ''],
  ['nobody is called poor in a name', 'libs/a/src/b.rules.ts', 'const isPoor = true;'],
  ['nobody is called poor in a table or a schema', 'apps/a/src/b.graphql', 'type PovertyCounty { id: ID! }'],
  ['no path of one machine', 'docs/a.md', 'See /home/somebody/notes.'],
  ['no path of one machine', 'scripts/a.ts', "const cache = '/tmp/cache';"],
  ['no registry or mirror by name', '.npmrc', 'registry=https://registry.example.org/'],
  ['no registry or mirror by name', 'docker/app.Dockerfile', 'RUN sed s/here/mirrors.example.com/'],
])('%s sees it in %s', (name, path, text) => {
  const breaches = breachesIn([sourceFile(path, text)]);

  expect(breaches.map((breach) => breach.split(':')[0])).toContain(name);
});

it('exports nothing that nobody mentions', () => {
  expect(deadExports(ALL.filter(({ syntax }) => syntax !== null))).toEqual([]);
});

it('sees an export that nobody mentions', () => {
  const declared = sourceFile(
    'libs/a/src/b.rules.ts',
    'export const used = 1;\nexport function forgotten() {}',
  );
  const user = sourceFile('libs/a/src/c.rules.ts', "import { used } from './b.rules.js';");

  expect(deadExports([declared, user])).toEqual(['libs/a/src/b.rules.ts forgotten']);
});

it('leaves good code alone', () => {
  const good = readFileSync('test/architecture/fixtures/good.service.ts', 'utf8');

  expect(breachesIn([sourceFile('libs/ordering/src/order.service.ts', good)])).toEqual([]);
});
