import type { FastifyRequest } from 'fastify';
import { newId } from '#libs/kernel';
import { AccessTokens, type Actor } from '#platform/auth';
import { ACCESS_COOKIE, contextOf, requestId } from './context.js';

const tokens = new AccessTokens('a secret of at least thirty-two characters');
const actor: Actor = { userId: newId('usr'), sessionId: newId('ses'), grants: [] };

function requestWith(headers: Record<string, string>, cookies?: Record<string, string>): FastifyRequest {
  return { headers, cookies } as unknown as FastifyRequest;
}

it('knows who asks from the bearer token or else from the cookie', () => {
  const token = tokens.sign(actor);

  expect(contextOf(tokens, requestWith({ authorization: `Bearer ${token}` }), undefined).actor).toEqual(
    actor,
  );
  expect(contextOf(tokens, requestWith({}, { [ACCESS_COOKIE]: token }), undefined).actor).toEqual(actor);
});

it('a bearer token that does not hold makes the request nobody, whatever the cookie says', () => {
  const request = requestWith({ authorization: 'Bearer forged' }, { [ACCESS_COOKIE]: tokens.sign(actor) });

  expect(contextOf(tokens, request, undefined).actor).toBeNull();
});

it('nobody is an answer, not a fault', () => {
  expect(contextOf(tokens, requestWith({}), undefined).actor).toBeNull();
  expect(contextOf(tokens, requestWith({ authorization: 'Basic dTpw' }), undefined).actor).toBeNull();
});

it.each([
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['zh-CN,en;q=0.5', 'zh-CN'],
  ['energetic', 'zh-CN'],
  ['fr', 'zh-CN'],
])('speaks, to Accept-Language %s, %s', (header, locale) => {
  expect(contextOf(tokens, requestWith({ 'accept-language': header }), undefined).locale).toBe(locale);
});

it.each([
  ['zh-TW', 'zh-CN'],
  ['en', 'en'],
  ['*', 'en'],
  ['', 'en'],
  ['fr', 'en'],
])('speaks, to somebody who wants English and to Accept-Language %j, %s', (header, locale) => {
  const authorization = `Bearer ${tokens.sign({ userId: newId('usr'), sessionId: newId('ses'), grants: [], locale: 'en' })}`;
  const request = requestWith({ authorization, 'accept-language': header });
  expect(contextOf(tokens, request, undefined).locale).toBe(locale);
});

it('speaks Chinese to whoever does not say', () => {
  expect(contextOf(tokens, requestWith({}), undefined).locale).toBe('zh-CN');
});

describe('the request id', () => {
  it('of a proxy is kept if it looks like one', () => {
    expect(requestId('0af7651916cd43dd8448eb211c80319c')).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it.each([
    undefined,
    '',
    'short',
    'x'.repeat(65),
    'with space in it',
    'line\nbreak-in-it',
    ['a-b-c-d-e-f', 'g-h-i-j-k'],
  ])('is ours instead of %j', (header) => {
    expect(requestId(header)).toMatch(/^req_/);
  });
});
