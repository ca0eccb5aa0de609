import type Stripe from 'stripe';
import { badParameter } from '../http/problem.js';

type Intent = Stripe.PaymentIntent;
type Test = (intent: Intent) => boolean;

const CLAUSE =
  /^\s*(-?)([a-z_]+)(?:\[(["'])(.+?)\3\])?\s*(:|~|>=|<=|>|<)\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/;
const TEXT_FIELDS = ['currency', 'status'] as const;
const NUMBER_FIELDS = ['amount', 'created'] as const;

/** Reads Stripe's search language, as far as payment intents have it: clauses joined by AND, or by OR, not both. */
export function searchTest(query: string): Test {
  const tests: Test[] = [];
  const joints = new Set<string>();
  let rest = query;
  while (rest.trim() !== '') {
    const clause = CLAUSE.exec(rest);
    if (clause === null) throw unreadable(query);
    tests.push(clauseTest(clause, query));
    rest = rest.slice(clause[0].length);
    const joint = /^\s+(AND|OR)\s+/i.exec(rest) ?? /^\s+/.exec(rest);
    if (joint === null) break;
    rest = rest.slice(joint[0].length);
    if (rest !== '') joints.add((joint[1] ?? 'AND').toUpperCase());
  }
  if (tests.length === 0 || rest.trim() !== '' || joints.size > 1) throw unreadable(query);
  return joints.has('OR')
    ? (intent) => tests.some((test) => test(intent))
    : (intent) => tests.every((test) => test(intent));
}

function clauseTest(clause: RegExpExecArray, query: string): Test {
  const [, minus, field = '', , key, operator = ':', double, single, bare = ''] = clause;
  const wanted = double ?? single ?? bare;
  const test = fieldTest(field, key, operator, wanted, query);
  return minus === '-' ? (intent) => !test(intent) : test;
}

function fieldTest(
  field: string,
  key: string | undefined,
  operator: string,
  wanted: string,
  query: string,
): Test {
  if (field === 'metadata' && key !== undefined && operator === ':') {
    if (wanted === 'null') return (intent) => intent.metadata[key] === undefined;
    return (intent) => intent.metadata[key] === wanted;
  }
  const text = TEXT_FIELDS.find((name) => name === field);
  if (text !== undefined && operator === ':')
    return (intent) => intent[text].toLowerCase() === wanted.toLowerCase();
  const number = NUMBER_FIELDS.find((name) => name === field);
  if (number === undefined || operator === '~' || !/^\d+$/.test(wanted)) throw unreadable(query);
  return (intent) => compare(intent[number], operator, Number(wanted));
}

function compare(value: number, operator: string, wanted: number): boolean {
  if (operator === '>') return value > wanted;
  if (operator === '>=') return value >= wanted;
  if (operator === '<') return value < wanted;
  return operator === '<=' ? value <= wanted : value === wanted;
}

function unreadable(query: string): Error {
  return badParameter(`We were unable to parse your search query: ${query}`, 'query');
}
