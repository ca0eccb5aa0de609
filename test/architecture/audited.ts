import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Operation } from '../../scripts/generate/operations.js';

/** What names somebody, or shows what only few should see: whoever is shown it is in the audit log. */
export const SENSITIVE_TYPES: Readonly<Record<string, string>> = {
  AfterSale: 'photos of parcels, with names on them',
  AuditEntry: 'who did what to whom',
  BankInstruction: 'a buyer’s account, in full',
  BankRefund: 'whose account, masked',
  CertificationApplication: 'papers, and which households are linked',
  CertificationObjection: 'what somebody says of somebody',
  Claim: 'a buyer, the paper, and files',
  Household: 'a registered household, masked',
  HouseholdIncome: 'what a registered household was given',
  HouseholdPool: 'money of registered households',
  MerchantApplication: 'a person, and papers with their face',
  MerchantPaper: 'papers with their face',
  LinkageFlag: 'what looks wrong about what a household was given',
  LinkagePayment: 'what a registered household was given',
  Pairing: 'what is shown of a registered household, and what it was paid',
  PayeeAccount: 'whose account, masked',
  PayoutFile: 'payees’ accounts, in full',
  PersonalDataUnmaskPayload: 'a person, in plain',
  PoolAssignment: 'which households get it',
  PoolShare: 'money of registered households',
  ReportFact: 'single sales',
};

/** What somebody has written themselves is no secret from them. */
export const OWN_WORDS: Readonly<Record<string, string>> = {
  ownClaims: 'claims of one’s own division',
  claimDraftSave: 'what the author has just typed',
  claimSubmit: 'what the author has just handed in',
};

/** Every type that an operation can answer with. */
export function reachable(schema: GraphQLSchema, root: GraphQLObjectType, field: string): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const type = schema.getType(name);
    if (isUnionType(type)) for (const member of type.getTypes()) visit(member.name);
    if (isObjectType(type) || isInterfaceType(type))
      for (const each of Object.values(type.getFields())) visit(getNamedType(each.type).name);
  };
  const start = root.getFields()[field];
  if (start) visit(getNamedType(start.type).name);
  return seen;
}

/** Operations that can show something sensitive and do not say that whoever sees it is written down. */
export function unaudited(
  schema: GraphQLSchema,
  operations: readonly Operation[],
  sensitive: Readonly<Record<string, string>> = SENSITIVE_TYPES,
  exempt: Readonly<Record<string, string>> = OWN_WORDS,
): string[] {
  return operations.flatMap(({ kind, name, audited }) => {
    const root = kind === 'Route' ? null : schema.getType(kind);
    if (!isObjectType(root) || audited !== null || name in exempt) return [];
    const shows = [...reachable(schema, root, name)].filter((type) => type in sensitive).toSorted();
    return shows.length > 0 ? [`${name} shows ${shows.join(', ')} and is not @Audited`] : [];
  });
}
