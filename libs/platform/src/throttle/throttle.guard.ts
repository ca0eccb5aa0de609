import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '#platform/auth';
import type { ThrottleKind } from '#platform/config';
import { isOurOwn } from './our-own.js';
import { ThrottleService } from './throttle.service.js';
import { THROTTLED } from './throttled.decorator.js';

interface Call extends RequestContext {
  readonly request: FastifyRequest;
  readonly isWrite: boolean;
}

const READS: readonly string[] = ['GET', 'HEAD'];

function callOf(execution: ExecutionContext): Call {
  if (execution.getType() === 'http') {
    const request = execution.switchToHttp().getRequest<FastifyRequest & Partial<RequestContext>>();
    return { request, actor: request.actor ?? null, isWrite: !READS.includes(request.method) };
  }
  const context = execution.getArgByIndex<RequestContext & { readonly request: FastifyRequest }>(2);
  const { operation } = execution.getArgByIndex<GraphQLResolveInfo>(3);
  return { ...context, isWrite: operation.operation === 'mutation' };
}

/** Comes after the guard that knows who it is, once per root field: ten fields of one document are ten. */
@Injectable()
export class ThrottleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly throttle: ThrottleService,
  ) {}

  canActivate(execution: ExecutionContext): true | Promise<true> {
    if (this.throttle.limits === null) return true;
    const marked = this.reflector.get<ThrottleKind | null | undefined>(THROTTLED, execution.getHandler());
    if (marked === null) return true;
    const { request, actor, isWrite } = callOf(execution);
    if (isOurOwn(request)) return true;
    const read = actor === null ? 'ANONYMOUS' : 'READ';
    const kind = marked ?? (isWrite ? 'WRITE' : read);
    return this.count(kind, { personId: actor?.userId ?? null, address: request.ip });
  }

  private async count(kind: ThrottleKind, visitor: Parameters<ThrottleService['take']>[1]): Promise<true> {
    await this.throttle.take(kind, visitor);
    return true;
  }
}
