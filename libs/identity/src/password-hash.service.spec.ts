import { PasswordHashService } from './password-hash.service.js';
import { PASSWORD_LENGTH_MAX } from './password.rules.js';

class CountingHashService extends PasswordHashService {
  readonly compared: string[] = [];

  protected override verify(passwordHash: string, candidate: string): Promise<boolean> {
    this.compared.push(passwordHash);
    return super.verify(passwordHash, candidate);
  }
}

/** `$argon2id$v=19$m=…,t=…,p=…`: the algorithm, and how much work one comparison is. */
const costOf = (passwordHash: string) => passwordHash.split('$').slice(0, 4).join('$');

it('knows the right password from a wrong one', async () => {
  const hashes = new PasswordHashService();
  const passwordHash = await hashes.hash('yellow peaches');

  expect(await hashes.isRight(passwordHash, 'yellow peaches')).toBe(true);
  expect(await hashes.isRight(passwordHash, 'wrong peaches')).toBe(false);
});

it.each([
  ['a wrong password', 'wrong peaches'],
  ['one that is too long to be anybody’s', 'p'.repeat(PASSWORD_LENGTH_MAX + 1)],
  ['an empty one', ''],
])('works as long where nobody has a hash: %s', async (_, password) => {
  const hashes = new CountingHashService();
  const passwordHash = await hashes.hash('yellow peaches');

  const answers = [await hashes.isRight(passwordHash, password), await hashes.isRight(null, password)];

  // Time itself would tell the machine's mood: one comparison each, of the same algorithm and cost, is why it is the same.
  expect(answers).toEqual([false, false]);
  expect(hashes.compared).toHaveLength(2);
  expect(new Set(hashes.compared.map(costOf))).toEqual(new Set([costOf(passwordHash)]));
  expect(costOf(passwordHash)).toBe('$argon2id$v=19$m=19456,t=2,p=1');
});

it('lets nobody in with the password that nobody has', async () => {
  expect(await new PasswordHashService().isRight(null, 'nobody has this password')).toBe(false);
});
