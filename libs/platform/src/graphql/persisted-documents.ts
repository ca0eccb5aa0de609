import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Clock, type Message, inLocale } from '#libs/kernel';
import type { ThrottleKind } from '#platform/config';
import { LiveGateway, PUBLIC_MOVED_TOPIC } from '#platform/live';
import { ThrottleService, isTurnedAway } from '#platform/throttle';
import { AnswerCache, type Answer, answerOf } from './answer-cache.js';
import { localeOf } from './context.js';

/** Said over Redis when what the public sees has changed; whoever keeps answers forgets them. */
export const PUBLIC_CHANGED_TOPIC = 'public-changed';

/** Stock and price are never staler than this. */
const FRESH_MS = 1_000;

interface PublicDocument {
  readonly query: string;
  readonly freshMs: number;
  readonly cacheControl: string;
  readonly kind: ThrottleKind;
}

/**
 * A document whose first line is `# fresh for 60 s` shows nothing that moves faster, and may be kept so long by anybody. Everything else is
 * kept here for a second, and by others only to ask whether it is still so: their second would come on top of ours. `# costly` says that it is
 * counted with searches and checkouts.
 */
function documentOf(text: string): PublicDocument {
  const seconds = Number(/^# fresh for (\d+) s$/m.exec(text)?.[1] ?? 0);
  const kind = /^# costly$/m.test(text) ? 'COSTLY' : 'ANONYMOUS';
  return seconds === 0
    ? { query: text, freshMs: FRESH_MS, cacheControl: 'public, no-cache', kind }
    : { query: text, freshMs: seconds * 1_000, cacheControl: `public, max-age=${seconds}`, kind };
}

function documentsOf(service: string): ReadonlyMap<string, PublicDocument> {
  const folder = join('apps', service, 'documents');
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => [basename(file, '.graphql'), documentOf(readFileSync(join(folder, file), 'utf8'))]),
  );
}

/** Losing Redis loses the news, not the limit: answers end by themselves. */
function hearOfChanges(app: NestFastifyApplication, cache: AnswerCache): void {
  const { emitter } = app.get(LiveGateway, { strict: false });
  emitter.on(PUBLIC_CHANGED_TOPIC, (_, done) => {
    cache.forget();
    done();
  });
  emitter.on(PUBLIC_MOVED_TOPIC, (_, done) => {
    cache.forgetMoving();
    done();
  });
}

const NO_DOCUMENT: Message = { zh: '没有这个名称的查询', en: 'There is no document of that name.' };
const NO_VARIABLES: Message = { zh: 'variables 须为 JSON 对象', en: 'variables must be a JSON object.' };

function send(
  reply: FastifyReply,
  { cacheControl }: PublicDocument,
  answer: Answer,
  known: string | undefined,
) {
  void reply.code(answer.status).header('content-type', 'application/json; charset=utf-8');
  if (answer.freshMs === 0) return reply.header('cache-control', 'no-store').send(answer.body);
  void reply
    .header('cache-control', cacheControl)
    .header('vary', 'accept-language')
    .header('etag', answer.etag);
  if (known !== undefined && known.includes(answer.etag)) return reply.code(304).send();
  return reply.send(answer.body);
}

type DocumentRequest = FastifyRequest<{ Params: { name: string }; Querystring: { variables?: string } }>;

/**
 * Public reads as cacheable GETs: `GET /graphql/documents/<name>?variables={…}` runs the document that is committed under
 * `apps/<service>/documents/<name>.graphql`, as nobody in particular, with an ETag. What was asked a moment ago is answered from memory:
 * the address and language are the key, the answer is bytes, and nothing is parsed.
 */
export function mountPersistedDocuments(app: NestFastifyApplication, service: string): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const documents = documentsOf(service);
  const cache = new AnswerCache();
  const clock = app.get(Clock, { strict: false });
  const throttle = app.get(ThrottleService, { strict: false });
  hearOfChanges(app, cache);

  fastify.get('/graphql/documents/:name', async (request: DocumentRequest, reply) => {
    const language = localeOf(request.headers['accept-language']);
    const refuse = (status: number, message: Message) =>
      reply.code(status).send({ errors: [{ message: inLocale(message, language) }] });
    const document = documents.get(request.params.name);
    if (document === undefined) return refuse(404, NO_DOCUMENT);
    const key = `${language} ${request.url}`;
    const nowMs = clock.now().getTime();
    const known = request.headers['if-none-match'];
    const kept = cache.get(key, nowMs);
    if (kept) return send(reply, document, kept, known);

    const variables = parseVariables(request.query.variables);
    if (variables === null) return refuse(400, NO_VARIABLES);
    // Here, and not where the document runs: whoever shares an answer must not share a refusal.
    if (await isTurnedAway(throttle, document.kind, request, reply)) return reply;
    const answer = await cache.ask(key, nowMs, async () => {
      // Nobody's: a shared cache must never hold what one person may see.
      const { statusCode, body } = await fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', 'accept-language': language },
        payload: { query: document.query, variables },
      });
      const isClean = statusCode === 200 && !body.includes('"errors":');
      return answerOf(statusCode, body, nowMs, isClean ? document.freshMs : 0);
    });
    return send(reply, document, answer, known);
  });
}

function parseVariables(text: string | undefined): object | null {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
