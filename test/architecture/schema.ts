import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { RefusalClass } from './refusals.js';

/** Lists without paging, each bounded by a rule; whatever may grow without end is a connection. */
export interface Bounded {
  readonly [list: string]: string;
}

function named(type: GraphQLOutputType): GraphQLNamedType {
  return isNonNullType(type) || isListType(type) ? named(type.ofType) : type;
}

function objectsOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}

function isRefusal(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === 'DomainError');
}

function rootFields(schema: GraphQLSchema): { root: string; field: GraphQLField<unknown, unknown> }[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .filter((root) => root !== null && root !== undefined)
    .flatMap((root) => Object.values(root.getFields()).map((field) => ({ root: root.name, field })));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A mutation answers with a non-null union of exactly one payload and its refusals, named after itself. */
export function mutationFaults(schema: GraphQLSchema): string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, type }) => {
    const union = named(type);
    if (!isUnionType(union)) return [`${name} does not answer with a union`];
    const members = union.getTypes();
    const payloads = members.filter((member) => member.name.endsWith('Payload'));
    const strangers = members.filter(
      (member) => !member.name.endsWith('Payload') && !(isRefusal(member) && member.name.endsWith('Error')),
    );
    return [
      ...(isNonNullType(type) ? [] : [`${name} may answer null`]),
      ...(union.name === `${capital(name)}Result`
        ? []
        : [`${name} answers with ${union.name}, not ${capital(name)}Result`]),
      ...(payloads.length === 1 ? [] : [`${union.name} has ${payloads.length} payloads, not one`]),
      ...strangers.map(
        (member) => `${union.name} has ${member.name}, which is neither a payload nor a refusal`,
      ),
    ];
  });
}

/** Operations, refusals and whatever money or time could be misread are described. */
export function descriptionFaults(schema: GraphQLSchema): string[] {
  const operations = rootFields(schema).filter(({ field }) => !field.description);
  const refusals = objectsOf(schema).filter((type) => isRefusal(type) && !type.description);
  return [
    ...operations.map(({ root, field }) => `${root}.${field.name} has no description`),
    ...refusals.map(({ name }) => `${name} has no description`),
  ];
}

/** Every refusal in the SDL is a class of ours with the same fields and a code of the enum; and every code has its refusal. */
export function refusalFaults(
  schema: GraphQLSchema,
  classes: ReadonlyMap<string, readonly RefusalClass[]>,
): string[] {
  const codes = schema.getType('DomainErrorCode');
  const known = isEnumType(codes) ? codes.getValues().map(({ name }) => name) : [];
  const refusals = objectsOf(schema).filter(isRefusal);
  const used = new Set(refusals.flatMap(({ name }) => classes.get(name) ?? []).map(({ code }) => code));
  return [
    ...refusals.flatMap((type) => closestFaults(type, classes.get(type.name) ?? [], known)),
    ...known
      .filter((code) => !used.has(code))
      .map((code) => `${code} is the code of no refusal in this schema`),
  ];
}

/** Of several classes with the name, the one that fits best is meant. */
function closestFaults(
  type: GraphQLObjectType,
  classes: readonly RefusalClass[],
  codes: readonly string[],
): string[] {
  const [closest] = classes
    .map((refusal) => fieldFaults(type, refusal, codes))
    .toSorted((a, b) => a.length - b.length);
  return closest ?? [`${type.name} has no class in any *.errors.ts`];
}

function fieldFaults(type: GraphQLObjectType, refusal: RefusalClass, codes: readonly string[]): string[] {
  const inSdl = Object.keys(type.getFields()).filter((name) => name !== 'code' && name !== 'message');
  return [
    ...inSdl
      .filter((name) => !refusal.fields.includes(name))
      .map((name) => `${type.name}.${name} is not a field of the class`),
    ...refusal.fields
      .filter((name) => !inSdl.includes(name))
      .map((name) => `${type.name} does not show ${name} of the class`),
    ...(codes.includes(refusal.code) ? [] : [`${refusal.code} of ${type.name} is not a DomainErrorCode`]),
  ];
}

/** Connections carry `first`, `after` and `pageInfo`; other lists of objects are named in the table of bounded ones. Lists are never null. */
export function listFaults(schema: GraphQLSchema, bounded: Bounded): string[] {
  const fields = objectsOf(schema).flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ type, field })),
  );
  return fields.flatMap(({ type, field }) => {
    const at = `${type.name}.${field.name}`;
    const target = named(field.type);
    if (target.name.endsWith('Connection')) return connectionFaults(at, target, field);
    const list = isNonNullType(field.type) ? field.type.ofType : field.type;
    if (!isListType(list)) return [];
    const isPage = type.name.endsWith('Connection') && field.name === 'nodes';
    const isOpen = isObjectType(target) && !isPage && bounded[at] === undefined;
    return [
      ...(isNonNullType(field.type) && isNonNullType(list.ofType)
        ? []
        : [`${at} is a list that may be null or hold null`]),
      ...(isOpen ? [`${at} is a list without pages and without a bound`] : []),
    ];
  });
}

function connectionFaults(
  at: string,
  target: GraphQLNamedType,
  { args }: GraphQLField<unknown, unknown>,
): string[] {
  const names = args.map(({ name }) => name);
  const shape = isObjectType(target) ? Object.keys(target.getFields()) : [];
  return [
    ...['first', 'after']
      .filter((name) => !names.includes(name))
      .map((name) => `${at} does not take ${name}`),
    ...['nodes', 'pageInfo']
      .filter((name) => !shape.includes(name))
      .map((name) => `${target.name} has no ${name}`),
  ];
}

/** Bounds that bound nothing any more. */
export function staleBounds(schemas: readonly GraphQLSchema[], bounded: Bounded): string[] {
  const all = new Set(
    schemas.flatMap((schema) =>
      objectsOf(schema).flatMap((type) =>
        Object.keys(type.getFields()).map((name) => `${type.name}.${name}`),
      ),
    ),
  );
  return Object.keys(bounded).filter((list) => !all.has(list));
}

/** Amounts travel as `Fen` and say so in their name; nothing of money is a number. */
export function moneyFaults(schema: GraphQLSchema): string[] {
  return objectsOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const isFen = named(field.type).name === 'Fen';
      const saysFen = /(^f|F)en$/.test(field.name);
      return isFen === saysFen
        ? []
        : [`${type.name}.${field.name} is ${isFen ? 'Fen but not named so' : 'named Fen but is none'}`];
    }),
  );
}
