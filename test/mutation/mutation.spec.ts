import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A few rounds, each a jest of its own. */
const LIMIT_MS = 180_000;

describe('a guard that is taken away', () => {
  it(
    'is missed by its spec, and every other is still where it was',
    async () => {
      // Without a database: the quick ones need none.
      const { DATABASE_URL: _, ...env } = process.env;
      const args = ['test/mutation/mutate.mjs', '--quick'];
      const told = await promisify(execFile)(process.execPath, args, { env }).catch((error: object) => error);
      expect(told).toMatchObject({ stdout: expect.stringContaining('; 0 not missed.') });
    },
    LIMIT_MS,
  );
});
