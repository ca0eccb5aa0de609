import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Contract } from '../contract/contract.js';
import type { Engines } from '../engine/engines.js';
import { newStripeId } from '../engine/ids.js';
import { Params } from '../engine/params.js';
import type { Faults, RequestFault } from '../faults/plan.js';
import type { WebhookEndpoints } from '../webhooks/endpoints.js';
import type { CallLog } from './call-log.js';
import { Expander } from './expand.js';
import { decodeForm } from './form.js';
import { fingerprintOf, type Idempotency, type StoredAnswer } from './idempotency.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';
import { ROUTES } from './routes.js';

export interface ApiParts {
  readonly engines: Engines;
  readonly endpoints: WebhookEndpoints;
  readonly contract: Contract;
  readonly faults: Faults;
  readonly idempotency: Idempotency;
  readonly calls: CallLog;
  /** Told of every error that is ours. */
  readonly note: (error: unknown) => void;
}

interface Answer extends StoredAnswer {
  readonly isStored: boolean;
  readonly isReplay: boolean;
}

const SERVER_ERROR = 'An unknown error occurred. (The sandbox was told to fail here.)';

/** The door of /v1: who asks, in which version, under which key; then the engine; then what the plan breaks. */
export class Api {
  readonly #expander: Expander;

  constructor(private readonly parts: ApiParts) {
    this.#expander = new Expander(parts.engines.core.store, parts.engines.balances);
  }

  mount(server: FastifyInstance): void {
    for (const route of ROUTES) {
      server.route({
        method: route.method,
        url: route.path,
        handler: (request, reply) => this.#serve(route, request, reply),
      });
    }
  }

  /** The 404 that keeps the SDK from taking an unknown path for a success. */
  unknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const path = pathOf(request);
    const problem = new Problem(`Unrecognized request URL (${request.method}: ${path}).`, { status: 404 });
    const requestId = newStripeId('req');
    this.#log(requestId, request, 404, null);
    return this.#head(reply, request, requestId)
      .code(404)
      .send(JSON.stringify(problem.envelope(requestId)));
  }

  async #serve(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const requestId = newStripeId('req');
    await this.parts.contract.ready;
    const fault = this.parts.faults.forRequest(request.method, pathOf(request));
    if (fault?.fault === 'drop_before') return this.#cut(reply, request, requestId, fault);
    const answer = await this.#answer(route, request, requestId, fault);
    this.#head(reply, request, requestId);
    if (answer.isReplay)
      reply.header('idempotent-replayed', 'true').header('original-request', answer.requestId);
    if (fault?.fault === 'drop_after') return this.#cut(reply, request, requestId, fault);
    if (fault?.fault === 'truncate') return this.#truncate(reply, request, requestId, answer);
    this.#log(requestId, request, answer.status, fault);
    return reply.code(answer.status).send(answer.body);
  }

  async #answer(
    route: Route,
    request: FastifyRequest,
    requestId: string,
    fault: RequestFault | null,
  ): Promise<Answer> {
    try {
      this.#admit(request);
      if (fault !== null) refuseEarly(fault);
    } catch (error) {
      return this.#refusal(error, requestId);
    }
    const given = headerOf(request, 'idempotency-key');
    if (route.method !== 'POST' || given === null) return this.#execute(route, request, requestId, fault);
    const key = `${headerOf(request, 'stripe-account') ?? ''}:${given}`;
    const fingerprint = fingerprintOf(request.method, pathOf(request), bodyOf(request));
    return this.#once(key, fingerprint, request, requestId, () =>
      this.#execute(route, request, requestId, fault),
    );
  }

  async #once(
    key: string,
    fingerprint: string,
    request: FastifyRequest,
    requestId: string,
    execute: () => Promise<Answer>,
  ): Promise<Answer> {
    const { idempotency, engines } = this.parts;
    try {
      const before = idempotency.begin(key, fingerprint);
      if (before !== null) return { ...before, isStored: false, isReplay: true };
    } catch (error) {
      return this.#refusal(error, requestId);
    }
    try {
      const answer = await execute();
      const { status, body } = answer;
      if (answer.isStored) idempotency.keep(key, fingerprint, { status, body, requestId });
      engines.core.store.save();
      return answer;
    } finally {
      idempotency.end(key);
    }
  }

  async #execute(
    route: Route,
    request: FastifyRequest,
    requestId: string,
    fault: RequestFault | null,
  ): Promise<Answer> {
    const isError = fault?.fault === 'error';
    if (fault?.fault === 'delay') await sleep(fault.ms);
    const answer = isError && fault.executed !== true ? null : this.#run(route, request, requestId);
    this.parts.engines.core.store.save();
    if (answer !== null && !isError) return answer;
    const problem = new Problem(SERVER_ERROR, { status: 500, type: 'api_error' });
    return this.#refusal(problem, requestId);
  }

  /** From the form to the printed answer, without a pause: no two calls are ever half done at once. */
  #run(route: Route, request: FastifyRequest, requestId: string): Answer {
    const { engines, endpoints, contract } = this.parts;
    const { core } = engines;
    try {
      const form = decodeForm(route.method === 'POST' ? bodyOf(request) : queryOf(request));
      const values = route.contract === null ? {} : contract.read(route.contract, form);
      const params = new Params(values);
      refuseUnmodelled(route, params);
      core.origin = { requestId, idempotencyKey: headerOf(request, 'idempotency-key') };
      const { id = '', subId = '' } = request.params as { id?: string; subId?: string };
      const accountId = this.#accountOf(route, request);
      const made = route.run({ engines, endpoints, params, id, subId, accountId });
      const object = this.#expander.expand(made, params.texts('expand'));
      contract.check(object);
      return { status: 200, body: JSON.stringify(object), requestId, isStored: true, isReplay: false };
    } catch (error) {
      return this.#refusal(error, requestId);
    } finally {
      core.origin = null;
    }
  }

  #accountOf(route: Route, request: FastifyRequest): string | null {
    const accountId = headerOf(request, 'stripe-account');
    if (accountId === null) return null;
    if (route.isPerAccount !== true)
      throw unsupported('the Stripe-Account header on this call', 'stripe_account');
    if (this.parts.engines.core.store.accounts.get(accountId) !== undefined) return accountId;
    const message = `The provided key does not have access to account '${accountId}' (or that account does not exist).`;
    throw new Problem(message, { status: 403, code: 'account_invalid', stored: false });
  }

  /** Stripe tells a wrong key or version before it looks at anything else. */
  #admit(request: FastifyRequest): void {
    const key = keyOf(request);
    if (key === null) throw new Problem('You did not provide an API key.', { status: 401, stored: false });
    if (!/^(sk|rk)_test_/.test(key)) {
      const message = 'Invalid API Key provided: the sandbox takes test keys (sk_test_…) only.';
      throw new Problem(message, { status: 401, stored: false });
    }
    const version = headerOf(request, 'stripe-version') ?? this.parts.engines.core.apiVersion;
    if (version === this.parts.engines.core.apiVersion) return;
    throw new Problem(`Invalid Stripe API version: ${version}.`, { stored: false });
  }

  #refusal(error: unknown, requestId: string): Answer {
    const problem = error instanceof Problem ? error : serverFault(error);
    if (!(error instanceof Problem)) this.parts.note(error);
    const body = JSON.stringify(problem.envelope(requestId));
    return { status: problem.status, body, requestId, isStored: problem.stored, isReplay: false };
  }

  #head(reply: FastifyReply, request: FastifyRequest, requestId: string): FastifyReply {
    const key = headerOf(request, 'idempotency-key');
    reply.header('content-type', 'application/json').header('request-id', requestId);
    reply.header('stripe-version', this.parts.engines.core.apiVersion);
    return key === null ? reply : reply.header('idempotency-key', key);
  }

  #cut(reply: FastifyReply, request: FastifyRequest, requestId: string, fault: RequestFault): FastifyReply {
    this.#log(requestId, request, null, fault);
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }

  #truncate(reply: FastifyReply, request: FastifyRequest, requestId: string, answer: Answer): FastifyReply {
    this.#log(requestId, request, null, { fault: 'truncate' });
    reply.hijack();
    const body = Buffer.from(answer.body);
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'request-id': requestId,
    };
    reply.raw.writeHead(answer.status, headers);
    reply.raw.write(body.subarray(0, body.length >> 1), () => request.raw.socket.destroy());
    return reply;
  }

  #log(requestId: string, request: FastifyRequest, status: number | null, fault: RequestFault | null): void {
    const call = {
      requestId,
      method: request.method,
      path: pathOf(request),
      status,
      fault: fault?.fault ?? null,
    };
    this.parts.calls.note({ ...call, atMs: this.parts.engines.core.clock.nowMs() });
    request.log.debug(call, 'call');
  }
}

