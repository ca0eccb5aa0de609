// What both scripts that look at the running demonstration have in common (`npm start`): where it is, and which product they look at.
import { existsSync } from 'node:fs';

export const SHOP = process.env.SHOP_URL ?? 'http://127.0.0.1:3000';
export const PORTAL = process.env.PORTAL_URL ?? 'http://127.0.0.1:3001';
export const CONSOLE = process.env.CONSOLE_URL ?? 'http://127.0.0.1:3002';

const UNPACKED = '.data/browser/root/usr/lib/chromium/chromium';

/** Debian's Chromium, or the one that the launcher has unpacked for the browser tests. */
export function browserPath() {
  const found = [process.env.TAOYUAN_CHROMIUM, '/usr/bin/chromium', UNPACKED].find(
    (path) => path && existsSync(path),
  );
  if (!found)
    throw new Error('No browser: apt-get install -y chromium fonts-noto-cjk, or run npm test once.');
  return found;
}

/** A certified product that is sold now: its page has everything on it. */
export async function productPath() {
  const query =
    '{ products(filter: { isCertified: true, isAvailable: true }, sort: SOLD, first: 1) { nodes { id } } }';
  let answer;
  try {
    answer = await fetch(`${SHOP}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
  } catch {
    throw new Error(`Nobody answers at ${SHOP}. Start the demonstration first: npm start`);
  }
  const { data } = await answer.json();
  const [product] = data?.products.nodes ?? [];
  if (!product) throw new Error(`${SHOP} sells nothing that is certified.`);
  return `/products/${product.id}`;
}
