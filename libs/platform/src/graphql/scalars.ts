import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

function literalText(node: ValueNode): unknown {
  return node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined;
}

function refusal(zh: string, en: string): GraphQLError {
  return new GraphQLError(en, { extensions: { zh } });
}

function parseFen(value: unknown): bigint {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,18}$/.test(text))
    throw refusal('Fen 须为整数分，用十进制数字书写', 'Fen takes whole fen in decimal digits.');
  return BigInt(text);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

function parseInstant(value: unknown): Date {
  const instant = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : undefined;
  if (!instant || Number.isNaN(instant.getTime()))
    throw refusal('DateTime 须为 RFC 3339 时刻', 'DateTime takes an RFC 3339 instant.');
  return instant;
}

/** True for days that are in the calendar: JavaScript itself takes 30 February for 2 March. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const midnight = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value);
}

function parseDay(value: unknown): string {
  if (!isDay(value)) throw refusal('Date 格式为 YYYY-MM-DD', 'Date takes YYYY-MM-DD.');
  return value;
}

export const scalars = {
  Fen: new GraphQLScalarType<bigint, string>({
    name: 'Fen',
    serialize: (value) => String(value),
    parseValue: parseFen,
    parseLiteral: (node) => parseFen(literalText(node)),
  }),
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: parseInstant,
    parseLiteral: (node) => parseInstant(literalText(node)),
  }),
  Date: new GraphQLScalarType<string, string>({
    name: 'Date',
    serialize: String,
    parseValue: parseDay,
    parseLiteral: (node) => parseDay(literalText(node)),
  }),
};
