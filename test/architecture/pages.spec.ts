import { existsSync, readdirSync } from 'node:fs';
import { costlyDocuments, strayImports, strayRequests, textsOf, unspokenTexts, youngCalls } from './pages.js';
import { filesUnder, sourceFile } from './tree.js';

const PAGES = filesUnder('apps/web/src').map(({ path, text }) => sourceFile(`apps/web/src/${path}`, text));
const page = (path: string, text: string) => [sourceFile(`apps/web/src/${path}`, text)];

it('an application stands on shared and on no neighbour', () => {
  expect(strayImports(PAGES)).toEqual([]);
});

it.each([
  ['shop/a.tsx', "import { Help } from '../kiosk/help.js';"],
  ['shared/a.ts', "import { Card } from '../shop/card.js';"],
  ['kiosk/pages/a.tsx', "import { Card } from '../../shop/card.js';"],
  ['shop/a.ts', "import moment from 'moment';"],
])('sees the stray import of %s', (path, text) => {
  expect(strayImports(page(path, text))).toHaveLength(1);
});

it('everything that is shown can be said in English', () => {
  expect(unspokenTexts(PAGES)).toEqual([]);
});

it.each([
  ['shop/a.tsx', 'export const A = () => <p>加入购物车</p>;'],
  ['shop/a.tsx', "export const A = () => <p title='购物车'>{t('购物车')}</p>;"],
  ['shop/a.ts', 'export const a = (n: number) => `共 ${n} 件`;'],
])('sees what nobody can translate in %s: %s', (path, text) => {
  expect(unspokenTexts(page(path, text))).toHaveLength(1);
});

it('asks the network through the client alone', () => {
  expect(strayRequests(PAGES)).toEqual([]);
});

it('sees a request that passes the client by', () => {
  expect(strayRequests(page('shop/a.ts', "export const a = () => fetch('/graphql');"))).toHaveLength(1);
});

it('asks for no more at once than a service takes', () => {
  expect(costlyDocuments(PAGES)).toEqual([]);
});

it('sees a document that costs too much', () => {
  const fields = Array.from({ length: 41 }, (_, no) => `f${no}`).join(' ');
  expect(
    costlyDocuments(page('shop/a.documents.ts', `graphql(\`query A { list { nodes { ${fields} } } }\`)`)),
  ).toHaveLength(1);
});

it('calls nothing that is younger than the phones of 2020', () => {
  expect(youngCalls(PAGES)).toEqual([]);
});

it('sees a call that is younger', () => {
  expect(youngCalls(page('shop/a.ts', 'export const a = () => crypto.randomUUID();'))).toHaveLength(1);
});

const APPLICATIONS = ['shop', 'kiosk', 'portal', 'console'].filter((name) =>
  existsSync(`apps/web/src/${name}/en.ts`),
);

it.each(APPLICATIONS)('the English of %s has every text, and none that nobody says', async (name) => {
  const tables = readdirSync(`apps/web/src/${name}`).flatMap(
    (file) => /^(en(?:-\w+)?)\.ts$/.exec(file)?.[1] ?? [],
  );
  const read = tables.map(
    async (table) =>
      (await import(`../../apps/web/src/${name}/${table}.js`)) as {
        default: Readonly<Record<string, string>>;
      },
  );
  const spoken = (await Promise.all(read)).map(({ default: texts }) => texts);
  const english = Object.assign({}, ...spoken) as Readonly<Record<string, string>>;
  const said = [...textsOf(PAGES, name)];

  expect(said.filter((text) => !(text in english))).toEqual([]);
  expect(Object.keys(english).filter((text) => !said.includes(text))).toEqual([]);
  expect(spoken.flatMap((texts) => Object.keys(texts))).toHaveLength(Object.keys(english).length);
  // What is filled in is filled in in both.
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted();
  expect(said.filter((text) => holes(text).join() !== holes(english[text] ?? '').join())).toEqual([]);
});
