import {
  type GraphQLEnumType,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type ValueOf, valueFor } from '../scope/scope-question.js';

/** Where in the variables something stands, and what it is. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** FORBIDDEN: whoever answers it with anything but a refusal is wrong. ANY: it may be fit or not; a refusal must be typed all the same. */
export type Verdict = 'FORBIDDEN' | 'ANY';

export interface BadValue {
  readonly what: string;
  readonly value: unknown;
  readonly verdict: Verdict;
}

/** Every argument and every field of it, also of what nobody has to send, and the lists themselves. */
export function leavesOf(type: GraphQLInputType, name: string, path: Leaf['path']): Leaf[] {
  const bare = getNullableType(type);
  const own: Leaf = { path, name, type };
  if (isListType(bare)) return [own, ...leavesOf(bare.ofType as GraphQLInputType, name, [...path, 0])];
  if (!isInputObjectType(bare)) return [own];
  const fields = Object.values(bare.getFields());
  return [own, ...fields.flatMap((field) => leavesOf(field.type, field.name, [...path, field.name]))];
}

/** The variables with one thing in them changed; what is missing on the way there is made as a good client would. */
export function withValue(
  variables: Readonly<Record<string, unknown>>,
  roots: Readonly<Record<string, GraphQLInputType>>,
  path: Leaf['path'],
  value: unknown,
  valueOf: ValueOf,
): Record<string, unknown> {
  const copy = structuredClone(variables) as Record<string, unknown>;
  const set = (parent: Record<string | number, unknown>, type: GraphQLInputType, at: number): void => {
    const key = path[at] ?? '';
    if (at === path.length - 1) {
      parent[key] = value;
      return;
    }
    const name = String(path.findLast((part, index) => index <= at && typeof part === 'string'));
    parent[key] ??= valueFor(type, name, valueOf, []);
    // A list that a good client leaves empty has one thing in it now.
    if (Array.isArray(parent[key]) && parent[key].length === 0) parent[key] = [undefined];
    set(parent[key] as Record<string | number, unknown>, typeBelow(type, path[at + 1] ?? ''), at + 1);
  };
  const [root = ''] = path;
  const rootType = roots[root];
  if (rootType) set(copy, rootType, 0);
  return copy;
}

function typeBelow(type: GraphQLInputType, key: string | number): GraphQLInputType {
  const bare = getNullableType(type);
  if (isListType(bare)) return bare.ofType as GraphQLInputType;
  const field = isInputObjectType(bare) ? bare.getFields()[String(key)] : undefined;
  if (!field) throw new Error(`${String(type)} has no ${key}`);
  return field.type;
}

const forbidden = (what: string, value: unknown): BadValue => ({ what, value, verdict: 'FORBIDDEN' });
const any = (what: string, value: unknown): BadValue => ({ what, value, verdict: 'ANY' });

const UNREADABLE: readonly BadValue[] = [
  forbidden('NUL', 'a\u0000b'),
  forbidden('a control character', 'a\u001b[31mb'),
  forbidden('half a character', '黄\ud842桃'),
  forbidden('an override of direction', 'a\u202egpj.exe'),
];

const WRONG_KINDS: readonly BadValue[] = [
  forbidden('an object', { $ne: 1 }),
  forbidden('a list in a list', [[['x']]]),
];

const TEXTS: readonly BadValue[] = [
  ...UNREADABLE,
  ...WRONG_KINDS,
  forbidden('a number', 1.5),
  any('nothing in it', ''),
  any('blanks', '   '),
  any('a wide blank', '\u3000\u3000'),
  any('one letter', 'x'),
  any('SQL', `' OR '1'='1'; DROP TABLE customer_order; --`),
  any('HTML', '<img src=x onerror=alert(1)>'),
  any('a path', '../../../../etc/passwd'),
  any('a formula', '=HYPERLINK("http://x")'),
  any('emoji', '🍑👨‍👩‍👧🇨🇳'),
  any('four bytes', '𠮷野家的黄桃𠮷'),
  any('combining marks', `e${'\u0301'.repeat(60)}`),
  any('256 letters', '桃'.repeat(256)),
  any('5,000 letters', '桃'.repeat(5_000)),
  forbidden('60,000 letters', 'x'.repeat(60_000)),
];

/** What is somebody else's of the same kind. */
export const STRANGERS = "a stranger's";

const idsLike = (stranger: string | null): BadValue[] => [
  ...UNREADABLE,
  ...WRONG_KINDS,
  forbidden('unknown', 'ord_01AAAAAAAAAAAAAAAAAAAAAAAA'),
  forbidden('of no shape', 'nothing'),
  forbidden('nothing in it', ''),
  forbidden('a blank', ' '),
  forbidden('a number', 9_007_199_254_740_992),
  forbidden('other letters', '桃𠮷🍑'),
  forbidden('SQL', `' OR '1'='1`),
  forbidden('a wildcard', '%'),
  forbidden('5,000 letters', 'x'.repeat(5_000)),
  ...(stranger === null ? [] : [forbidden(STRANGERS, stranger)]),
];

/** Whatever the client likes, if it looks like a key. */
const KEYS: readonly BadValue[] = [
  ...UNREADABLE,
  ...WRONG_KINDS,
  forbidden('nothing in it', ''),
  forbidden('too short', 'x'),
  forbidden('blanks', ' '.repeat(10)),
  forbidden('other letters', '桃'.repeat(10)),
  forbidden('81 letters', 'x'.repeat(81)),
  forbidden('SQL', `' OR '1'='1' -- `),
];

