import { createHash } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { callable } from './launcher/environment.js';

/** Raise it when the story is told in another way: a database that knows the old one gets what is new of it. */
const STORY_VERSION = 'zhuzhou-story-7';
const NAME = 'demo';

/**
 * `node dist/scripts/demo.js`: orders, coupons, cases and reviews of the demonstration, through the doors of the running services and the
 * sandbox. Noted in `seed_load` once it is told, so that it is told once; broken off, it goes on the next time.
 */
async function tell(): Promise<string> {
  const { STRIPE_API_URL, AUTH_SECRET = '', STOREFRONT_PORT, MERCHANT_PORT, SETTLEMENT_PORT } = process.env;
  // Somebody's own Stripe account is no place for invented payments.
  if (!STRIPE_API_URL) return 'needs the sandbox';
  const uri = process.env['DATABASE_MIGRATION_URL'] || process.env['DATABASE_URL'] || '';
  const note = createHash('sha256').update(STORY_VERSION).digest();
  const connection = await createConnection({ uri, connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query('SELECT content_hash AS hash FROM seed_load WHERE name = ?', [
      NAME,
    ]);
    if ((rows as { hash: Buffer }[])[0]?.hash.equals(note))
      return 'the orders of the story are there already';
    const [{ Doors }, { Story }, { AccessTokens }] = await Promise.all([
      import('./demo/doors.js'),
      import('./demo/story.js'),
      import('#platform/auth'),
    ]);
    const at = (port: string | undefined) => `http://${callable(process.env['HOST'])}:${port}`;
    const urls = {
      storefront: at(STOREFRONT_PORT),
      merchant: at(MERCHANT_PORT),
      settlement: at(SETTLEMENT_PORT),
    };
    const orders = await new Story(new Doors(urls, new AccessTokens(AUTH_SECRET)), new Date()).play();
    await connection.query(
      `INSERT INTO seed_load (name, content_hash, loaded_at) VALUES (?, ?, UTC_TIMESTAMP(6))
       ON DUPLICATE KEY UPDATE content_hash = VALUES(content_hash), loaded_at = VALUES(loaded_at)`,
      [NAME, note],
    );
    return `${orders} orders with coupons, cases and reviews`;
  } finally {
    await connection.end();
  }
}

console.log(await tell());
