import type Stripe from 'stripe';
import { html, type Html, moneyText, page, safeUrl } from './html.js';

/** What the buyer is shown: an intent that waits for a wallet or a bank, or a Checkout Session. */
export interface Payable {
  readonly id: string;
  readonly kind: 'card' | 'alipay' | 'wechat_pay' | 'session';
  readonly amount: number;
  readonly currency: string;
  readonly state: 'open' | 'paid' | 'closed';
  /** Stripe's own word for the state, for whoever debugs. */
  readonly status: string;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly amount: number }[];
  readonly methods: readonly string[];
  readonly metadata: Stripe.Metadata;
  readonly expiresAt: Date | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
}

/** What came of one pressing of a button. */
export interface Outcome {
  readonly isGood: boolean;
  readonly zh: string;
  readonly en: string;
}

const BRANDS = {
  alipay: { zh: '支付宝', en: 'Alipay', colour: '#1677ff' },
  wechat_pay: { zh: '微信支付', en: 'WeChat Pay', colour: '#07a35a' },
  card: { zh: '银行卡验证', en: 'Card check', colour: '#3b4a6b' },
  session: { zh: '收银台', en: 'Checkout', colour: '#b4572b' },
} as const;

const METHODS: Readonly<Record<string, readonly { value: string; zh: string; en: string }[]>> = {
  card: [
    { value: 'pm_card_visa', zh: '银行卡 4242（成功）', en: 'card 4242, approved' },
    { value: 'pm_card_chargeDeclined', zh: '银行卡 0002（拒绝）', en: 'card 0002, declined' },
    {
      value: 'pm_card_chargeDeclinedInsufficientFunds',
      zh: '银行卡 9995（余额不足）',
      en: 'card 9995, no funds',
    },
  ],
  alipay: [{ value: 'alipay', zh: '支付宝', en: 'Alipay' }],
  wechat_pay: [{ value: 'wechat_pay', zh: '微信支付', en: 'WeChat Pay' }],
};

const STATES = {
  open: { zh: '待付款', en: 'waiting for you' },
  paid: { zh: '已付款', en: 'paid' },
  closed: { zh: '已关闭，不能再付款', en: 'closed, it cannot be paid any more' },
} as const;

const STYLE = `
:root { color-scheme: light; --ink: #1d2430; --soft: #667085; --line: #e4e7ec; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: #f3f4f6; color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
.note { background: #fff7e0; color: #7a5200; text-align: center; padding: .5rem 1rem; font-size: .8125rem; }
main { max-width: 26rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
.card { background: #fff; border-radius: 1rem; overflow: hidden; box-shadow: 0 1px 3px rgb(16 24 40 / .12); }
header { background: var(--brand); color: #fff; padding: 1.25rem; text-align: center; }
header h1 { margin: 0; font-size: 1rem; font-weight: 600; }
header .amount { margin: .25rem 0 0; font-size: 2.5rem; font-weight: 700; font-variant-numeric: tabular-nums; }
header p { margin: 0; opacity: .9; font-size: .875rem; }
section { padding: 1rem 1.25rem; border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; margin: 0; font-size: .875rem; }
dt { color: var(--soft); } dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
form { margin: 0 0 .625rem; }
button, .button { display: block; width: 100%; min-height: 3rem; padding: .5rem 1rem; border-radius: .625rem;
  border: 1px solid var(--line); background: #fff; color: var(--ink); font: inherit; text-align: center;
  text-decoration: none; cursor: pointer; }
button small, .button small { display: block; color: var(--soft); font-size: .75rem; line-height: 1.2; }
button.main { background: var(--brand); border-color: var(--brand); color: #fff; font-weight: 600; }
button.main small { color: rgb(255 255 255 / .85); }
button:focus-visible, .button:focus-visible, input:focus-visible { outline: 3px solid #f0b429; outline-offset: 2px; }
label { display: block; padding: .375rem 0; } label small { color: var(--soft); }
.outcome { padding: .75rem 1.25rem; border-top: 1px solid var(--line); }
.good { background: #e9f9ef; } .bad { background: #fdecea; }
.outcome small { display: block; color: var(--soft); }
`;

export function payPage(payable: Payable, outcomes: readonly Outcome[]): string {
  const brand = BRANDS[payable.kind];
  const amount = moneyText(payable.amount, payable.currency);
  const state = STATES[payable.state];
  const body = html`<p class="note" style="margin:0">沙箱：不会真正扣款 · Sandbox: nobody is charged</p>
    <main style="--brand:${brand.colour}">
      <div class="card">
        <header>
          <h1>${brand.zh} · ${brand.en}</h1>
          <p class="amount">${amount}</p>
          <p>${state.zh} · ${state.en}</p>
        </header>
        ${outcomes.map(outcomeBox)}
        ${payable.lines.length > 0 && html`<section><dl>${payable.lines.map((line) => lineRow(line, payable.currency))}</dl></section>`}
        <section><dl>${factsOf(payable)}</dl></section>
        <section>${payable.state === 'open' ? openActions(payable) : wayBack(payable)}</section>
      </div>
    </main>`;
  return page(`${brand.zh} ${amount}`, STYLE, body);
}

function outcomeBox({ isGood, zh, en }: Outcome): Html {
  return html`<div class="outcome ${isGood ? 'good' : 'bad'}" role="status">${zh}<small>${en}</small></div>`;
}

function lineRow(line: Payable['lines'][number], currency: string): Html {
  return html`<dt>${line.name} × ${line.quantity}</dt>
    <dd>${moneyText(line.amount, currency)}</dd>`;
}

function factsOf(payable: Payable): readonly Html[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['编号 Number', payable.id],
    ['状态 Status', payable.status],
    [
      '有效期 Valid until',
      payable.expiresAt?.toISOString().replace('T', ' ').slice(0, 16).concat(' UTC') ?? null,
    ],
    ...Object.entries(payable.metadata),
  ];
  return facts.map(([name, value]) =>
    value === null
      ? html``
      : html`<dt>${name}</dt>
          <dd>${value}</dd>`,
  );
}

function openActions(payable: Payable): Html {
  const base = `/pay/${payable.id}`;
  const pay = html`<form method="post" action="${base}/pay">
    ${payable.kind === 'session' && methodChoice(payable.methods)}
    <button class="main" type="submit">确认付款<small>Pay</small></button>
  </form>`;
  const cancelUrl = safeUrl(payable.cancelUrl);
  return html`${pay} ${button(`${base}/twice`, '重复付款', 'Pay twice: submits the payment two times')}
  ${button(`${base}/decline`, '拒绝付款', 'Decline')} ${button(`${base}/expire`, '让它过期', 'Let it expire')}
  ${cancelUrl !== null && html`<a class="button" href="${cancelUrl}">返回商家<small>Back to the shop</small></a>`}`;
}

function methodChoice(types: readonly string[]): readonly Html[] {
  const choices = types.flatMap((type) => METHODS[type] ?? []);
  return choices.map(
    ({ value, zh, en }, index) =>
      html`<label
        ><input type="radio" name="method" value="${value}" ${index === 0 && html`checked`} /> ${zh}
        <small>${en}</small></label
      >`,
  );
}

function button(action: string, zh: string, en: string): Html {
  return html`<form method="post" action="${action}">
    <button type="submit">${zh}<small>${en}</small></button>
  </form>`;
}

function wayBack(payable: Payable): Html {
  const url = safeUrl(payable.returnUrl);
  if (url === null) return html`可以关闭此页面。<br /><small>You may close this page.</small>`;
  return html`<a class="button" href="${url}">返回商家<small>Back to the shop</small></a>`;
}
