import { readFileSync } from 'node:fs';
import { CHECKS, breachesIn } from './tidy.js';
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

it('leaves good code alone', () => {
  const good = readFileSync('test/architecture/fixtures/good.service.ts', 'utf8');

  expect(breachesIn([sourceFile('libs/ordering/src/order.service.ts', good)])).toEqual([]);
});
