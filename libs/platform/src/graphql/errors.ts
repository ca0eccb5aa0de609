import type { ExecutionResult } from 'graphql';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { DomainError, InvalidInputError, type Locale, spokenLocale } from '#libs/kernel';
import { isIncomparable } from '#platform/database';
import type { Log } from '#platform/log';
import { TooManyRequests, withinSocket } from '#platform/throttle';
import type { GraphqlContext } from './context.js';
import { NOT_OURS, denialOf } from './denials.js';
import { hasHungUp } from './hung-up.js';

/** For queries, whose answer has no union: a refused argument is a top-level error. */
export function orThrow<T>(result: T | DomainError): T {
  if (!(result instanceof DomainError)) return result;
  const fields = result instanceof InvalidInputError ? result.fields.map((field) => field.path) : undefined;
  throw new GraphQLError(result.message.en, {
    extensions: { code: result.code, fields, zh: result.message.zh },
  });
}

/** What refuses a body or document before GraphQL sees it may be a plain error, which has no extensions whatever its type says. */
function zhOf({ extensions }: Partial<GraphQLError>): unknown {
  return extensions?.['zh'];
}

/** What GraphQL or Fastify has against it is for whoever writes programs: its words stay, behind ours. */
function unreadable({ message }: Error): string {
  return `请求不符合接口约定：${message}`;
}

/** Our own words pass; anything else is logged and answered with a mask, because it may quote SQL or secrets. */
function presentable(error: GraphQLError, log: Log, locale: Locale): GraphQLError {
  const cause = error.originalError;
  const say = (en: string, extensions: object, zh: unknown = en) =>
    new GraphQLError(locale === 'en' || typeof zh !== 'string' ? en : zh, {
      nodes: error.nodes ?? null,
      path: error.path ?? null,
      extensions: { ...extensions },
    });
  if (cause === undefined || cause instanceof GraphQLError)
    return say(error.message, { code: 'BAD_REQUEST', ...error.extensions }, zhOf(error) ?? unreadable(error));
  if (cause instanceof TooManyRequests)
    return say(cause.message, { code: 'TOO_MANY_REQUESTS', ...cause.extensions }, cause.extensions.zh);
  const denial = denialOf(cause);
  if (denial) return say(cause.message, { code: denial.code }, denial.message.zh);
  if (isIncomparable(cause)) return say(NOT_OURS.en, { code: 'INVALID_INPUT' }, NOT_OURS.zh);
  if (hasHungUp(cause))
    return say('The request has not come to its end.', { code: 'BAD_REQUEST' }, '请求没有发送完整');
  // Mercurius on documents, Fastify on bodies; within a resolver nobody may dress up as them.
  const isRefusedRequest =
    'code' in cause && /^(MER_ERR_GQL|FST_ERR_CTP)_/.test(String(cause.code)) && error.path === undefined;
  if (isRefusedRequest) return say(error.message, { code: 'BAD_REQUEST' }, unreadable(error));
  log.fault(cause, 'an operation failed', { path: error.path?.join('.') });
  return say(
    'Something went wrong on our side; it has been recorded.',
    { code: 'INTERNAL' },
    '服务出错，已记录，请稍后再试',
  );
}

/** Mercurius wraps all faults of a document in one error; the client wants each of them. */
function unwrapped(error: GraphQLError): readonly GraphQLError[] {
  const cause: unknown = error.originalError;
  const isWrapper =
    typeof cause === 'object' && cause !== null && 'errors' in cause && Array.isArray(cause.errors);
  return isWrapper ? (cause as { errors: GraphQLError[] }).errors : [error];
}

/** How long to wait, where nothing of the document was answered because too much was asked; null otherwise. */
function secondsToWait({ data }: ExecutionResult, errors: readonly GraphQLError[]): number | null {
  const refused = new Set(errors.map(({ path }) => path?.[0]));
  if (Object.keys(data ?? {}).some((field) => !refused.has(field))) return null;
  const waits = errors.map(({ extensions }) =>
    extensions['code'] === 'TOO_MANY_REQUESTS' ? Number(extensions['retryAfterSeconds']) : 0,
  );
  return waits.includes(0) ? null : Math.max(...waits);
}

type Asked = Partial<Pick<GraphqlContext, 'locale' | 'reply'>>;

/** What fails before there is a context is answered in the language of its headers. */
function localeOf(asked: Asked | null | undefined): Locale {
  return asked?.locale ?? spokenLocale(asked?.reply?.request.headers['accept-language']);
}

/** In the request's language. HTTP stays 200 where anything was executed; 400 where the document itself was refused, 429 where all of it came too often. */
export function errorFormatter(log: Log) {
  return (execution: ExecutionResult & { errors: readonly GraphQLError[] }, context?: Asked) => {
    const errors = execution.errors
      .flatMap(unwrapped)
      .map((error) => presentable(error, log, localeOf(context)));
    const response = { data: execution.data ?? null, errors };
    const seconds = secondsToWait(execution, errors);
    if (seconds !== null) {
      void context?.reply?.header('retry-after', String(seconds));
      return { statusCode: 429, response };
    }
    const wasExecuted = errors.some((error) => error.path !== undefined) || (execution.data ?? null) !== null;
    return { statusCode: wasExecuted ? 200 : 400, response };
  };
}

/**
 * What keeps a subscription from beginning goes to the socket past the formatter, so it is made presentable where it is thrown. Here as well it
 * is seen how many of them run over one socket.
 */
export function maskSubscriptions(schema: GraphQLSchema, log: Log): GraphQLSchema {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const { subscribe } = field;
    if (!subscribe) continue;
    field.subscribe = async (...args) => {
      try {
        const { request } = args[2] as GraphqlContext;
        return await withinSocket(request, async () => (await subscribe(...args)) as AsyncIterable<unknown>);
      } catch (error) {
        const cause = error instanceof Error ? error : new Error(String(error));
        throw presentable(
          new GraphQLError(cause.message, { originalError: cause }),
          log,
          localeOf(args[2] as GraphqlContext),
        );
      }
    };
  }
  return schema;
}
