import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  HttpException,
  HttpStatus,
  Logger,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { type Locale, type Message, inLocale, spokenLocale } from '#libs/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '#platform/auth';
import { isIncomparable } from '#platform/database';
import { TooManyRequests } from '#platform/throttle';
import { localeOf } from './context.js';
import { NOT_OURS, denialOf } from './denials.js';
import { hasHungUp } from './hung-up.js';

/** What Nest and Fastify refuse before a route of ours has a say; their own English stays. */
const SAYINGS: Readonly<Record<number, string>> = {
  400: '请求内容无法识别',
  404: '没有这个地址',
  405: '此地址不支持该操作',
  408: '请求超时，请重试',
  413: '请求内容过大',
  414: '地址过长',
  415: '不接受此类型的内容',
  500: '服务出错，已记录，请稍后再试',
};

const FAULT: Message = {
  zh: SAYINGS[500] ?? '',
  en: 'Something went wrong on our side; it has been recorded.',
};

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}

/** What routes of ours refuse with has its message in both languages; anything else has its own, or that of its status. */
function translated(error: HttpException, locale: Locale): HttpException {
  const [status, body] = [error.getStatus(), error.getResponse()];
  const given = typeof body === 'string' ? { statusCode: status, message: body } : body;
  const { message } = given as { readonly message?: unknown };
  if (isMessage(message)) return new HttpException({ ...given, message: inLocale(message, locale) }, status);
  const saying = SAYINGS[status];
  // Ours says its code, and what it says without both languages it has put into words itself.
  if (locale === 'en' || saying === undefined || 'code' in given) return error;
  return new HttpException({ ...given, message: saying }, status);
}

/** How plain HTTP refuses, in the words and the language of whoever asked. */
function asHttp(error: unknown, locale: Locale): HttpException | null {
  if (hasHungUp(error)) return translated(new BadRequestException(), locale); // Nobody reads it any more.
  if (error instanceof TooManyRequests) {
    const { message: en, extensions } = error;
    const message = inLocale({ zh: error.zh, en }, locale);
    return new HttpException({ code: 'TOO_MANY_REQUESTS', ...extensions, message }, 429);
  }
  const denial = denialOf(error);
  if (denial) {
    const { code, status, message } = denial;
    return new HttpException({ code, message: inLocale(message, locale) }, status);
  }
  if (isIncomparable(error))
    return new HttpException({ code: 'INVALID_INPUT', message: inLocale(NOT_OURS, locale) }, 400);
  if (error instanceof HttpException) return translated(error, locale);
  const { statusCode, message } = Object(error) as {
    readonly statusCode?: unknown;
    readonly message?: unknown;
  };
  // What Fastify refuses: a body that cannot be read, or is too long.
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return null;
  return translated(new HttpException({ statusCode, message }, statusCode), locale);
}

/**
 * What Fastify itself refuses: an address or a body that cannot be read. Nest's filters do not hear of it, so it is said here in the language of whoever
 * asked. Anything else is for whoever comes next.
 */
export function refuseUnreadable(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = asHttp(error, spokenLocale(request.headers['accept-language']));
  if (refusal === null) throw error;
  void reply.code(refusal.getStatus()).send({ code: 'BAD_REQUEST', ...Object(refusal.getResponse()) });
}

/**
 * Nest would log whatever a resolver throws as an error, also that somebody must sign in first. Which of it is a fault of ours is
 * for the error formatter to say, and to log once.
 */
@Catch()
export class SilentFilter extends BaseExceptionFilter implements ExceptionFilter {
  private readonly faults = new Logger(SilentFilter.name);

  override catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const { headers, actor } = http.getRequest<FastifyRequest & Partial<RequestContext>>();
    const locale = localeOf(headers['accept-language'], actor ?? null);
    if (error instanceof TooManyRequests)
      void http.getResponse<FastifyReply>().header('retry-after', String(error.retryAfterSeconds));
    const answer = asHttp(error, locale);
    if (answer === null) this.faults.error(error);
    const told = answer ?? faultIn(locale);
    super.catch.call(this, told, host); // Called like this, it is not mistaken for the `catch` of a promise.
  }
}

function faultIn(locale: Locale): HttpException {
  const statusCode = HttpStatus.INTERNAL_SERVER_ERROR;
  return new HttpException({ statusCode, code: 'INTERNAL', message: inLocale(FAULT, locale) }, statusCode);
}
