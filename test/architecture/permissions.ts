import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { FieldResolver, Operation } from '../../scripts/generate/operations.js';

/** Operations that say neither `@Allow` nor `@Public`. */
export function undeclared(operations: readonly Operation[]): string[] {
  return operations
    .filter(({ allowed }) => allowed === null)
    .map(
      ({ name, className, methodName, path }) =>
        `${name} (${className}.${methodName} in ${path}) does not say who may call it`,
    );
}

/** Permissions nobody has defined; the compiler says so too, unless somebody casts. */
export function unknownPermissions(
  operations: readonly Operation[],
  permissions: readonly string[],
): string[] {
  return operations
    .filter(({ allowed }) => allowed !== null && allowed !== 'PUBLIC' && !permissions.includes(allowed))
    .map(({ name, allowed }) => `${name} asks for ${allowed}, which is no permission`);
}

/** Operations of the schema without a resolver, resolvers without an operation, and operations with two. */
export function unmatched(schema: GraphQLSchema, operations: readonly Operation[]): string[] {
  const inSdl = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (root) => Object.keys(root?.getFields() ?? {}).map((field) => `${root?.name}.${field}`),
  );
  const resolved = operations
    .filter(({ kind }) => kind !== 'Route')
    .map(({ kind, name }) => `${kind}.${name}`);
  return [
    ...inSdl
      .filter((operation) => !resolved.includes(operation))
      .map((operation) => `${operation} has no resolver`),
    ...resolved
      .filter((operation) => !inSdl.includes(operation))
      .map((operation) => `${operation} is in no schema`),
    ...resolved
      .filter((operation, index) => resolved.indexOf(operation) !== index)
      .map((operation) => `${operation} has two resolvers`),
  ];
}

/** Field resolvers of fields that the schema does not have: Nest passes over them in silence. */
export function strayFields(schema: GraphQLSchema, fields: readonly FieldResolver[]): string[] {
  return fields
    .filter(({ field }) => !field.startsWith('__'))
    .filter(({ typeName, field }) => {
      const type = schema.getType(typeName);
      return !(isObjectType(type) || isInterfaceType(type)) || type.getFields()[field] === undefined;
    })
    .map(({ typeName, field, path }) => `${typeName}.${field} (${path}) is in no schema`);
}
