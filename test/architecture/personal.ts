import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { Operation } from '../../scripts/generate/operations.js';
import { reachable } from './audited.js';

/** Fields by which a person could be found. */
const OF_A_PERSON =
  /phone|recipient|holder|contact|accountNumber|accountName|buyerName|displayName|headName|memberName|household|idCard|maskedName/i;

/** Of a type that names somebody, and is not kept for a few: why it may. */
export const NAMES_SOMEBODY: Readonly<Record<string, string>> = {
  'Viewer.phone': 'oneself, masked',
  'Viewer.displayName': 'oneself',
  'ClaimSummary.buyerName': 'masked',
  'SplitRule.householdBps': 'a rate',
  'PairingSummary.householdCount': 'a number of many',
  'CertificationScheme.householdMin': 'a number of many',
  'CertificationLinkedReference.householdId': 'an opaque id, as merchants have it',
  'CertificationRecheck.linkedHouseholdCount': 'a number of many',
  'LinkageTooWeakError.linkedHouseholdCount': 'a number of many',
};

/** Of nobody in particular: a number of many, or a rate. */
const OF_NOBODY = new Set([
  'Product.linkedHouseholdCount',
  'Product.householdShareBps',
  'Trace.linkedHouseholdCount',
  'Trace.householdShareBps',
  'CertificationNotice.linkedHouseholdCount',
]);

function personalFields(schema: GraphQLSchema, typeName: string): string[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.keys(type.getFields())
    .filter((field) => OF_A_PERSON.test(field))
    .map((field) => `${typeName}.${field}`);
}

/** What an operation that anybody may call could tell about somebody else. */
export function publicPersons(schema: GraphQLSchema, operations: readonly Operation[]): string[] {
  return operations
    .filter(({ allowed, kind }) => allowed === 'PUBLIC' && kind !== 'Route')
    .flatMap(({ kind, name }) => {
      const root = schema.getType(kind);
      if (!isObjectType(root)) return [];
      return [...reachable(schema, root, name)]
        .flatMap((typeName) => personalFields(schema, typeName))
        .filter((field) => !field.startsWith('Viewer.') && !OF_NOBODY.has(field))
        .map((field) => `${name} tells ${field} to anybody`);
    });
}

/** Types of the console that name somebody although nobody has said that they are sensitive, or why they are not. */
export function strayPersons(schema: GraphQLSchema, sensitive: Readonly<Record<string, string>>): string[] {
  const roots = ['Query', 'Mutation', 'Subscription'];
  return Object.keys(schema.getTypeMap())
    .filter((name) => !roots.includes(name) && !name.startsWith('__'))
    .filter((name) => !isCoveredBy(name, sensitive))
    .flatMap((name) => personalFields(schema, name))
    .filter((field) => !(field in NAMES_SOMEBODY));
}

/** The parts of a sensitive type are named after it: `ClaimContent` is a claim's, `PoolHousehold` an assignment's. */
function isCoveredBy(name: string, sensitive: Readonly<Record<string, string>>): boolean {
  if (name.endsWith('Summary')) return false;
  return Object.keys(sensitive).some((type) => name.startsWith(type)) || name === 'PoolHousehold';
}
