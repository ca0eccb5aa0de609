import { Pseudonyms } from './pseudonyms.js';

const names = new Pseudonyms('a secret of ours');

describe('a pseudonym', () => {
  it('is the same for the same, and tells nothing', () => {
    const key = names.ofPhone('13973312345');

    expect(names.ofPhone('13973312345')).toBe(key);
    expect(key).toMatch(/^[\w-]{22}$/);
    expect(key).not.toContain('3973');
  });

  it('differs by person, by kind and by secret', () => {
    const keys = [
      names.ofPhone('13973312345'),
      names.ofPhone('13973312346'),
      names.ofCreditCode('13973312345'),
      new Pseudonyms('another secret').ofPhone('13973312345'),
    ];

    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['霞阳镇神农大道1号', '霞阳镇 神农大道１号'],
    ['Building A-3', 'building a 3'],
  ])('of %s is that of %s', (one, other) => {
    expect(names.ofAddress('430225', one)).toBe(names.ofAddress('430225', other));
    expect(names.ofAddress('430224', one)).not.toBe(names.ofAddress('430225', one));
  });

  it('of no address is none', () => {
    expect(names.ofAddress('430225', ' -- ')).toBe('');
  });
});
