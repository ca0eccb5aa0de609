import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** What a process asks itself (a public document for its cache) has no connection, and was counted where it came in. */
export function isOurOwn({ raw }: FastifyRequest): boolean {
  return !(raw.socket instanceof Socket);
}
