import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import etag from '@fastify/etag';
import type { FastifyInstance } from 'fastify';

/** Browsers and caches in between may answer again without asking, and for a minute more while they ask. */
const CACHE_CONTROL = 'public, max-age=1, stale-while-revalidate=60';

/**
 * Public reads as cacheable GETs: `GET /graphql/documents/<name>?variables={…}` runs the document that is committed under
 * `apps/<service>/documents/<name>.graphql`, as nobody in particular, with an ETag.
 */
export function mountPersistedDocuments(app: FastifyInstance, service: string): void {
  const folder = join('apps', service, 'documents');
  const documents = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => [basename(file, '.graphql'), readFileSync(join(folder, file), 'utf8')]),
  );
  void app.register(async (scope) => {
    await scope.register(etag); // Here only: hashing answers that no cache may keep would be for nothing.
    scope.get<{ Params: { name: string }; Querystring: { variables?: string } }>(
      '/graphql/documents/:name',
      async (request, reply) => {
        const query = documents.get(request.params.name);
        if (query === undefined)
          return reply.code(404).send({ errors: [{ message: 'There is no document of that name.' }] });
        const variables = parseVariables(request.query.variables);
        if (variables === null)
          return reply.code(400).send({ errors: [{ message: 'variables must be a JSON object.' }] });
        const { authorization: _, cookie: __, ...headers } = request.headers; // A shared cache must never hold what one person may see.
        const answer = await app.inject({
          method: 'POST',
          url: '/graphql',
          headers: publicHeaders(headers),
          payload: { query, variables },
        });
        const isClean = answer.statusCode === 200 && !('errors' in answer.json<object>());
        return reply
          .code(answer.statusCode)
          .header('cache-control', isClean ? CACHE_CONTROL : 'no-store')
          .header('vary', 'accept-language')
          .type('application/json; charset=utf-8')
          .send(answer.body);
      },
    );
  });
}

function publicHeaders(headers: Record<string, unknown>): Record<string, string> {
  const language = headers['accept-language'];
  return {
    'content-type': 'application/json',
    ...(typeof language === 'string' ? { 'accept-language': language } : {}),
  };
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
