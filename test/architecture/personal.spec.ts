import { buildSchema } from 'graphql';
import { operationsOf } from '../../scripts/generate/operations.js';
import { schemaOf } from '../../scripts/generate/schema.js';
import { SENSITIVE_TYPES } from './audited.js';
import { SERVICES } from './contexts.js';
import { NAMES_SOMEBODY, publicPersons, strayPersons } from './personal.js';

it.each(SERVICES)('%s tells nobody in particular about anybody', (service) => {
  expect(publicPersons(schemaOf(service), operationsOf(service))).toEqual([]);
});

it('the console names persons only where that is sensitive, or masked', () => {
  expect(strayPersons(schemaOf('settlement'), SENSITIVE_TYPES)).toEqual([]);
});

it('lists no field that is not there', () => {
  const fields = Object.values(schemaOf('settlement').getTypeMap()).flatMap((type) =>
    'getFields' in type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );

  expect(Object.keys(NAMES_SOMEBODY).filter((field) => !fields.includes(field))).toEqual([]);
});

it('is really checked: a name that anybody is told is found, however deep', () => {
  const schema = buildSchema(`
    type Query { shop: Shop }
    type Shop { orders: [Order!]! }
    type Order { recipientPhone: String  total: String }`);
  const operation = {
    kind: 'Query',
    name: 'shop',
    allowed: 'PUBLIC',
    audited: null,
    className: 'Door',
    methodName: 'shop',
    path: 'door.ts',
  } as const;

  expect(publicPersons(schema, [operation])).toEqual(['shop tells Order.recipientPhone to anybody']);
  expect(strayPersons(schema, {})).toEqual(['Order.recipientPhone']);
  expect(strayPersons(schema, { Order: 'what somebody has bought' })).toEqual([]);
});
