import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { InvalidInputError, NotFound } from '#libs/kernel';
import { Forbidden, Unauthenticated } from '#platform/auth';
import { Log } from '#platform/log';
import { TooManyRequests } from '#platform/throttle';
import { pino } from 'pino';
import { errorFormatter, orThrow } from './errors.js';

let logged: string[];
let format: ReturnType<typeof errorFormatter>;

beforeEach(() => {
  logged = [];
  format = errorFormatter(new Log(pino({ level: 'error' }, { write: (line: string) => logged.push(line) })));
});

/** An error as GraphQL hands it on: thrown by the resolver of `order`. */
function thrown(cause: Error): GraphQLError {
  return new GraphQLError(cause.message, { originalError: cause, path: ['order'] });
}

it.each([
  [new NotFound('Order', 'ord_1'), 'NOT_FOUND', 'Order ord_1 was not found.'],
  [new Forbidden(), 'FORBIDDEN', 'Your role does not allow this.'],
  [new Unauthenticated(), 'UNAUTHENTICATED', 'Sign in first.'],
])('says what is ours: %s', (cause, code, message) => {
  const { statusCode, response } = format({ data: null, errors: [thrown(cause)] }, { locale: 'en' });

  expect(statusCode).toBe(200);
  expect(response.errors[0]).toMatchObject({ message, extensions: { code }, path: ['order'] });
  expect(logged).toEqual([]);
});

it.each([
  [new NotFound('Order', 'ord_1'), '没有找到，或者不属于您'],
  [new Forbidden(), '您的角色不能进行此操作'],
  [new Unauthenticated(), '请先登录'],
  [new Error('secret'), '服务出错，已记录，请稍后再试'],
  [Object.assign(new Error(''), { errno: 1267 }), '编号或翻页位置含有无效字符'],
])('says it in Chinese to whoever is spoken to in Chinese: %s', (cause, message) => {
  const { response } = format({ data: null, errors: [thrown(cause)] }, { locale: 'zh-CN' });

  expect(response.errors[0]).toMatchObject({ message });
});

it.each([
  ['zh-CN', '太多'],
  ['en', 'Too many.'],
] as const)('says a refused argument of a query in the language of the request: %s', (locale, message) => {
  const refusal = new GraphQLError('Too many.', { extensions: { code: 'INVALID_INPUT', zh: '太多' } });

  const { response } = format({ data: null, errors: [refusal] }, { locale });

  expect(response.errors[0]).toMatchObject({ message, extensions: { code: 'INVALID_INPUT', zh: '太多' } });
});

it('masks and records everything else: it may quote SQL or secrets', () => {
  const cause = Object.assign(new Error("Duplicate entry '13900000000' for key 'user_account_phone'"), {
    errno: 1062,
  });

  const { response } = format({ data: null, errors: [thrown(cause)] });

  expect(JSON.stringify(response)).not.toMatch(/Duplicate|13900000000|1062/);
  expect(response.errors[0]?.extensions).toEqual({ code: 'INTERNAL' });
  expect(logged.join('')).toMatch(/user_account_phone/);
});

it('masks an error that dresses up as a refused document from within a resolver', () => {
  const cause = Object.assign(new Error('secret'), { code: 'MER_ERR_GQL_VALIDATION' });

  expect(JSON.stringify(format({ data: null, errors: [thrown(cause)] }))).not.toMatch(/secret/);
});

it("answers an id in other letters than ours as the client's mistake", () => {
  const cause = Object.assign(new Error("Illegal mix of collations for operation '='"), { errno: 1267 });

  const { response } = format({ data: null, errors: [thrown(cause)] });

  expect(response.errors[0]).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
  expect(JSON.stringify(response)).not.toMatch(/collation/);
  expect(logged).toEqual([]);
});

