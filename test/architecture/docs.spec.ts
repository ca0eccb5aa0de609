import { buildSchema } from 'graphql';
import { read } from '../../scripts/generate/sources.js';
import { deadLinks, settingsIn, settingsOn } from './docs.js';
import { exampleFaults, examplesIn } from './examples.js';
import { filesUnder, sourceFile } from './tree.js';

const pages = filesUnder('.').filter(({ path }) => path.endsWith('.md'));

it('every link of every page leads somewhere', () => {
  expect(pages.flatMap((page) => deadLinks(page))).toEqual([]);
});

describe('an example of a document', () => {
  const schemas = new Map(
    ['storefront', 'merchant', 'settlement'].map((name) => [
      name,
      buildSchema(read(`apps/${name}/schema.graphql`), { assumeValidSDL: true }),
    ]),
  );
  const faultsIn = (page: { path: string; text: string }) =>
    examplesIn(sourceFile(page.path, page.text)).flatMap((example) => exampleFaults(example, schemas));

  it('is one that its door takes, on every page', () => {
    expect(pages.flatMap((page) => faultsIn(page))).toEqual([]);
    expect(pages.flatMap((page) => examplesIn(page)).length).toBeGreaterThan(30);
  });

  it('is really checked: an unknown field and a query that does not end are seen', () => {
    const text = '<!-- merchant -->\n```graphql\nquery { nobody }\n```\n```graphql\nquery {\n```\n';

    expect(faultsIn({ path: 'docs/a.md', text })).toEqual([
      'docs/a.md: Cannot query field "nobody" on type "Query".',
      expect.stringContaining('Syntax Error'),
    ]);
  });
});

it('docs/operations.md names every setting', () => {
  const settings = settingsIn(read('libs/platform/src/config/config.ts'));
  const documented = settingsOn(read('docs/operations.md'));

  expect(settings.filter((name) => !documented.includes(name))).toEqual([]);
  expect(settings.length).toBeGreaterThan(10);
});

it('docs/operations.md names no setting that nobody reads', () => {
  const readers = [
    'libs/platform/src/config/config.ts',
    'apps/stripe-sandbox/src/config.ts',
    'scripts/launcher/environment.ts',
  ].map(read);

  expect(
    settingsOn(read('docs/operations.md')).filter((name) => !readers.some((text) => text.includes(name))),
  ).toEqual([]);
});

it('docs/glossary.md has every noun of the tables', () => {
  const glossary = read('docs/glossary.md');
  const nouns = filesUnder('.')
    .filter(({ path }) => path.endsWith('.entity.ts'))
    .flatMap(({ text }) =>
      [...text.matchAll(/^@Entity\('\w+'\)\nexport class (\w+)/gm)].map(([, name = '']) => name),
    );

  expect(nouns.filter((noun) => !glossary.includes(`\`${noun}\``))).toEqual([]);
  expect(nouns.length).toBeGreaterThan(30);
});

it('is really checked: a dead link and a forgotten setting are seen', () => {
  const page = sourceFile(
    'docs/a.md',
    '[gone](b.md) [there](c.md#part) [web](https://example.org) `[code](d.md)`',
  );

  expect(deadLinks(page, (path) => path === 'docs/c.md')).toEqual(['docs/a.md -> b.md']);
  expect(settingsIn('z.object({\n    HOST: z.string(),\n    SECRET: z.string(),\n})')).toEqual([
    'HOST',
    'SECRET',
  ]);
  expect(settingsOn('| `HOST` | where |')).toEqual(['HOST']);
});
