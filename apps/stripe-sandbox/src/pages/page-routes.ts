import type { FastifyInstance, FastifyReply } from 'fastify';
import { idOf } from '../engine/core.js';
import type { Engines } from '../engine/engines.js';
import { qrPng, qrSvg } from '../engine/qr.js';
import { decodeForm } from '../http/form.js';
import { Problem } from '../http/problem.js';
import type { Control } from '../control/control.js';
import { PAGE_HEADERS } from './html.js';
import { payPage, type Outcome, type Payable } from './pay-page.js';

interface Named {
  readonly id: string;
}

const PAID: Outcome = { isGood: true, zh: '付款成功', en: 'Payment succeeded.' };

/** The pay page: what the buyer's phone shows when the code is scanned or the link opened. */
export class PayPages {
  constructor(
    private readonly engines: Engines,
    private readonly control: Control,
  ) {}

  mount(server: FastifyInstance): void {
    server.get<{ Params: Named }>('/pay/:id', ({ params: { id } }, reply) => this.#show(reply, id, []));
    server.get<{ Params: Named }>('/pay/:id/qr.png', ({ params: { id } }, reply) =>
      reply.type('image/png').send(qrPng(this.#urlOf(id))),
    );
    server.get<{ Params: Named }>('/pay/:id/qr.svg', async ({ params: { id } }, reply) =>
      reply.type('image/svg+xml').send(await qrSvg(this.#urlOf(id))),
    );
    server.post<{ Params: Named }>('/pay/:id/pay', ({ params: { id }, body }, reply) => {
      const method = decodeForm(typeof body === 'string' ? body : '')['method'];
      const outcome = this.#try(() =>
        this.control.authorise(id, typeof method === 'string' ? { method } : {}),
      );
      return outcome.isGood ? this.#leave(reply, id, 'succeeded') : this.#show(reply, id, [outcome]);
    });
    server.post<{ Params: Named }>('/pay/:id/twice', ({ params: { id } }, reply) => {
      const outcomes = [1, 2].map(() => this.#try(() => this.control.authorise(id)));
      return this.#show(reply, id, outcomes);
    });
    server.post<{ Params: Named }>('/pay/:id/decline', ({ params: { id } }, reply) => {
      this.#try(() => this.control.decline(id));
      const isSession = this.engines.core.store.sessions.get(id) !== undefined;
      const declined = { isGood: false, zh: '付款被拒绝', en: 'The payment was declined.' };
      return isSession ? this.#show(reply, id, [declined]) : this.#leave(reply, id, 'failed');
    });
    server.post<{ Params: Named }>('/pay/:id/expire', ({ params: { id } }, reply) => {
      this.#try(() => this.control.expire(id));
      return this.#show(reply, id, [{ isGood: false, zh: '付款已过期', en: 'The payment has expired.' }]);
    });
  }

  /** Back to the shop, with the words Stripe adds to the address. */
  #leave(reply: FastifyReply, id: string, status: 'failed' | 'succeeded'): FastifyReply {
    const payable = this.#payable(id);
    if (payable?.returnUrl === null || payable === null || !URL.canParse(payable.returnUrl)) {
      return reply.redirect(`/pay/${id}`, 303);
    }
    const url = new URL(payable.returnUrl);
    const intent = this.engines.core.store.paymentIntents.get(id);
    if (intent !== undefined) {
      url.searchParams.set('payment_intent', id);
      url.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
      url.searchParams.set('redirect_status', status);
    }
    return reply.redirect(url.href, 303);
  }

  #try(act: () => object): Outcome {
    try {
      act();
      return PAID;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const en = `Refused: ${error.message} (${error.details.code ?? error.type})`;
      return { isGood: false, zh: '被拒绝：这笔付款不能再付', en };
    }
  }

  #show(reply: FastifyReply, id: string, outcomes: readonly Outcome[]): FastifyReply {
    const payable = this.#payable(id);
    if (payable === null)
      return reply.code(404).type('text/plain; charset=utf-8').send('没有这笔付款 · No such payment');
    return reply.headers(PAGE_HEADERS).send(payPage(payable, outcomes));
  }

  #urlOf(id: string): string {
    return `${this.engines.core.publicUrl()}/pay/${id}`;
  }

  #payable(id: string): Payable | null {
    return id.startsWith('cs_') ? this.#session(id) : this.#intent(id);
  }

  #session(id: string): Payable | null {
    const session = this.engines.core.store.sessions.get(id);
    if (session === undefined) return null;
    const lines = this.engines.checkoutSessions.lineItems(id).map((item) => ({
      name: item.description ?? '',
      quantity: item.quantity ?? 1,
      amount: item.amount_total,
    }));
    return {
      id,
      kind: 'session',
      amount: session.amount_total ?? 0,
      currency: session.currency ?? '',
      state: session.status === 'open' ? 'open' : session.status === 'complete' ? 'paid' : 'closed',
      status: `${session.status ?? ''} / ${session.payment_status}`,
      lines,
      methods: session.payment_method_types,
      metadata: session.metadata ?? {},
      expiresAt: new Date(session.expires_at * 1000),
      returnUrl: session.success_url,
      cancelUrl: session.cancel_url,
    };
  }

  #intent(id: string): Payable | null {
    const { store } = this.engines.core;
    const intent = store.paymentIntents.get(id);
    if (intent === undefined) return null;
    const attempt = store.attempts.get(id);
    const method = store.paymentMethods.get(idOf(intent.payment_method) ?? '');
    const type = method?.type ?? intent.payment_method_types[0];
    const isPaid = intent.status === 'succeeded' || intent.status === 'requires_capture';
    const isOpen = intent.status === 'requires_action';
    const isTimed = isOpen && attempt !== undefined && attempt.expiresAtMs < Number.MAX_SAFE_INTEGER;
    return {
      id,
      kind: type === 'alipay' || type === 'wechat_pay' ? type : 'card',
      amount: intent.amount,
      currency: intent.currency,
      state: isPaid ? 'paid' : isOpen ? 'open' : 'closed',
      status: intent.status,
      lines: [],
      methods: [],
      metadata: intent.metadata,
      expiresAt: isTimed ? new Date(attempt.expiresAtMs) : null,
      returnUrl: attempt?.returnUrl ?? null,
      cancelUrl: null,
    };
  }
}