it("answers a body that is no JSON as the client's mistake", () => {
  const cause = Object.assign(new Error('Body is not valid JSON'), { code: 'FST_ERR_CTP_INVALID_JSON_BODY' });
  const error = new GraphQLError(cause.message, { originalError: cause });

  const { statusCode, response } = format({ data: null, errors: [error] }, { locale: 'en' });

  expect(statusCode).toBe(400);
  expect(response.errors[0]).toMatchObject({ message: cause.message, extensions: { code: 'BAD_REQUEST' } });
  expect(logged).toEqual([]);
});

it('answers 400 when the document was refused before anything ran', () => {
  const { statusCode, response } = format({ errors: [new GraphQLError('Cannot query field "nope".')] });

  expect(statusCode).toBe(400);
  expect(response.errors[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
});

it('answers 400 also where what refused it is a plain error', () => {
  const refusal = new Error('Operation cannot be null.') as GraphQLError;

  const { statusCode, response } = format({ errors: [refusal] }, { locale: 'en' });

  expect(statusCode).toBe(400);
  expect(response.errors[0]).toMatchObject({
    message: 'Operation cannot be null.',
    extensions: { code: 'BAD_REQUEST' },
  });
});

it.each([
  ['zh', undefined, '请求不符合接口约定：Cannot query field "nope".'],
  ['en', 'en', 'Cannot query field "nope".'],
])('says what could not be read in the language of its headers: %s', (_, language, message) => {
  const reply = { request: { headers: { 'accept-language': language } } } as unknown as FastifyReply;

  const { response } = format({ errors: [new GraphQLError('Cannot query field "nope".')] }, { reply });

  expect(response.errors[0]).toMatchObject({ message });
});

it('keeps what was answered beside a fault', () => {
  const { statusCode, response } = format({ data: { viewer: null }, errors: [thrown(new Forbidden())] });

  expect(statusCode).toBe(200);
  expect(response.data).toEqual({ viewer: null });
});

describe('what came too often', () => {
  const tooMany = (seconds: number, field = 'order') =>
    new GraphQLError('', { originalError: new TooManyRequests('WRITE', seconds), path: [field] });
  const replyOf = () => {
    const headers: Record<string, string> = {};
    const request = { headers: { 'accept-language': 'en' } };
    const reply = { request, header: (name: string, value: string) => (headers[name] = value) } as never;
    return { headers, context: { reply } };
  };

  it('is 429 with the longest wait, and says it in both languages', () => {
    const { headers, context } = replyOf();

    const { statusCode, response } = format({ data: null, errors: [tooMany(7), tooMany(12)] }, context);

    expect(statusCode).toBe(429);
    expect(headers).toEqual({ 'retry-after': '12' });
    expect(response.errors[0]).toMatchObject({
      message: 'Too many changes; try again in 7 s.',
      extensions: {
        code: 'TOO_MANY_REQUESTS',
        retryAfterSeconds: 7,
        zh: '操作过于频繁，请在 7 秒后再试。',
      },
    });
    expect(logged).toEqual([]);
  });

  it.each([
    ['something was answered beside it', { order: null, viewer: null }, [tooMany(7)]],
    ['something else was wrong as well', null, [tooMany(7), thrown(new Forbidden())]],
  ])('is 200 where %s', (_, data, errors) => {
    const { headers, context } = replyOf();

    expect(format({ data, errors }, context).statusCode).toBe(200);
    expect(headers).toEqual({});
  });
});

describe('orThrow, for queries', () => {
  it('hands on what is no refusal', () => {
    expect(orThrow({ first: 24, after: null })).toEqual({ first: 24, after: null });
  });

  it('throws a refusal with its code, its fields and both languages', () => {
    const refusal = new InvalidInputError([{ path: 'first', message: { zh: '太多', en: 'Too many.' } }]);

    expect(() => orThrow(refusal)).toThrow(
      expect.objectContaining({
        message: 'Too many.',
        extensions: { code: 'INVALID_INPUT', fields: ['first'], zh: '太多' },
      }),
    );
  });
});
