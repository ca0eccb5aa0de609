import type { FastifyInstance } from 'fastify';
import type { Contract } from '../contract/contract.js';
import { BadPlan, type FaultPlan } from '../faults/plan.js';
import type { Settings } from '../engine/settings.js';
import { Problem } from '../http/problem.js';
import type { Control, SeedRequest } from './control.js';

interface Named {
  readonly id: string;
}

/** The same as `Control`, over HTTP with JSON bodies, for tests in other processes and for people with curl. */
export function mountControl(server: FastifyInstance, control: Control, contract: Contract): void {
  void server.register(
    async (scope) => {
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
        try {
          done(null, body === '' ? {} : JSON.parse(String(body)));
        } catch {
          done(new Problem('The body is not JSON.'));
        }
      });
      scope.setErrorHandler((error, request, reply) => {
        const isOurs = error instanceof Problem || error instanceof BadPlan;
        if (!isOurs) request.log.error(error);
        const status = error instanceof Problem ? error.status : isOurs ? 400 : 500;
        const message = error instanceof Error ? error.message : String(error);
        return reply.code(status).send({ error: { message } });
      });
      mountPayments(scope, control);
      mountMoney(scope, control);
      mountTime(scope, control);
      mountState(scope, control, contract);
    },
    { prefix: '/_sandbox' },
  );
}

function mountPayments(scope: FastifyInstance, control: Control): void {
  scope.post<{ Params: Named; Body?: { method?: string; force?: boolean } }>(
    '/payments/:id/authorise',
    (request) => control.authorise(request.params.id, request.body ?? {}),
  );
  scope.post<{ Params: Named }>('/payments/:id/decline', ({ params }) => control.decline(params.id));
  scope.post<{ Params: Named }>('/payments/:id/expire', ({ params }) => control.expire(params.id));
}

function mountMoney(scope: FastifyInstance, control: Control): void {
  scope.post<{ Params: Named }>('/refunds/:id/succeed', ({ params }) => control.finishRefund(params.id));
  scope.post<{ Params: Named; Body?: { reason?: string } }>('/refunds/:id/fail', ({ params, body }) =>
    control.failRefund(params.id, body?.reason),
  );
  scope.post<{ Body: { id: string; reason?: string; amount?: number } }>('/disputes', ({ body }) =>
    control.openDispute(body.id, body),
  );
  scope.post<{ Params: Named }>('/disputes/:id/win', ({ params }) => control.closeDispute(params.id, 'won'));
  scope.post<{ Params: Named }>('/disputes/:id/lose', ({ params }) =>
    control.closeDispute(params.id, 'lost'),
  );
  scope.post<{ Params: Named }>('/payouts/:id/pay', ({ params }) => control.payPayout(params.id));
  scope.post<{ Params: Named; Body?: { code?: string } }>('/payouts/:id/return', ({ params, body }) =>
    control.returnPayout(params.id, body?.code),
  );
  scope.post<{ Body?: { currency?: string } }>('/payouts/automatic', ({ body }) =>
    control.payOutAutomatically(body?.currency),
  );
  scope.patch<{ Params: Named; Body: { charges_enabled?: boolean; payouts_enabled?: boolean } }>(
    '/accounts/:id',
    ({ params, body }) => control.changeAccount(params.id, body),
  );
  scope.post('/balance/settle', () => control.settleBalances());
  scope.post<{ Body: { amount: number; currency?: string } }>('/balance/top_up', ({ body }) =>
    control.topUp(body.amount, body.currency),
  );
}

function mountTime(scope: FastifyInstance, control: Control): void {
  scope.get('/clock', () => ({ now: control.now }));
  scope.post<{ Body: { seconds: number } }>('/clock/advance', async ({ body }) => ({
    now: await control.advance(body.seconds),
  }));
  scope.post('/clock/freeze', () => {
    control.freeze();
    return { now: control.now };
  });
  scope.post('/clock/thaw', () => {
    control.thaw();
    return { now: control.now };
  });
}

function mountState(scope: FastifyInstance, control: Control, contract: Contract): void {
  scope.get('/health', () => ({ status: 'ok', contract: contract.state }));
  scope.get('/faults', () => control.faults);
  scope.put<{ Body: Partial<FaultPlan> }>('/faults', ({ body }) => control.break(body));
  scope.delete('/faults', () => control.break({}));
  scope.get('/settings', () => control.settings);
  scope.patch<{ Body: Partial<Settings> }>('/settings', ({ body }) => control.set(body));
  scope.put<{ Body: { url: string | null } }>('/webhook_url', ({ body }) => {
    control.pointWebhooksAt(body.url);
    return { url: body.url };
  });
  scope.get<{ Querystring: { type?: string } }>('/events', ({ query }) => ({
    data: control.events(query.type),
  }));
  scope.post<{ Params: Named }>('/events/:id/resend', ({ params }) => {
    control.resend(params.id);
    return { id: params.id };
  });
  scope.get('/deliveries', () => ({ data: control.deliveries() }));
  scope.get('/state', () => control.dump());
  scope.post('/reset', () => {
    control.reset();
    return { status: 'ok' };
  });
  scope.post<{ Body?: SeedRequest }>('/seed', ({ body }) => control.seed(body ?? {}));
}
