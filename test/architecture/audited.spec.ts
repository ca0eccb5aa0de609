import { buildSchema } from 'graphql';
import { operationsOf } from '../../scripts/generate/operations.js';
import { schemaOf } from '../../scripts/generate/schema.js';
import { OWN_WORDS, SENSITIVE_TYPES, unaudited } from './audited.js';

const operations = operationsOf('settlement');

it('whoever is shown something sensitive at the console is in the audit log', () => {
  expect(unaudited(schemaOf('settlement'), operations)).toEqual([]);
});

it('whoever takes a file out is as well', () => {
  const files = operations.filter(
    ({ kind, name, allowed }) => kind === 'Route' && name.startsWith('GET') && allowed !== 'PUBLIC',
  );

  expect(files.filter(({ audited }) => audited === null)).toEqual([]);
  expect(files.map(({ audited }) => audited)).toEqual(
    expect.arrayContaining(['report.exported', 'claim.evidence_seen']),
  );
});

it('only the console has the guard that writes it down', () => {
  for (const service of ['storefront', 'merchant'])
    expect(operationsOf(service).filter(({ audited }) => audited !== null)).toEqual([]);
});

it('lists nothing that is not there', () => {
  const schema = schemaOf('settlement');

  expect(Object.keys(SENSITIVE_TYPES).filter((name) => !schema.getType(name))).toEqual([]);
  expect(Object.keys(OWN_WORDS).filter((name) => !operations.some((each) => each.name === name))).toEqual([]);
});

it('is really checked: what shows it behind a union, or a page, is found', () => {
  const schema = buildSchema(`
    type Query { letters: LetterPage  letter: Letter  weather: String }
    type Mutation { letterOpen: LetterOpenResult }
    union LetterOpenResult = LetterOpenPayload | Refusal
    type LetterOpenPayload { letter: Letter }
    type Refusal { message: String }
    type LetterPage { nodes: [Letter!]! }
    type Letter { text: String }`);
  const operation = (kind: 'Query' | 'Mutation', name: string, audited: string | null) => ({
    kind,
    name,
    audited,
    className: 'Post',
    methodName: name,
    path: 'post.ts',
    allowed: 'BUY',
  });
  const found = unaudited(
    schema,
    [
      operation('Query', 'letters', null),
      operation('Query', 'letter', 'letter.seen'),
      operation('Query', 'weather', null),
      operation('Mutation', 'letterOpen', null),
    ],
    { Letter: 'what somebody has written' },
    {},
  );

  expect(found).toEqual([
    'letters shows Letter and is not @Audited',
    'letterOpen shows Letter and is not @Audited',
  ]);
});