const INTS: readonly BadValue[] = [
  ...WRONG_KINDS,
  forbidden('below nothing', -1),
  any('nothing', 0),
  forbidden('far below', -2_147_483_648),
  any('the largest', 2_147_483_647),
  forbidden('too large for 32 bits', 2_147_483_648),
  forbidden('a half', 1.5),
  forbidden('words', 'many'),
  forbidden('not a number', 'NaN'),
  forbidden('the largest of all', 1.7976931348623157e308),
];

const FENS: readonly BadValue[] = [
  ...WRONG_KINDS,
  forbidden('below nothing', '-1'),
  any('nothing', '0'),
  any('a fen', '1'),
  any('a billion yuan', '100000000000'),
  any('18 digits', '999999999999999999'),
  forbidden('19 digits', '9223372036854775808'),
  forbidden('40 digits', '9'.repeat(40)),
  forbidden('yuan', '12.50'),
  forbidden('an exponent', '1e9'),
  forbidden('hexadecimal', '0x10'),
  forbidden('NaN', 'NaN'),
  forbidden('a half', 0.5),
  forbidden('nothing in it', ''),
];

const DAYS: readonly BadValue[] = [
  ...WRONG_KINDS,
  forbidden('30 February', '2026-02-30'),
  forbidden('no month', '2026-13-01'),
  forbidden('zeros', '0000-00-00'),
  any('long ago', '0001-01-01'),
  any('far away', '9999-12-31'),
  forbidden('five digits of year', '10000-01-01'),
  forbidden('words', 'yesterday'),
  forbidden('a number', 20_261_001),
];

const INSTANTS: readonly BadValue[] = [
  ...WRONG_KINDS,
  any('long ago', '0001-01-01T00:00:00Z'),
  any('far away', '9999-12-31T23:59:59Z'),
  forbidden('no hour', '2026-10-01T25:00:00Z'),
  forbidden('a day', '2026-10-01'),
  forbidden('a number', 1_790_000_000),
];

const FLAGS: readonly BadValue[] = [...WRONG_KINDS, forbidden('words', 'yes'), forbidden('a number', 1)];

const FLOATS: readonly BadValue[] = [
  ...WRONG_KINDS,
  any('far out', 1e308),
  any('below', -1e308),
  forbidden('words', 'NaN'),
];

const wordsOf = (type: GraphQLEnumType): BadValue[] => [
  ...WRONG_KINDS,
  forbidden('no such word', 'NOTHING_OF_THE_KIND'),
  forbidden('small letters', type.getValues()[0]?.name.toLowerCase()),
  forbidden('a number', 0),
];

const BY_SCALAR: Readonly<Record<string, readonly BadValue[]>> = {
  String: TEXTS,
  Int: INTS,
  Float: FLOATS,
  Boolean: FLAGS,
  Fen: FENS,
  Date: DAYS,
  DateTime: INSTANTS,
};

const OTHER_WORDS: Readonly<Record<string, (good: unknown) => unknown>> = {
  String: (good) => (typeof good === 'string' && /^\d+$/.test(good) ? undefined : `${String(good)}二`),
  Int: (good) => Number(good) + 1,
  Boolean: (good) => good !== true,
  Fen: (good) => String(BigInt(String(good)) + 1n),
  Date: () => '2026-11-30',
  DateTime: () => '2026-11-30T00:00:00Z',
};

/** Something else that is as good, for who says something else under the same key; undefined where nothing is known that is. */
export function otherOf({ type, name }: Leaf, good: unknown, stranger: string | null): unknown {
  const bare = getNullableType(type);
  if (name === 'idempotencyKey' || isListType(bare) || isInputObjectType(bare)) return undefined;
  if (isEnumType(bare)) return bare.getValues().findLast((value) => value.name !== good)?.name;
  if (String(bare) === 'ID') return stranger ?? undefined;
  return good === undefined || good === null ? undefined : OTHER_WORDS[String(bare)]?.(good);
}

/** What may be wrong with one thing. `good` is what stands there otherwise, `stranger` the same of somebody else. */
export function badValuesOf({ type, name }: Leaf, good: unknown, stranger: string | null): BadValue[] {
  const bare = getNullableType(type);
  const missing = isNonNullType(type) ? forbidden('null', null) : any('null', null);
  if (isListType(bare)) {
    const one = Array.isArray(good) ? (good as unknown[])[0] : good;
    return [
      missing,
      forbidden('no list', { 0: one }),
      any('an empty list', []),
      forbidden('a hole', [one, null]),
      any('the same twice', [one, one]),
      forbidden(
        '500 of it',
        Array.from({ length: 500 }, () => one),
      ),
    ];
  }
  if (isInputObjectType(bare))
    return [
      missing,
      Object.values(bare.getFields()).some((field) => isNonNullType(field.type))
        ? forbidden('nothing in it', {})
        : any('nothing in it', {}),
      forbidden('words', 'x'),
      forbidden('more than it has', { ...(good as object), isAdmin: true }),
    ];
  if (isEnumType(bare)) return [missing, ...wordsOf(bare)];
  if (name === 'idempotencyKey') return [missing, ...KEYS];
  if (String(bare) === 'ID') return [missing, ...idsLike(stranger)];
  const values = BY_SCALAR[String(bare)];
  if (!values) throw new Error(`${name}: say in bad-values.ts what may be wrong with a ${String(bare)}`);
  return [missing, ...values];
}
