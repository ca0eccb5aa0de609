import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { Config } from '#platform/config';

/** Ids that every log line and every fact within one request or job carries. */
export interface Trace {
  readonly traceId: string;
  readonly eventId?: string;
  readonly consumer?: string;
  readonly orderId?: string;
}

const traces = new AsyncLocalStorage<Trace>();

export function withTrace<T>(trace: Trace, work: () => T): T {
  return traces.run(trace, work);
}

/** For the request hook, which has no function to wrap. */
export function enterTrace(trace: Trace): void {
  traces.enterWith(trace);
}

export function currentTrace(): Trace | undefined {
  return traces.getStore();
}

/** What must never stand in a log: whatever proves identity or could be dialled. */
const SECRET_PATHS = [
  'password',
  'code',
  'token',
  'refreshToken',
  'req.headers.authorization',
  'req.headers.cookie',
  // Drivers quote the failed statement with its values: names, phones, addresses. What failed is in the message and the stack.
  'err.sql',
  'err.parameters',
  'err.driverError.sql',
  'err.driverError.parameters',
];

/** What every logger does with a line, wherever the line goes. */
export const LINE_OPTIONS = {
  redact: SECRET_PATHS,
  mixin: () => ({ ...traces.getStore() }),
};

export function createLogger(config: Config, service: string): Logger {
  return pino({
    level: config.log.level,
    base: { service },
    ...LINE_OPTIONS,
    ...(config.log.format === 'pretty'
      ? {
          transport: {
            target: 'pino-pretty',
            options: { ignore: 'pid,hostname,service', translateTime: 'HH:MM:ss.l', singleLine: true },
          },
        }
      : {}),
  });
}

/** The process's logger, injected. `order`, `payment` or `event` ids go into the first argument. */
export class Log implements LoggerService {
  constructor(readonly pino: Logger) {}

  info(fields: object, message: string): void {
    this.pino.info(fields, message);
  }

  fault(error: unknown, message: string, fields: object = {}): void {
    this.pino.error({ ...fields, err: error }, message);
  }

  log(message: string, context?: string): void {
    this.pino.debug({ context }, message);
  }

  warn(message: string | object, context?: string): void {
    if (typeof message === 'string') this.pino.warn({ context }, message);
    else this.pino.warn(message, context);
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.pino.error({ context, stack, err: message instanceof Error ? message : undefined }, String(message));
  }
}
