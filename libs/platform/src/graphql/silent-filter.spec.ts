import {
  type ArgumentsHost,
  BadRequestException,
  HttpException,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { jest } from '@jest/globals';
import { NotFound } from '#libs/kernel';
import { Forbidden, Unauthenticated } from '#platform/auth';
import { TooManyRequests } from '#platform/throttle';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SilentFilter, refuseUnreadable } from './silent-filter.js';

const reply = { header: jest.fn() };
const hostOf = (type: string, language?: string, actor: { locale: string } | null = null) =>
  ({
    getType: () => type,
    switchToHttp: () => ({
      getRequest: () => ({ headers: { 'accept-language': language }, actor }),
      getResponse: () => reply,
    }),
  }) as unknown as ArgumentsHost;

let nest: jest.SpiedFunction<BaseExceptionFilter['catch']>;
beforeEach(() => {
  nest = jest.spyOn(BaseExceptionFilter.prototype, 'catch').mockReturnValue(undefined);
});
afterEach(() => nest.mockRestore());

function told(error: unknown, language?: string, actor?: { locale: string }) {
  new SilentFilter().catch(error, hostOf('http', language, actor ?? null));
  const [[said]] = nest.mock.calls as unknown as [[HttpException]];
  return { status: said.getStatus(), ...(said.getResponse() as { code?: string; message: string }) };
}

it('hands on what a resolver throws, without a word', () => {
  const error = new NotFound('Order', 'ord_1');

  expect(() => new SilentFilter().catch(error, hostOf('graphql'))).toThrow(error);
});

const both = new BadRequestException({ code: 'BAD_REQUEST', message: { zh: '须为日期', en: 'A day.' } });
it.each([
  [new NotFound('Claim', 'clm_1'), 404, '没有找到，或者不属于您', 'Claim clm_1 was not found.'],
  [new Forbidden(), 403, '您的角色不能进行此操作', 'Your role does not allow this.'],
  [new Unauthenticated(), 401, '请先登录', 'Sign in first.'],
  [new TooManyRequests('UPLOAD', 7), 429, /^上传过于频繁/, /^Too many uploads/],
  [both, 400, '须为日期', 'A day.'],
  [new NotFoundException('Cannot GET /nowhere'), 404, '没有这个地址', 'Cannot GET /nowhere'],
  // As Fastify throws it.
  [Object.assign(new Error('Body too large'), { statusCode: 413 }), 413, '请求内容过大', 'Body too large'],
])('answers %s over plain HTTP with its status, in the language of the request', (error, status, zh, en) => {
  expect(told(error, 'zh-CN,zh;q=0.9')).toMatchObject({ status, message: expect.stringMatching(zh) });
  nest.mockClear();
  expect(told(error, 'en-GB')).toMatchObject({ status, message: expect.stringMatching(en) });
});

it('speaks as the person has asked for where the request says nothing, and else Chinese', () => {
  expect(told(new Unauthenticated()).message).toBe('请先登录');
  nest.mockClear();
  expect(told(new Unauthenticated(), '*', { locale: 'en' }).message).toBe('Sign in first.');
});

it('leaves what a route says in words of its own', () => {
  expect(told(new HttpException({ code: 'X', message: 'so' }, 400)).message).toBe('so');
});

it('records a fault, and tells nobody what it was', () => {
  const recorded = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
  const error = new Error('the webhook could not be stored');

  expect(told(error)).toMatchObject({
    status: 500,
    code: 'INTERNAL',
    message: '服务出错，已记录，请稍后再试',
  });
  expect(recorded).toHaveBeenCalledWith(error);
  recorded.mockRestore();
});

it('takes whoever hangs up before the end for no fault of ours, but a database or a store that does', () => {
  const recorded = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
  const cut = (message: string) => Object.assign(new Error(message), { code: 'ECONNRESET' });

  expect(told(cut('aborted'))).toMatchObject({ status: 400, message: '请求内容无法识别' });
  expect(recorded).not.toHaveBeenCalled();
  nest.mockClear();
  expect(told(cut('read ECONNRESET'))).toMatchObject({ status: 500, code: 'INTERNAL' });
  expect(recorded).toHaveBeenCalledTimes(1);
  recorded.mockRestore();
});

describe('what Fastify refuses by itself', () => {
  const refuse = (error: Error, language: string) => {
    let status = 0;
    let body: unknown;
    const answering = {
      code: (given: number) => ((status = given), answering),
      send: (given: unknown) => ((body = given), answering),
    };
    const request = { headers: { 'accept-language': language } };
    refuseUnreadable(error, request as FastifyRequest, answering as unknown as FastifyReply);
    return { status, body };
  };

  it('is said with a code, in the language of the request', () => {
    const error = Object.assign(new Error("'/%FF' is not a valid url component"), { statusCode: 400 });

    expect(refuse(error, 'zh')).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST', message: '请求内容无法识别' },
    });
    expect(refuse(error, 'en')).toMatchObject({ body: { code: 'BAD_REQUEST', message: error.message } });
  });

  it('and anything else is left to whoever comes next', () => {
    const error = new Error('the pool is closed');

    expect(() => refuse(error, 'zh')).toThrow(error);
  });
});
