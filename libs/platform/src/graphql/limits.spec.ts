import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { FIELDS_MAX, NODES_FACTOR, ROOT_FIELDS_MAX, costRule } from './limits.js';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    node: Node
    other: Node
  }
  type Connection {
    nodes: [Node!]!
  }
  type Node {
    list: Connection!
    id: ID!
    name: String!
    node: Node
  }
`);

function faultsOf(document: string): string[] {
  return validate(schema, parse(document), [costRule]).map(({ message }) => message);
}

const TOO_MANY_FIELDS = [`A document may ask at most ${FIELDS_MAX} fields.`];

function fields(count: number): string {
  return Array.from({ length: count }, (_, index) => `a${index}: id`).join(' ');
}

it('lets the largest honest document pass', () => {
  expect(faultsOf(`{ node { ${fields(FIELDS_MAX - 1)} } }`)).toEqual([]);
});

it('counts aliases: the same field by many names is many fields', () => {
  expect(faultsOf(`{ node { ${fields(FIELDS_MAX)} } }`)).toEqual(TOO_MANY_FIELDS);
});

it('counts what is asked of the nodes of a page ten times, and of pages within pages a hundred times', () => {
  expect(faultsOf('{ node { list { nodes { list { nodes { id name } } } } } }')).toEqual([]);
  expect(faultsOf(`{ node { list { nodes { ${fields(FIELDS_MAX / NODES_FACTOR)} } } } }`)).toEqual(
    TOO_MANY_FIELDS,
  );
  expect(faultsOf(`{ node { list { nodes { list { nodes { ${fields(4)} } } } } } }`)).toEqual(
    TOO_MANY_FIELDS,
  );
});

it('counts root fields apart, each being a question to the database', () => {
  const roots = (count: number) =>
    Array.from({ length: count }, (_, index) => `r${index}: node { id }`).join(' ');

  expect(faultsOf(`{ ${roots(ROOT_FIELDS_MAX)} }`)).toEqual([]);
  expect(faultsOf(`{ ${roots(ROOT_FIELDS_MAX + 1)} }`)).toEqual([
    `A document may ask at most ${ROOT_FIELDS_MAX} root fields.`,
  ]);
});

it.each([
  ['a fragment', (roots: string) => `{ ...Roots } fragment Roots on Query { ${roots} }`],
  [
    'fragments spread twice',
    (roots: string) => `{ ...A } fragment A on Query { other ...B ...B } fragment B on Query { ${roots} }`,
  ],
  ['an inline fragment', (roots: string) => `{ ... on Query { ... { ${roots} } } }`],
])('counts root fields within %s', (_, documentOf) => {
  const roots = Array.from({ length: ROOT_FIELDS_MAX + 1 }, (__, index) => `r${index}: node { id }`).join(
    ' ',
  );

  expect(faultsOf(documentOf(roots))).toEqual([`A document may ask at most ${ROOT_FIELDS_MAX} root fields.`]);
});

it('counts a fragment as often as it is spread', () => {
  const spreads = Array.from({ length: 9 }, (_, index) => `r${index}: node { ...Many }`).join(' ');

  expect(faultsOf(`{ ${spreads} } fragment Many on Node { ${fields(50)} }`)).toEqual(TOO_MANY_FIELDS);
});

/** Whoever follows every spread never comes back: 2^40 fields. That this ends at all is what it proves. */
it('refuses a bomb of fragments that double each other', () => {
  const levels = 40;
  const bomb = Array.from({ length: levels }, (_, level) =>
    level + 1 < levels
      ? `fragment F${level} on Node { a: node { ...F${level + 1} } b: node { ...F${level + 1} } }`
      : `fragment F${level} on Node { id }`,
  );

  expect(faultsOf(`{ node { ...F0 } } ${bomb.join(' ')}`)).toEqual(TOO_MANY_FIELDS);
});

it('counts inline fragments', () => {
  const inline = Array.from(
    { length: 50 },
    (_, index) => `... on Node { ${fields(9).replaceAll('a', `x${index}_`)} }`,
  ).join(' ');

  expect(faultsOf(`{ node { ${inline} } }`)).toEqual(TOO_MANY_FIELDS);
});

it('comes to an end with fragments that go round in circles, which another rule refuses', () => {
  const circle =
    '{ node { ...A } } fragment A on Node { node { ...B } } fragment B on Node { node { ...A } }';

  expect(faultsOf(circle)).toEqual([]);
  expect(validate(schema, parse(circle), specifiedRules).map(({ message }) => message)).toEqual([
    expect.stringContaining('Cannot spread fragment "A" within itself'),
  ]);
});

it('leaves unknown fragments to the rule that knows them', () => {
  expect(faultsOf('{ node { ...Nowhere } }')).toEqual([]);
});

it('measures each operation of a document by itself', () => {
  expect(faultsOf(`query A { node { ${fields(300)} } } query B { node { ${fields(300)} } }`)).toEqual([]);
});
