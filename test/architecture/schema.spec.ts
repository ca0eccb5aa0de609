import { readFileSync } from 'node:fs';
import { type GraphQLSchema, buildSchema, isObjectType, isUnionType } from 'graphql';
import { operationsOf } from '../../scripts/generate/operations.js';
import { programOf, wholeProgram } from '../../scripts/generate/program.js';
import { printWhole, schemaOf } from '../../scripts/generate/schema.js';
import { BOUNDED_LISTS } from './bounded-lists.js';
import { SERVICES } from './contexts.js';
import { answerOf, refusalsIn } from './refusals.js';
import {
  descriptionFaults,
  listFaults,
  moneyFaults,
  mutationFaults,
  refusalFaults,
  staleBounds,
} from './schema.js';

const program = wholeProgram();
const classes = refusalsIn(program);

/** Where the types of the resolver and the members of the union say different things. */
function answerFaults(schema: GraphQLSchema, service: string, root = '', typed = program): string[] {
  return operationsOf(service, root)
    .filter(({ kind }) => kind === 'Mutation')
    .flatMap(({ name, path, className, methodName }) => {
      const union = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Result`);
      const answer = answerOf(typed, path, className, methodName);
      if (!isUnionType(union) || !answer) return [`${name} cannot be compared with its union`];
      const members = union
        .getTypes()
        .map((member) => member.name)
        .filter((member) => member.endsWith('Error'));
      return [
        ...answer.refusals
          .filter((refusal) => !members.includes(refusal))
          .map((refusal) => `${name} may answer ${refusal}, which its union lacks`),
        ...(answer.isVague
          ? []
          : members
              .filter((member) => !answer.refusals.includes(member))
              .map((member) => `${name} never answers ${member}`)),
      ];
    });
}

describe.each(SERVICES)('the schema of %s', (service) => {
  const schema = schemaOf(service);

  it('is committed whole and current', () => {
    expect(readFileSync(`apps/${service}/schema.graphql`, 'utf8')).toBe(printWhole(schema));
  });

  it('answers every mutation with one payload or a refusal', () => {
    expect(mutationFaults(schema)).toEqual([]);
  });

  it('describes every operation and every refusal', () => {
    expect(descriptionFaults(schema)).toEqual([]);
  });

  it('has a class for every refusal, with the same fields and code', () => {
    expect(refusalFaults(schema, classes)).toEqual([]);
  });

  it('lists the refusals that the resolvers answer with, and no others', () => {
    expect(answerFaults(schema, service)).toEqual([]);
  });

  it('pages every list that may grow', () => {
    expect(listFaults(schema, BOUNDED_LISTS)).toEqual([]);
  });

  it('says fen wherever it means money', () => {
    expect(moneyFaults(schema)).toEqual([]);
  });
});

it('the table of bounded lists names only lists that exist', () => {
  expect(
    staleBounds(
      SERVICES.map((service) => schemaOf(service)),
      BOUNDED_LISTS,
    ),
  ).toEqual([]);
});

/** Answered over plain HTTP, to programs: docs/intake.md names their codes. */
const ON_ROUTES = new Set(['BatchReusedError', 'TaxDifferenceError', 'TaxQuarterOpenError']);

it('every refusal is shown by a schema, or is a mistake when it happens', () => {
  const shown = new Set(SERVICES.flatMap((service) => Object.keys(schemaOf(service).getTypeMap())));

  const hidden = [...classes.values()]
    .flat()
    .filter(({ name, path }) => !shown.has(name) && !/^libs\/(ledger|settlement|volume)\//.test(path))
    .filter(({ name }) => !ON_ROUTES.has(name));

  // In the books nobody is there to be refused: a consumer that is refused fails and is tried again.
  expect(hidden.map(({ name }) => name)).toEqual([]);
});

describe('is really checked: the bad schema', () => {
  const root = 'test/architecture/fixtures/schema/';
  const bad = buildSchema(readFileSync(`${root}apps/shop/src/bad.graphql`, 'utf8'));
  const badProgram = programOf([
    `${root}libs/shop/src/bad.errors.ts`,
    `${root}apps/shop/src/bad.resolver.ts`,
  ]);

  it('fails for its mutations', () => {
    expect(mutationFaults(bad)).toEqual([
      'basketEmpty does not answer with a union',
      'orderPlace may answer null',
      'orderPlace answers with PlaceResult, not OrderPlaceResult',
      'PlaceResult has 2 payloads, not one',
      'PlaceResult has Order, which is neither a payload nor a refusal',
    ]);
  });

  it('fails for what it does not describe', () => {
    expect(descriptionFaults(bad)).toContain('Query.orders has no description');
    expect(descriptionFaults(bad)).toContain('GoneError has no description');
  });

  it('fails for refusals that differ from their classes', () => {
    expect(refusalFaults(bad, refusalsIn(badProgram, `${root}libs/`))).toEqual([
      'GoneError has no class in any *.errors.ts',
      'SoldOutError.left is not a field of the class',
      'SoldOutError does not show leftCount of the class',
      'SOLD_OUT of SoldOutError is not a DomainErrorCode',
      'GONE is the code of no refusal in this schema',
      'UNUSED is the code of no refusal in this schema',
    ]);
  });

  it('fails for refusals that the resolver does not answer with, or that the union lacks', () => {
    expect(answerFaults(bad, 'shop', root, badProgram)).toEqual([
      'orderCancel may answer SoldOutError, which its union lacks',
      'orderCancel never answers GoneError',
      'basketEmpty cannot be compared with its union',
      'basketEmpty cannot be compared with its union',
    ]);
  });

  it('fails for its lists and amounts', () => {
    expect(listFaults(bad, {})).toEqual([
      'Query.orders is a list that may be null or hold null',
      'Query.orders is a list without pages and without a bound',
      'Query.page does not take after',
      'OrderConnection has no pageInfo',
    ]);
    expect(moneyFaults(bad)).toEqual([
      'Order.total is Fen but not named so',
      'Order.freightFen is named Fen but is none',
    ]);
  });

  it('fails for a bound that bounds nothing', () => {
    expect(staleBounds([bad], { 'Order.lines': 'gone' })).toEqual(['Order.lines']);
    expect(isObjectType(bad.getType('Order'))).toBe(true);
  });
});
