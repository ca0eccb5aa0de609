import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { newId } from '#libs/kernel';
import { Allow, Public } from './allow.decorator.js';
import { AuthGuard } from './auth.guard.js';
import type { Actor } from './actor.js';
import { Forbidden, Unauthenticated } from './denied.js';

class Doors {
  @Allow('FULFILL')
  ship(): void {}

  @Allow('BUY')
  buy(): void {}

  @Public()
  look(): void {}

  forgotten(): void {}
}

const buyer: Actor = { userId: newId('usr'), sessionId: newId('ses'), grants: [] };
const clerk: Actor = {
  ...buyer,
  grants: [{ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_1' }],
};

function knock(door: keyof Doors, actor: Actor | null | undefined): boolean {
  const execution = {
    getHandler: () => Doors.prototype[door],
    getClass: () => Doors,
    getType: () => 'graphql',
    getArgByIndex: () => (actor === undefined ? undefined : { actor }),
  };
  return new AuthGuard(new Reflector()).canActivate(execution as unknown as ExecutionContext);
}

it('opens what is public to anybody, also without a context', () => {
  expect(knock('look', null)).toBe(true);
  expect(knock('look', undefined)).toBe(true);
});

it('asks nobody in particular to sign in first', () => {
  expect(() => knock('buy', null)).toThrow(Unauthenticated);
  expect(() => knock('ship', undefined)).toThrow(Unauthenticated);
});

it('opens to whoever holds the permission, and to no others', () => {
  expect(knock('ship', clerk)).toBe(true);
  expect(knock('buy', buyer)).toBe(true);
  expect(() => knock('ship', buyer)).toThrow(Forbidden);
});

it('is closed where nothing is declared', () => {
  expect(() => knock('forgotten', clerk)).toThrow(Forbidden);
  expect(() => knock('forgotten', null)).toThrow(Unauthenticated);
});

it('knows whoever comes by plain HTTP from the request', () => {
  const knockByHttp = (actor: Actor | null) => {
    const door: keyof Doors = 'ship';
    const execution = {
      getHandler: () => Doors.prototype[door],
      getClass: () => Doors,
      getType: () => 'http',
      switchToHttp: () => ({ getRequest: () => ({ actor }) }),
    };
    return new AuthGuard(new Reflector()).canActivate(execution as unknown as ExecutionContext);
  };

  expect(knockByHttp(clerk)).toBe(true);
  expect(() => knockByHttp(buyer)).toThrow(Forbidden);
  expect(() => knockByHttp(null)).toThrow(Unauthenticated);
});
