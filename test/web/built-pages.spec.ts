import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, print, validate } from 'graphql';
import { SHOP } from '../../apps/storefront/src/shop/shop-page.rules.js';
import { isShopAddress } from '../../apps/web/src/shop/addresses.js';
import type { Manifest } from '../../libs/platform/src/web/built-page.js';

interface Page {
  readonly service: string;
  readonly jsKb: number;
  readonly cssKb: number;
}

const { PAGES } = (await import('../../apps/web/build/pages.mjs' as string)) as {
  PAGES: Readonly<Record<string, Page>>;
};
const all = Object.entries(PAGES);
const built = all.filter(([name]) => readdirSync('dist/web').includes(name));
const folder = (name: string) => join('dist', 'web', name);
const manifestOf = (name: string) =>
  JSON.parse(readFileSync(join(folder(name), 'manifest.json'), 'utf8')) as Manifest;

const kilobytes = (name: string, files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + statSync(join(folder(name), `${file}.gz`)).size, 0) / 1_024;

/** Services that answer some questions the same to everybody; the rest is nobody's but the asker's. */
const documentsOf = (service: string) => {
  const of = join('apps', service, 'documents');
  return existsSync(of) ? readdirSync(of) : [];
};

describe.each(built)('%s', (name, { jsKb, cssKb, service }) => {
  const manifest = manifestOf(name);

  it.each([['its entry', []], ...Object.entries(manifest.parts)])(
    `keeps its first load within ${jsKb} KB of JavaScript: %s`,
    (_, part) => {
      expect(kilobytes(name, new Set([...manifest.scripts, ...part]))).toBeLessThanOrEqual(jsKb);
    },
  );

  it(`keeps its styles within ${cssKb} KB`, () => {
    expect(kilobytes(name, manifest.styles)).toBeLessThanOrEqual(cssKb);
  });

  it('names every file by its content, and has it in three sizes', () => {
    const files = readdirSync(folder(name)).filter((file) => /\.(js|css|svg)$/.test(file));

    expect(files.filter((file) => !/-[A-Z0-9]{8}\.\w+$/.test(file))).toEqual([]);
    for (const file of files)
      expect(readdirSync(folder(name))).toEqual(expect.arrayContaining([`${file}.br`, `${file}.gz`]));
  });

  it('holds no address of another host', () => {
    const scripts = readdirSync(folder(name)).filter((file) => /\.(js|css)$/.test(file));
    // The names of XML's own languages are no addresses.
    const strangers = scripts.flatMap((file) =>
      [...readFileSync(join(folder(name), file), 'utf8').matchAll(/["'`(](?:https?:)?\/\/[a-z0-9.-]+/gi)]
        .map(([address]) => address)
        .filter((address) => !address.includes('//www.w3.org')),
    );

    expect(strangers).toEqual([]);
  });

  it('asks by GET what the service has under that name, word for word', () => {
    const sources = readdirSync(join('apps', 'web', 'src', name), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.documents.ts'))
      .map((file) => readFileSync(join('apps', 'web', 'src', name, file), 'utf8'));
    const texts = sources.flatMap((source) =>
      [...source.matchAll(/graphql\(\s*`([\s\S]*?)`/g)].map(([, text = '']) => text),
    );
    const documents = new Map(
      documentsOf(service).map((file) => [
        file.replace('.graphql', ''),
        readFileSync(join('apps', service, 'documents', file), 'utf8'),
      ]),
    );
    const kebab = (text: string) => text.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
    const byGet = texts.flatMap((text) => {
      const committed = documents.get(kebab(/query (\w+)/.exec(text)?.[1] ?? ''));
      return committed === undefined ? [] : [[print(parse(text)), print(parse(committed))] as const];
    });

    expect(byGet.length > 0).toBe(documents.size > 0);
    for (const [asked, committed] of byGet) expect(asked).toBe(committed);
  });
});

it('the worker keeps every file of the shop, and knows its addresses and no other', () => {
  const { worker = '' } = manifestOf('shop');
  const files = readdirSync(folder('shop')).filter((file) => /\.(js|css|svg)$/.test(file) && file !== worker);
  const source = readFileSync(join(folder('shop'), worker), 'utf8');
  const addresses = SHOP.routes
    .map(({ path }) => path.replace(':id', 'x'))
    .filter((path) => path !== '/shell');

  expect(files.filter((file) => !source.includes(`"${file}"`))).toEqual([]);
  expect(addresses.filter((path) => !isShopAddress(path))).toEqual([]);
  expect(['/kiosk/ctr_1', '/desk', '/graphql', '/shell', '/photos/x'].filter(isShopAddress)).toEqual([]);
});

/** Browsers fetch six at a time over HTTP/1.1: each six more are another way there and back. */
it.each(['pages/home', 'pages/product'])('the shop needs few files for %s', (part) => {
  const { scripts, parts } = manifestOf('shop');

  expect(new Set([...scripts, ...(parts[part] ?? [])]).size).toBeLessThanOrEqual(9);
});

it.each(['shop', 'portal'])('the %s is built', (name) => {
  expect(built.map(([each]) => each)).toContain(name);
});

/** The compiler knows fields and arguments; that a fragment can be what it stands in, only the service's own rules do. */
it.each(all.filter(([name]) => existsSync(join('apps/web/src', name))))(
  'every document of %s is one that its service takes',
  (name, { service }) => {
    const schema = buildSchema(readFileSync(`apps/${service}/schema.graphql`, 'utf8'));
    const source = join('apps/web/src', name);
    const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.documents.ts'))
      .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/graphql\(\s*`([^`]*)`/g)])
      .map(([, text = '']) => text);
    const fragments = new Map(
      texts.flatMap((text) => {
        const [, fragment] = /^\s*fragment (\w+)/.exec(text) ?? [];
        return fragment === undefined ? [] : [[fragment, text] as const];
      }),
    );
    const documents = texts
      .filter((text) => !/^\s*fragment /.test(text))
      .map((text) =>
        [text, ...[...fragments].flatMap(([each, its]) => (text.includes(`...${each}\n`) ? [its] : []))].join(
          '',
        ),
      );

    expect(documents.length).toBeGreaterThan(0);
    expect(documents.flatMap((text) => validate(schema, parse(text)).map(({ message }) => message))).toEqual(
      [],
    );
  },
);
