import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { NotFound } from '#libs/kernel';
import type { FastifyReply } from 'fastify';
import { Forbidden, Unauthenticated } from '#platform/auth';
import { TooManyRequests } from '#platform/throttle';

const STATUS = new Map<new (...args: never[]) => Error, { status: number; code: string }>([
  [NotFound, { status: 404, code: 'NOT_FOUND' }],
  [Forbidden, { status: 403, code: 'FORBIDDEN' }],
  [Unauthenticated, { status: 401, code: 'UNAUTHENTICATED' }],
]);

/** What routes answer in the place of our own words of refusal; anything else is left as it is. */
function asHttp(error: unknown): unknown {
  if (error instanceof TooManyRequests) {
    const { message, extensions } = error;
    return new HttpException({ code: 'TOO_MANY_REQUESTS', message, ...extensions }, 429);
  }
  for (const [type, { status, code }] of STATUS) {
    if (error instanceof type) return new HttpException({ code, message: error.message }, status);
  }
  return error;
}

/**
 * Nest would log whatever a resolver throws as an error, also that somebody must sign in first. Which of it is a fault of ours is
 * for the error formatter to say, and to log once; the rest of HTTP stays Nest's.
 */
@Catch()
export class SilentFilter extends BaseExceptionFilter implements ExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw error;
    if (error instanceof TooManyRequests)
      void host
        .switchToHttp()
        .getResponse<FastifyReply>()
        .header('retry-after', String(error.retryAfterSeconds));
    super.catch.call(this, asHttp(error), host); // Called like this, it is not mistaken for the `catch` of a promise.
  }
}
