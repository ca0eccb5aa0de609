import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import mercurius from 'mercurius';
import { DomainError, InvalidInputError, NotFound } from '#libs/kernel';
import { Forbidden, Unauthenticated } from '#platform/auth';
import type { Log } from '#platform/log';

/** For queries, whose answer has no union: a refused argument is a top-level error. */
export function orThrow<T>(result: T | DomainError): T {
  if (!(result instanceof DomainError)) return result;
  const fields = result instanceof InvalidInputError ? result.fields.map((field) => field.path) : undefined;
  throw new GraphQLError(result.message.en, { extensions: { code: result.code, fields, zh: result.message.zh } });
}

const CODES = new Map<new (...args: never[]) => Error, string>([
  [NotFound, 'NOT_FOUND'],
  [Forbidden, 'FORBIDDEN'],
  [Unauthenticated, 'UNAUTHENTICATED'],
]);

function codeOf(error: Error): string | undefined {
  for (const [type, code] of CODES) if (error instanceof type) return code;
  return undefined;
}

/** Our own words pass; anything else is logged and answered with a mask, because it may quote SQL or secrets. */
function presentable(error: GraphQLError, log: Log): GraphQLError {
  const cause = error.originalError;
  const say = (message: string, extensions: object) =>
    new GraphQLError(message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions: { ...extensions } });
  if (cause === undefined || cause instanceof GraphQLError) return say(error.message, { code: 'BAD_REQUEST', ...error.extensions });
  const code = codeOf(cause);
  if (code) return say(cause.message, { code });
  const isRefusedDocument = 'code' in cause && String(cause.code).startsWith('MER_ERR_GQL') && error.path === undefined;
  if (isRefusedDocument) return say(error.message, { code: 'BAD_REQUEST' });
  log.fault(cause, 'an operation failed', { path: error.path?.join('.') });
  return say('Something went wrong on our side; it has been recorded.', { code: 'INTERNAL' });
}

/** HTTP stays 200 where anything was executed; 4xx where the document itself was refused. */
export function errorFormatter(log: Log) {
  return (execution: ExecutionResult & { errors: readonly GraphQLError[] }, context: unknown) => {
    const standard = mercurius.defaultErrorFormatter(execution, context as never);
    const errors = execution.errors.map((error) => presentable(error, log));
    const wasExecuted = errors.some((error) => error.path !== undefined) || (execution.data ?? null) !== null;
    return { statusCode: wasExecuted ? 200 : (standard.statusCode ?? 400), response: { data: execution.data ?? null, errors } };
  };
}
