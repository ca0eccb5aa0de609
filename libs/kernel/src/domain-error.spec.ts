import { assert, present } from './assert.js';
import { DomainError, InvalidInputError, refused } from './domain-error.js';
import { NotFound } from './not-found.js';

it('a refusal is told from an answer, and is no Error: it is returned, not thrown', () => {
  const refusal = new InvalidInputError([]);

  expect(refused(refusal)).toBe(true);
  expect(refused({ code: 'INVALID_INPUT' })).toBe(false);
  expect(refused(undefined)).toBe(false);
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).not.toBeInstanceOf(Error);
});

it('malformed input names all its faults, in both languages', () => {
  const refusal = new InvalidInputError([
    { path: 'recipient.phone', message: { zh: '手机号不正确', en: 'The phone number is wrong.' } },
    { path: 'lines', message: { zh: '没有商品', en: 'Nothing to buy.' } },
  ]);

  expect(refusal.code).toBe('INVALID_INPUT');
  expect(refusal.message).toEqual({
    zh: '手机号不正确；没有商品',
    en: 'The phone number is wrong. Nothing to buy.',
  });
});

it('missing and not-yours say the same', () => {
  expect(new NotFound('Order', 'ord_1').message).toBe('Order ord_1 was not found.');
});

it.each([0, '', false])('%j is present', (value) => {
  expect(present(value, 'it')).toBe(value);
});

it.each([null, undefined])('%p is not, and the throw names what is missing', (value) => {
  expect(() => present(value, 'the first line')).toThrow('Expected the first line to be present');
});

it('what must be true throws when it is not', () => {
  expect(() => assert(0, 'one is more')).toThrow('Assertion failed: one is more');
  expect(() => assert('yes', 'truthy')).not.toThrow();
});
