// What the compiler must know of the committed schemas to check every document and answer in the pages: `.generated/<service>.d.ts`.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { PAGES } from './pages.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const OUT = join(ROOT, 'apps', 'web', '.generated');

const isNewer = (file, than) => existsSync(file) && statSync(file).mtimeMs > statSync(than).mtimeMs;

mkdirSync(OUT, { recursive: true });
const isThere = (name) => existsSync(join(ROOT, 'apps', 'web', 'src', name, 'main.tsx'));
const services = Object.entries(PAGES).flatMap(([name, { service }]) => (isThere(name) ? [service] : []));

for (const service of new Set(services)) {
  const schema = join(ROOT, 'apps', service, 'schema.graphql');
  const target = join(OUT, `${service}.d.ts`);
  if (isNewer(target, schema)) continue;
  const introspection = introspectionFromSchema(buildSchema(readFileSync(schema, 'utf8')), {
    descriptions: false,
  });
  const text = outputIntrospectionFile(minifyIntrospection(introspection), {
    fileType: '.d.ts',
    shouldPreprocess: true,
  });
  // The rest makes this schema everybody's; there are three.
  writeFileSync(target, text.slice(0, text.indexOf('import * as gqlTada')));
}
