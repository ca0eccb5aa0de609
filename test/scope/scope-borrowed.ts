import { type GraphQLSchema, getNamedType } from 'graphql';
import { type Leaf, leavesOf, withValue } from '../bad-input/bad-values.js';
import { type ValueOf, wholeQuestionOf } from './scope-question.js';

/** About one's own, but for one thing. */
export interface Borrowed {
  /** What of it is theirs. */
  readonly what: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

function namesSomething({ type }: Leaf): boolean {
  return String(getNamedType(type)) === 'ID' && !String(type).startsWith('[');
}

/**
 * Every argument, every field of a filter and every entry of a list that names something is theirs once, and all the rest is one's own. `theirs` says what
 * it is called at their side, null where nothing of that kind is there.
 */
export function borrowedOf(
  schema: GraphQLSchema,
  name: string,
  own: ValueOf,
  theirs: (leaf: string) => unknown,
): Borrowed[] {
  const { text, variables, args } = wholeQuestionOf(schema, name, own);
  const roots = Object.fromEntries(args.map((arg) => [arg.name, arg.type]));
  return args
    .flatMap((arg) => leavesOf(arg.type, arg.name, [arg.name]))
    .filter(namesSomething)
    .flatMap((leaf) => {
      const value = first(theirs(leaf.name));
      if (typeof value !== 'string' || value === first(own(leaf.name))) return [];
      const what = `${name}(${leaf.path.join('.')})`;
      return [{ what, text, variables: withValue(variables, roots, leaf.path, value, own) }];
    });
}

/** One's own list, read on from where they stand in theirs; nothing where it is no list that is read on. */
export function readOnFrom(schema: GraphQLSchema, name: string, own: ValueOf, cursor: string): Borrowed[] {
  const { text, variables, args } = wholeQuestionOf(schema, name, own);
  if (!args.some((arg) => arg.name === 'after')) return [];
  return [{ what: `${name}(after)`, text, variables: { ...variables, after: cursor } }];
}

/** Where the list ends that somebody was answered with; null where it was none, or empty. */
export function endOf(answer: unknown): string | null {
  const { pageInfo } = Object(answer) as { pageInfo?: { endCursor?: string | null } };
  return pageInfo?.endCursor ?? null;
}
