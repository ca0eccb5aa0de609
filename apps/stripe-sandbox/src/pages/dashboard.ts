import type Stripe from 'stripe';
import type { Delivery, Parcel } from '../engine/store.js';
import type { FaultPlan } from '../faults/plan.js';
import type { LoggedCall } from '../http/call-log.js';
import { html, type Html, moneyText, page } from './html.js';

const REFRESH_SECONDS = 5;

export interface Overview {
  readonly balance: Stripe.Balance;
  readonly calls: readonly LoggedCall[];
  readonly contract: string;
  readonly deliveries: readonly Delivery[];
  readonly faults: FaultPlan;
  readonly intents: readonly Stripe.PaymentIntent[];
  readonly now: Date;
  readonly isFrozen: boolean;
  readonly parcels: readonly Parcel[];
  readonly refunds: readonly Stripe.Refund[];
  readonly sessions: readonly Stripe.Checkout.Session[];
  readonly apiVersion: string;
  readonly webhookUrl: string | null;
}

const STYLE = `
* { box-sizing: border-box; }
body { margin: 0; background: #f3f4f6; color: #1d2430;
  font: 14px/1.45 system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
header { background: #2b3350; color: #fff; padding: 1rem 1.5rem; }
header h1 { margin: 0; font-size: 1.125rem; } header p { margin: .25rem 0 0; opacity: .85; }
main { display: grid; gap: 1rem; padding: 1rem 1.5rem; max-width: 90rem; margin: 0 auto;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
section { background: #fff; border-radius: .75rem; padding: 1rem; overflow-x: auto; box-shadow: 0 1px 3px rgb(16 24 40 / .1); }
h2 { margin: 0 0 .5rem; font-size: 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .5rem; border-top: 1px solid #e4e7ec; }
th { color: #667085; font-weight: 500; border: 0; } td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, pre { font: 12px/1.4 ui-monospace, Consolas, monospace; } pre { margin: 0; white-space: pre-wrap; }
.empty { color: #667085; }
`;

/** Everything at a glance, again every few seconds. */
export function dashboard(overview: Overview): string {
  const { now, isFrozen, apiVersion, contract, webhookUrl } = overview;
  const clock = `${now.toISOString()}${isFrozen ? '（静止 frozen）' : ''}`;
  const body = html`<header>
      <h1>Stripe 沙箱 · Stripe sandbox</h1>
      <p>${clock} · API ${apiVersion} · 契约 contract: ${contract} · webhooks → ${webhookUrl ?? '无 none'}</p>
    </header>
    <main>
      ${section('支付 Payments', ['编号 id', '状态 status', '方式 method', '金额 amount'], overview.intents.map(intentRow))}
      ${section('收银台 Checkout', ['编号 id', '状态 status', '付款 payment', '金额 amount'], overview.sessions.map(sessionRow))}
      ${section('通知 Webhook deliveries', ['事件 event', '状态 state', '次数 tries', '回应 answer', '故障 fault'], overview.deliveries.map(deliveryRow))}
      ${section('退款 Refunds', ['编号 id', '状态 status', '金额 amount'], overview.refunds.map(refundRow))}
      ${section('包裹 Parcels', ['单号 number', '到哪里 last', '还有 ahead'], overview.parcels.map(parcelRow))}
      ${section('余额 Balance', ['币种 currency', '可用 available', '待入账 pending'], balanceRows(overview.balance))}
      ${section('调用 Calls', ['请求 request', '结果 status', '故障 fault'], overview.calls.map(callRow))}
      <section>
        <h2>故障计划 Fault plan</h2>
        <pre>${JSON.stringify(overview.faults, null, 2)}</pre>
      </section>
    </main>`;
  return page('Stripe 沙箱', STYLE, body, REFRESH_SECONDS);
}

function section(title: string, heads: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0)
    return html`<section>
      <h2>${title}</h2>
      <p class="empty">还没有 · nothing yet</p>
    </section>`;
  const head = heads.map((name) => html`<th scope="col">${name}</th>`);
  return html`<section>
    <h2>${title}</h2>
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function intentRow(intent: Stripe.PaymentIntent): Html {
  const link = html`<a href="/pay/${intent.id}"><code>${intent.id}</code></a>`;
  const amount = moneyText(intent.amount, intent.currency);
  return html`<tr>
    <td>${link}</td>
    <td>${intent.status}</td>
    <td>${intent.payment_method_types.join(' ')}</td>
    <td class="n">${amount}</td>
  </tr>`;
}

function sessionRow(session: Stripe.Checkout.Session): Html {
  const link = html`<a href="/pay/${session.id}"><code>${session.id}</code></a>`;
  const amount = moneyText(session.amount_total ?? 0, session.currency ?? '');
  return html`<tr>
    <td>${link}</td>
    <td>${session.status ?? ''}</td>
    <td>${session.payment_status}</td>
    <td class="n">${amount}</td>
  </tr>`;
}

function deliveryRow(delivery: Delivery): Html {
  const { eventType, eventId, state, attempts, lastAnswer, fault } = delivery;
  return html`<tr>
    <td>${eventType}<br /><code>${eventId}</code></td>
    <td>${state}</td>
    <td class="n">${attempts}</td>
    <td>${lastAnswer}</td>
    <td>${fault}</td>
  </tr>`;
}

function refundRow(refund: Stripe.Refund): Html {
  const status = `${refund.status ?? ''}${refund.pending_reason === undefined ? '' : ` (${refund.pending_reason})`}`;
  const amount = moneyText(refund.amount, refund.currency);
  return html`<tr>
    <td><code>${refund.id}</code></td>
    <td>${status}</td>
    <td class="n">${amount}</td>
  </tr>`;
}

function parcelRow({ carrier, trackingNo, isVoid, isTravelling, ahead, events }: Parcel): Html {
  const last = events.at(-1);
  const state = isVoid ? '作废 void' : isTravelling ? '等揽收 waits' : '未发出 not sent';
  return html`<tr>
    <td><code>${carrier} ${trackingNo}</code></td>
    <td>${last === undefined ? state : `${last.kind} ${last.place}`}</td>
    <td class="n">${ahead.length}</td>
  </tr>`;
}

function balanceRows({ available, pending }: Stripe.Balance): readonly Html[] {
  return available.map(({ currency, amount }) => {
    const later = pending.find((line) => line.currency === currency)?.amount ?? 0;
    return html`<tr>
      <td>${currency}</td>
      <td class="n">${moneyText(amount, currency)}</td>
      <td class="n">${moneyText(later, currency)}</td>
    </tr>`;
  });
}

function callRow({ method, path, status, fault, requestId }: LoggedCall): Html {
  const result = status === null ? '断开 cut' : String(status);
  return html`<tr id="${requestId}">
    <td><code>${method} ${path}</code></td>
    <td class="n">${result}</td>
    <td>${fault}</td>
  </tr>`;
}
