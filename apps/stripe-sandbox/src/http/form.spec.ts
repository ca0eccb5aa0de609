import { decodeForm } from './form.js';
import { Problem } from './problem.js';

it.each([
  ['a=1&b=x%20y', { a: '1', b: 'x y' }],
  ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
  ['a[0]=x&a[1]=y', { a: { 0: 'x', 1: 'y' } }],
  ['a[]=x&a[]=y', { a: { 0: 'x', 1: 'y' } }],
  ['a[0][b]=1&a[0][c]=2&a[1][b]=3', { a: { 0: { b: '1', c: '2' }, 1: { b: '3' } } }],
  ['a=1&a=2', { a: '2' }],
  ['', {}],
])('reads %s', (text, tree) => {
  expect(JSON.parse(JSON.stringify(decodeForm(text)))).toEqual(tree);
});

it.each(['a=1&a[b]=2', '[a]=1', 'a[b=1', `a${'[b]'.repeat(20)}=1`])('refuses %s', (text) => {
  expect(() => decodeForm(text)).toThrow(Problem);
});

it('reaches no prototype, whatever the names', () => {
  const tree = decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1');
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(tree)).toBeNull();
});
