import { existsSync, readdirSync } from 'node:fs';
import { CONTEXT_NAMES, SERVICES } from './contexts.js';
import { violationsIn } from './dependencies.js';
import { rulesFor } from './rules.js';

describe('the imports', () => {
  it('run only downwards, through front doors, and never in a circle', async () => {
    const violations = await violationsIn('');

    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });

  it('are really checked: the bad tree breaks every rule', async () => {
    const violations = await violationsIn('test/architecture/fixtures/imports/');

    const broken = new Set(violations.map(({ rule }) => rule.name));
    expect(broken).toEqual(new Set(rulesFor().map((rule) => rule.name)));
  });
});

describe('the table of contexts', () => {
  it('names every context there is, and no other', () => {
    expect(readdirSync('libs').toSorted()).toEqual([...CONTEXT_NAMES].toSorted());
  });

  it('names every service there is', () => {
    const besides = ['broker', 'stripe-sandbox', 'web'];
    expect(readdirSync('apps').toSorted()).toEqual([...SERVICES, ...besides].toSorted());
  });

  it.each(CONTEXT_NAMES)('%s has a front door and says what it is', (name) => {
    expect(existsSync(`libs/${name}/README.md`)).toBe(true);
    expect(existsSync(`libs/${name}/src/index.ts`) || name === 'platform').toBe(true);
  });
});
