import { buildSchema } from 'graphql';
import { schemaOf } from '../../scripts/generate/schema.js';
import { pathsUnder, read } from '../../scripts/generate/sources.js';
import { SERVICES } from './contexts.js';
import { checkedSets, strangeEnums, typedSets } from './words.js';

const sources = [
  ...pathsUnder('libs', '.ts'),
  ...SERVICES.flatMap((service) => pathsUnder(`apps/${service}/src`, '.ts')),
];
const known = typedSets(sources.filter((path) => !path.endsWith('spec.ts')).map(read));

function strangeChecks(sql: string): string[] {
  return [...checkedSets(sql)].filter(([, words]) => !known.has(words)).map(([name]) => name);
}

it('the words of every CHECK are the words of some type', () => {
  const sql = read('libs/platform/schema.sql');

  expect(strangeChecks(sql)).toEqual([]);
  expect(checkedSets(sql).size).toBeGreaterThan(20);
});

it.each(SERVICES)('the words of every enum in the schema of %s are the words of some type', (service) => {
  expect(strangeEnums(schemaOf(service), known)).toEqual([]);
});

it('is really checked: a word more or less is seen', () => {
  const sql =
    "CONSTRAINT `a` CHECK (`state` in ('PLACED','PAID','LOST')),\nCONSTRAINT `b` CHECK (`state` in ('PAID','CANCELLED','PLACED','SIGNED'))";

  expect(strangeChecks(sql)).toEqual(['a']);
  expect(
    strangeEnums(buildSchema('enum OrderState { PLACED PAID } type Query { a: OrderState }'), known),
  ).toEqual(['OrderState']);
});
