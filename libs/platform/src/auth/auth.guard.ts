import { type CanActivate, type ExecutionContext, Injectable, createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { present } from '#libs/kernel';
import { type Actor, may } from './actor.js';
import { ALLOWED, PUBLIC } from './allow.decorator.js';
import { Forbidden, Unauthenticated } from './denied.js';
import type { Permission } from './permission.js';

/** What every resolver's context holds, whatever transport brought the request. */
export interface RequestContext {
  readonly actor: Actor | null;
}

function contextOf(execution: ExecutionContext): RequestContext {
  // Plain HTTP has no such context: there the request itself knows (see `knowsActor` of the service part).
  if (execution.getType() === 'http') {
    const { actor } = execution.switchToHttp().getRequest<Partial<RequestContext>>();
    return { actor: actor ?? null };
  }
  const context = execution.getArgByIndex<RequestContext | undefined>(2);
  return context ?? { actor: null };
}

/** Runs once per root field (field resolvers have no guards), closed by default. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const allowed = this.reflector.getAllAndOverride<Permission | typeof PUBLIC | undefined>(ALLOWED, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (allowed === PUBLIC) return true;
    const { actor } = contextOf(execution);
    if (!actor) throw new Unauthenticated();
    if (allowed === undefined || !may(actor, allowed)) throw new Forbidden();
    return true;
  }
}

/** The actor of an operation that is not public. */
export const CurrentActor = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  present(contextOf(execution).actor, 'an actor behind the guard'),
);

/** The actor of a public operation, or null. */
export const MaybeActor = createParamDecorator(
  (_: unknown, execution: ExecutionContext) => contextOf(execution).actor,
);
