import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/**
 * Nest would log whatever a resolver throws as an error, also that somebody must sign in first. Which of it is a fault of ours is
 * for the error formatter to say, and to log once; the rest of HTTP stays Nest's.
 */
@Catch()
export class SilentFilter extends BaseExceptionFilter implements ExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw error;
    super.catch.call(this, error, host); // Called like this, it is not mistaken for the `catch` of a promise.
  }
}
