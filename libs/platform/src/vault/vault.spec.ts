import { randomBytes } from 'node:crypto';
import { Vault } from './vault.js';

const OLD = { id: 'k1', key: randomBytes(32) };
const NEW = { id: 'k2', key: randomBytes(32) };

it('opens what it has sealed, and seals the same words differently each time', () => {
  const vault = new Vault([OLD]);
  const [one, two] = [vault.seal('6222 0000', 'pba_1'), vault.seal('6222 0000', 'pba_1')];

  expect(vault.open(one, 'pba_1').toString()).toBe('6222 0000');
  expect(one.keyId).toBe('k1');
  expect(one.cipher.equals(two.cipher)).toBe(false);
  expect(one.cipher.includes('6222')).toBe(false);
});

it('seals under the first key and still opens what a former one sealed', () => {
  const before = new Vault([OLD]).seal('secret', 'pba_1');
  const after = new Vault([NEW, OLD]);

  expect(after.open(before, 'pba_1').toString()).toBe('secret');
  expect(after.seal('secret', 'pba_1').keyId).toBe('k2');
});

it('opens nothing that was moved to another row, altered, or sealed under a key that is gone', () => {
  const sealed = new Vault([OLD]).seal('secret', 'pba_1');
  const altered = Buffer.from(sealed.cipher);
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;

  expect(() => new Vault([OLD]).open(sealed, 'pba_2')).toThrow('authenticate');
  expect(() => new Vault([OLD]).open({ ...sealed, cipher: altered }, 'pba_1')).toThrow('authenticate');
  expect(() => new Vault([NEW]).open(sealed, 'pba_1')).toThrow('the key k1 is in DATA_KEYS');
});

it('seals nothing without a key, and says which setting is missing', () => {
  expect(() => new Vault([]).seal('secret', 'pba_1')).toThrow('DATA_KEYS');
});