function refuseEarly(fault: RequestFault): void {
  if (fault.fault === 'lock') {
    const message =
      'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.';
    throw new Problem(message, { status: 409, code: 'lock_timeout', stored: false });
  }
  if (fault.fault !== 'error' || fault.status === 500) return;
  if (fault.status === 503)
    throw new Problem(SERVER_ERROR, { status: 503, type: 'api_error', stored: false });
  if (fault.status === 400)
    throw new Problem('Received unknown parameter', { code: 'parameter_unknown', stored: false });
  throw new Problem('Too many requests hit the API too quickly.', {
    status: 429,
    code: 'rate_limit',
    stored: false,
  });
}

function refuseUnmodelled(route: Route, params: Params): void {
  const name = params.names().find((given) => given !== 'expand' && !route.modelled.includes(given));
  if (name !== undefined) throw unsupported(`the parameter ${name} of ${route.method} ${route.path}`, name);
}

function unsupported(what: string, param: string): Problem {
  const message = `The sandbox does not model ${what}. Stripe may accept it; a test here would prove nothing.`;
  return new Problem(message, { code: 'sandbox_unsupported', param, stored: false });
}

/** A mistake of ours. Stripe's own 500s are kept under their key, so this one is too. */
function serverFault(error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return new Problem(why, { status: 500, type: 'api_error' });
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === '' ? null : text;
}

function keyOf(request: FastifyRequest): string | null {
  const [scheme, credentials] = (headerOf(request, 'authorization') ?? '').split(' ');
  if (credentials === undefined) return null;
  if (scheme === 'Basic') return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? null;
  return scheme === 'Bearer' ? credentials : null;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '/';
}

function queryOf(request: FastifyRequest): string {
  return request.url.split('?')[1] ?? '';
}

function bodyOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : '';
}
