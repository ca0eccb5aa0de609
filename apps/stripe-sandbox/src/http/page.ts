import { badParameter, noSuch } from './problem.js';
import type { Params } from '../engine/params.js';

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 100;

export interface StripeList<T> {
  readonly object: 'list';
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly url: string;
}

interface Listed {
  readonly id: string;
  readonly created?: number;
}

export function limitOf(params: Params): number {
  const limit = params.int('limit') ?? LIMIT_DEFAULT;
  if (limit < 1) throw badParameter('Invalid positive integer.', 'limit', 'parameter_invalid_integer');
  return Math.min(limit, LIMIT_MAX);
}

/** A page of rows that come newest first, between Stripe's two cursors; filters by `created` on the way. */
export function pageOf<T extends Listed>(rows: readonly T[], params: Params, url: string): StripeList<T> {
  const limit = limitOf(params);
  const matching = rows.filter(createdFilter(params));
  const after = params.textOrNull('starting_after');
  const before = params.textOrNull('ending_before');
  if (after !== null && before !== null) {
    throw badParameter(
      'You may give starting_after or ending_before, not both.',
      'ending_before',
      'parameters_exclusive',
    );
  }
  if (before !== null) {
    const end = indexOf(matching, before, 'ending_before');
    const start = Math.max(end - limit, 0);
    return { object: 'list', data: matching.slice(start, end), has_more: start > 0, url };
  }
  const start = after === null ? 0 : indexOf(matching, after, 'starting_after') + 1;
  const end = start + limit;
  return { object: 'list', data: matching.slice(start, end), has_more: end < matching.length, url };
}

/** The first page a resource carries inside itself, such as the refunds of a charge. */
export function innerList<T>(rows: readonly T[], url: string): StripeList<T> {
  return { object: 'list', data: rows.slice(0, LIMIT_DEFAULT), has_more: rows.length > LIMIT_DEFAULT, url };
}

function indexOf(rows: readonly Listed[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index === -1) throw noSuch('object', id, param);
  return index;
}

function createdFilter(params: Params): (row: Listed) => boolean {
  const exact = params.group('created') === undefined ? params.int('created') : undefined;
  const range = params.group('created');
  const gt = range?.int('gt') ?? Number.NEGATIVE_INFINITY;
  const gte = range?.int('gte') ?? Number.NEGATIVE_INFINITY;
  const lt = range?.int('lt') ?? Number.POSITIVE_INFINITY;
  const lte = range?.int('lte') ?? Number.POSITIVE_INFINITY;
  return ({ created = 0 }) =>
    exact === undefined
      ? created > gt && created >= gte && created < lt && created <= lte
      : created === exact;
}
