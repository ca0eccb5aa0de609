import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { OperationKind } from '../../scripts/generate/operations.js';

export interface Question {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Ids that nobody has told how to make. */
  readonly unknown: readonly string[];
}

/** What an argument is worth, by its name; undefined where nothing is known of it. */
export type ValueOf = (name: string) => unknown;

/** Below the limit of a document, which counts nodes tenfold. */
const COST_MAX = 360;
const NODES_FACTOR = 10;
const DEPTH_MAX = 6;

const needsArguments = (field: GraphQLField<unknown, unknown>) =>
  field.args.some(({ type }) => isNonNullType(type));

interface Selection {
  readonly text: string;
  readonly cost: number;
}

/** Everything that can be asked of a type, down to a depth. */
function selectionOf(schema: GraphQLSchema, output: GraphQLOutputType, depth: number): Selection | null {
  const type = getNamedType(output);
  if (isLeafType(type)) return { text: '', cost: 0 };
  if (depth === 0) return null;
  if (isUnionType(type)) {
    const members = type.getTypes().map((member) => {
      const isRefusal = member.getInterfaces().some(({ name }) => name === 'DomainError');
      const inner = isRefusal ? { text: '{ code message }', cost: 2 } : selectionOf(schema, member, depth);
      return inner ? { text: `... on ${member.name} ${inner.text}`, cost: inner.cost } : null;
    });
    const known = members.filter((member) => member !== null);
    const cost = known.reduce((sum, member) => sum + member.cost, 1);
    return { text: `{ __typename ${known.map(({ text }) => text).join(' ')} }`, cost };
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return null;
  const parts = Object.values(type.getFields()).flatMap((field) => {
    if (needsArguments(field)) return [];
    const inner = selectionOf(schema, field.type, depth - 1);
    if (!inner) return [];
    const factor = field.name === 'nodes' ? NODES_FACTOR : 1;
    return [{ text: `${field.name} ${inner.text}`, cost: 1 + factor * inner.cost }];
  });
  if (parts.length === 0) return null;
  return {
    text: `{ ${parts.map(({ text }) => text).join(' ')} }`,
    cost: parts.reduce((sum, { cost }) => sum + cost, 0),
  };
}

const selections = new WeakMap<GraphQLOutputType, string>();

/** As deep as one document may go. Each operation is asked by everybody: found once. */
function wholeSelectionOf(schema: GraphQLSchema, output: GraphQLOutputType): string {
  const found = selections.get(output) ?? deepestSelectionOf(schema, output);
  selections.set(output, found);
  return found;
}

function deepestSelectionOf(schema: GraphQLSchema, output: GraphQLOutputType): string {
  for (let depth = DEPTH_MAX; depth > 0; depth -= 1) {
    const selection = selectionOf(schema, output, depth);
    if (selection && selection.cost <= COST_MAX) return selection.text;
  }
  throw new Error(`${String(output)} cannot be asked for within the limits`);
}

const LEAVES: Readonly<Record<string, unknown>> = {
  String: 'words of ten letters',
  Int: 1,
  Float: 1,
  Boolean: true,
  Fen: '1',
  Date: '2026-10-01',
  DateTime: '2026-10-01T00:00:00Z',
};

/** A good value of an argument or field. */
export function valueFor(type: GraphQLInputType, name: string, valueOf: ValueOf, unknown: string[]): unknown {
  const known = valueOf(name);
  const bare = getNullableType(type);
  if (isListType(bare)) {
    if (Array.isArray(known)) return known;
    return [valueFor(bare.ofType as GraphQLInputType, name, valueOf, unknown)];
  }
  if (known !== undefined) return known;
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  if (isInputObjectType(bare))
    return Object.fromEntries(
      Object.values(bare.getFields())
        .filter((field) => isNonNullType(field.type) || valueOf(field.name) !== undefined)
        .map((field) => [field.name, valueFor(field.type, field.name, valueOf, unknown)]),
    );
  if (String(bare) === 'ID') {
    unknown.push(name);
    return 'nothing_of_the_kind';
  }
  return LEAVES[String(bare)];
}

const isWanted = ({ type, name }: GraphQLArgument, valueOf: ValueOf) =>
  isNonNullType(type) || valueOf(name) !== undefined;

function fieldOf(schema: GraphQLSchema, kind: Exclude<OperationKind, 'Route'>, name: string) {
  const root = schema.getType(kind);
  const field = isObjectType(root) ? root.getFields()[name] : undefined;
  if (!field) throw new Error(`${kind}.${name} is in no schema`);
  return field;
}

/** The operation as a client would ask it, with everything that it can show. */
export function questionOf(
  schema: GraphQLSchema,
  kind: Exclude<OperationKind, 'Route' | 'Subscription'>,
  name: string,
  valueOf: ValueOf,
): Question {
  const field = fieldOf(schema, kind, name);
  const args = field.args.filter((arg) => isWanted(arg, valueOf));
  const unknown: string[] = [];
  return {
    text: textOf(schema, kind, field, args),
    variables: variablesOf(args, valueOf, unknown),
    unknown,
  };
}

/** The same with every argument that there is in its text, so that more can be said than a client would. */
export function wholeQuestionOf(
  schema: GraphQLSchema,
  name: string,
  valueOf: ValueOf,
  kind: 'Query' | 'Subscription' = 'Query',
): Omit<Question, 'unknown'> & { readonly args: readonly GraphQLArgument[] } {
  const field = fieldOf(schema, kind, name);
  const wanted = field.args.filter((arg) => isWanted(arg, valueOf));
  return {
    text: textOf(schema, kind, field, field.args),
    variables: variablesOf(wanted, valueOf, []),
    args: field.args,
  };
}

function variablesOf(
  args: readonly GraphQLArgument[],
  valueOf: ValueOf,
  unknown: string[],
): Question['variables'] {
  return Object.fromEntries(args.map((arg) => [arg.name, valueFor(arg.type, arg.name, valueOf, unknown)]));
}

function textOf(
  schema: GraphQLSchema,
  kind: Exclude<OperationKind, 'Route'>,
  { name, type }: GraphQLField<unknown, unknown>,
  args: readonly GraphQLArgument[],
): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const head = args.length > 0 ? `(${declared})` : '';
  const call = args.length > 0 ? `${name}(${passed})` : name;
  return `${kind.toLowerCase()} ${head} { ${call} ${wholeSelectionOf(schema, type)} }`;
}
