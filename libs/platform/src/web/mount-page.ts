import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { type Asset, BuiltPage } from './built-page.js';
import {
  type FirstAnswer,
  type PageHead,
  type PageShell,
  WEB_MANIFEST_PATH,
  pageHtml,
  webManifest,
} from './page-html.js';

/** Nothing from elsewhere, nothing inline, in nobody's frame; pictures may be drawn by the page itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Assets carry their hash in their name. */
const FOREVER = 'public, max-age=31536000, immutable';

/** What has the same name after the next build is asked for again each time. */
const EACH_TIME = 'no-cache';

export type PageParams = Readonly<Record<string, string | undefined>>;

/** A document that answers what the page asks first. */
export interface FirstQuestion {
  readonly document: string;
  readonly variables: object;
}

/** An address of an application. */
export interface PageRoute {
  /** In fastify's writing: `/products/:id`. */
  readonly path: string;
  /** The source of the part that shows it, unless it is in the entry: loaded along with it. */
  readonly part?: string;
  readonly asks?: (params: PageParams, now: Date) => readonly FirstQuestion[];
  readonly head: (data: readonly unknown[], params: PageParams, now: Date) => PageHead;
}

export interface PageOptions {
  readonly name: string;
  readonly shell: PageShell;
  readonly routes: readonly PageRoute[];
  /** What is said at an address that nobody has: for one application of a service, as it is all of the rest. */
  readonly missing?: PageRoute['head'];
}

function send(reply: FastifyReply, request: FastifyRequest, asset: Asset, kept: string): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  void reply.header('vary', 'accept-encoding').header('cache-control', kept).type(asset.type);
  if (asset.br && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.br);
  if (asset.gz && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gz);
  return reply.send(asset.plain);
}

/** Asks as the visitor's browser would: counted to their address, answered from what is kept for everybody. */
async function answerOf(
  fastify: FastifyInstance,
  { document, variables }: FirstQuestion,
  request: FastifyRequest,
): Promise<FirstAnswer | null> {
  const text = encodeURIComponent(JSON.stringify(variables));
  const { statusCode, body } = await fastify.inject({
    method: 'GET',
    url: `/graphql/documents/${document}?variables=${text}`,
    headers: { 'accept-language': 'zh-CN' },
    remoteAddress: request.ip,
  });
  if (statusCode !== 200) return null; // The page asks again by itself, and says what is the matter.
  const { data } = JSON.parse(body) as { data?: unknown };
  return data === undefined || data === null ? null : { document, variables, data };
}

/**
 * Serves one application of `apps/web`: its assets for ever, its addresses never from memory, each with its title and the answers it asks for first.
 * Answers whether it was built at all.
 */
export function mountPage(
  app: NestFastifyApplication,
  { name, shell, routes, missing }: PageOptions,
): boolean {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const clock = app.get(Clock, { strict: false });
  const page = new BuiltPage(name, !app.get(Config).isProduction);
  if (page.manifest === null) return false;

  fastify.get(`/assets/${name}/:file`, (request: FastifyRequest<{ Params: { file: string } }>, reply) => {
    const asset = page.asset(request.params.file);
    void reply.header('x-content-type-options', 'nosniff');
    return asset ? send(reply, request, asset, FOREVER) : reply.callNotFound();
  });

  // At the root, because a worker keeps what lies below itself; a service has one, as it has one page to install.
  if (page.manifest.worker !== undefined)
    fastify.get('/worker.js', (request, reply) => {
      const asset = page.asset(page.manifest?.worker ?? '');
      void reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', CONTENT_SECURITY_POLICY);
      return asset ? send(reply, request, asset, EACH_TIME) : reply.code(404).send();
    });
  if (shell.installed !== undefined)
    fastify.get(WEB_MANIFEST_PATH, (_, reply) =>
      reply
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', EACH_TIME)
        .type('application/manifest+json')
        .send(JSON.stringify(page.manifest && webManifest(shell, page.manifest))),
    );

  const show = (route: PageRoute) => async (request: FastifyRequest, reply: FastifyReply) => {
    const params = request.params as PageParams;
    const now = clock.now();
    const questions = route.asks?.(params, now) ?? [];
    const answers = await Promise.all(questions.map((question) => answerOf(fastify, question, request)));
    const head = route.head(
      answers.map((answer) => answer?.data ?? null),
      params,
      now,
    );
    const { manifest } = page;
    if (manifest === null) return reply.code(503).send(); // Never: it was there when this was mounted.
    const known = answers.filter((answer) => answer !== null);
    return reply
      .code(head.isMissing ? 404 : 200)
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('cache-control', EACH_TIME)
      .type('text/html; charset=utf-8')
      .send(
        pageHtml(shell, manifest, head, {
          answers: known,
          ...(route.part === undefined ? {} : { part: route.part }),
        }),
      );
  };
  for (const route of routes) fastify.get(route.path, show(route));

  // Whoever opens an address in a browser is shown a page; scripts are answered as ever.
  if (missing !== undefined) {
    const showMissing = show({ path: '*', head: missing });
    fastify.get('*', (request, reply) =>
      String(request.headers.accept ?? '').includes('text/html')
        ? showMissing(request, reply)
        : reply.callNotFound(),
    );
  }
  return true;
}
