import type { ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { jest } from '@jest/globals';
import { NotFound } from '#libs/kernel';
import { Forbidden, Unauthenticated } from '#platform/auth';
import { SilentFilter } from './silent-filter.js';

const hostOf = (type: string) => ({ getType: () => type }) as unknown as ArgumentsHost;

it('hands on what a resolver throws, without a word', () => {
  const error = new NotFound('Order', 'ord_1');

  expect(() => new SilentFilter().catch(error, hostOf('graphql'))).toThrow(error);
});

it('leaves plain HTTP to Nest', () => {
  const nest = jest.spyOn(BaseExceptionFilter.prototype, 'catch').mockReturnValue(undefined);
  const error = new Error('the webhook could not be stored');
  const host = hostOf('http');

  new SilentFilter().catch(error, host);

  expect(nest).toHaveBeenCalledWith(error, host);
  nest.mockRestore();
});

it.each([
  [new NotFound('Claim', 'clm_1'), 404],
  [new Forbidden(), 403],
  [new Unauthenticated(), 401],
])('answers %s over plain HTTP with its status', (error, status) => {
  const nest = jest.spyOn(BaseExceptionFilter.prototype, 'catch').mockReturnValue(undefined);

  new SilentFilter().catch(error, hostOf('http'));

  const [[told]] = nest.mock.calls as unknown as [[{ getStatus: () => number }]];
  expect(told.getStatus()).toBe(status);
  nest.mockRestore();
});
