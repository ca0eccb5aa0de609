import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** Nothing from elsewhere, nothing inline. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  graphql: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * The developers' desk at `/desk`, and at `/` where the service has no pages of its own: its page with its tour. Files are few and small, so they are
 * read once.
 */
export function mountDesk(app: FastifyInstance, service: string): void {
  const web = join('apps', 'web', 'public');
  const files: Readonly<Record<string, string>> = {
    ...(app.hasRoute({ method: 'GET', url: '/' }) ? {} : { '/': join(web, 'desk.html') }),
    '/desk': join(web, 'desk.html'),
    // Where the payment page sends buyers back to.
    ...(service !== 'storefront' || app.hasRoute({ method: 'GET', url: '/orders/:orderId' })
      ? {}
      : { '/orders/:orderId': join(web, 'desk.html') }),
    '/desk/desk.css': join(web, 'desk.css'),
    '/desk/desk.js': join(web, 'desk.js'),
    '/desk/peach.svg': join(web, 'peach.svg'),
    '/desk/tour.json': join(web, `${service}.json`),
    '/desk/logins.json': join('data', 'zhuzhou', 'demo-logins.json'),
    '/desk/schema.graphql': join('apps', service, 'schema.graphql'),
  };
  for (const [url, file] of Object.entries(files)) {
    if (!existsSync(file)) continue; // Without demonstration data there are no logins to offer.
    const body = readFileSync(file, 'utf8');
    const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'text/plain; charset=utf-8';
    app.get(url, async (_, reply) =>
      reply
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .type(type)
        .send(body),
    );
  }
}
