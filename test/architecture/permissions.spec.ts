import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { PERMISSIONS } from '#platform/auth';
import { fieldResolversOfService, operationsOf } from '../../scripts/generate/operations.js';
import { permissionsPage } from '../../scripts/generate/permissions.js';
import { schemaOf } from '../../scripts/generate/schema.js';
import { SERVICES } from './contexts.js';
import { strayFields, undeclared, unknownPermissions, unmatched } from './permissions.js';

describe.each(SERVICES)('%s', (service) => {
  const operations = operationsOf(service);

  it('says of every operation and route who may call it', () => {
    expect(undeclared(operations)).toEqual([]);
    expect(unknownPermissions(operations, PERMISSIONS)).toEqual([]);
    expect(operations.length).toBeGreaterThan(0);
  });

  it('resolves every operation of its schema, once, and no other', () => {
    expect(unmatched(schemaOf(service), operations)).toEqual([]);
  });

  it('resolves only fields that its schema has', () => {
    expect(strayFields(schemaOf(service), fieldResolversOfService(service))).toEqual([]);
  });
});

it('every permission is asked for somewhere', () => {
  const asked = new Set(SERVICES.flatMap((service) => operationsOf(service)).map(({ allowed }) => allowed));

  expect(PERMISSIONS.filter((permission) => !asked.has(permission))).toEqual([]);
});

it('docs/permissions.md is current', () => {
  expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsPage());
});

it('is really checked: the bad door fails', () => {
  const root = 'test/architecture/fixtures/schema/';
  const operations = operationsOf('shop', root);
  const schema = buildSchema(readFileSync(`${root}apps/shop/src/bad.graphql`, 'utf8'));

  expect(undeclared(operations)).toEqual([
    expect.stringContaining('orderCancel (BadResolver.orderCancel'),
    expect.stringContaining('POST /open/door (OpenController.enter'),
  ]);
  expect(unknownPermissions(operations, ['BUY'])).toEqual([
    'POST /open/window asks for SHUT, which is no permission',
  ]);
  expect(unmatched(schema, operations)).toEqual([
    'Query.orders has no resolver',
    'Query.page has no resolver',
    'Mutation.orderPlace has no resolver',
    'Query.ordersOfEveryone is in no schema',
    'Mutation.basketEmpty has two resolvers',
  ]);
  expect(strayFields(schema, fieldResolversOfService('shop', root))).toEqual([
    expect.stringContaining('Order.colour'),
  ]);
});
