import { inflateSync } from 'node:zlib';
import QRCode from 'qrcode';
import { present } from '#libs/kernel';
import { alipay, checkout, closeAfterEach, refusal, RETURN_URL, stand, wechat } from './stand.js';

closeAfterEach();

const fail = (work: () => unknown) => expect(work).toThrow(/You cannot|can no longer/);

describe('a wallet payment', () => {
  it.each([
    ['Alipay', alipay()],
    ['WeChat Pay', wechat()],
  ])('by %s is paid by its buyer, once', async (_name, params) => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(params);
    sandbox.control.authorise(id);
    const paid = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] });
    expect(paid).toMatchObject({
      status: 'succeeded',
      amount_received: 7_670,
      next_action: null,
      latest_charge: {
        paid: true,
        balance_transaction: { amount: 7_670, fee: 169, net: 7_501, type: 'payment' },
      },
    });
    fail(() => sandbox.control.authorise(id));
    expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
  });

  it('is declined by its buyer, and can be tried again with another method', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(
      alipay(500, { allowed_payment_method_types: ['alipay', 'wechat_pay'] }),
    );
    sandbox.control.decline(id);
    const declined = await stripe.paymentIntents.retrieve(id);
    expect(declined).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_method_customer_decline' },
    });
    const again = await stripe.paymentIntents.confirm(id, {
      payment_method_data: { type: 'wechat_pay' },
      payment_method_options: { wechat_pay: { client: 'web' } },
    });
    expect(again.next_action?.type).toBe('wechat_pay_display_qr_code');
    sandbox.control.authorise(id);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  });

  it('waits an hour, and then no longer (B16)', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(wechat());
    await sandbox.control.advance(3_599);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_action');
    await sandbox.control.advance(2);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_payment_attempt_expired' },
    });
    fail(() => sandbox.control.authorise(id));
  });

  it('cannot be paid once cancelled, unless a test insists', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(alipay());
    await stripe.paymentIntents.cancel(id);
    fail(() => sandbox.control.authorise(id));
    sandbox.control.authorise(id, { force: true });
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  });

  it('cannot be held for capture', async () => {
    const { stripe } = await stand();
    const error = await refusal(stripe.paymentIntents.create(alipay(500, { capture_method: 'manual' })));
    expect(error).toMatchObject({ statusCode: 400, param: 'capture_method' });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  it('must be among the methods the intent may use', async () => {
    const { stripe } = await stand();
    const error = await refusal(
      stripe.paymentIntents.create(alipay(500, { allowed_payment_method_types: ['card'] })),
    );
    expect(error.code).toBe('payment_intent_incompatible_payment_method');
  });

  it('opens the app on a phone', async () => {
    const { sandbox, stripe } = await stand();
    const onPhone = { ...wechat(), payment_method_options: { wechat_pay: { client: 'ios' as const } } };
    const intent = await stripe.paymentIntents.create(onPhone);
    expect(intent.next_action?.wechat_pay_redirect_to_ios_app?.native_url).toBe(
      `${sandbox.url}/pay/${intent.id}`,
    );
  });
});

describe('the WeChat code', () => {
  /** Reads the one-bit PNG back into dark and light, a module at a time. */
  function modulesOf(png: Buffer, quiet: number, scale: number, size: number): readonly number[] {
    const side = png.readUInt32BE(16);
    const length = png.readUInt32BE(33);
    const pixels = inflateSync(png.subarray(41, 41 + length));
    const rowBytes = Math.ceil(side / 8) + 1;
    expect(side).toBe((size + 2 * quiet) * scale);
    return Array.from({ length: size * size }, (_, index) => {
      const y = (Math.floor(index / size) + quiet) * scale + scale / 2;
      const x = ((index % size) + quiet) * scale + scale / 2;
      return (present(pixels[y * rowBytes + 1 + (x >> 3)], 'a byte') >> (7 - (x & 7))) & 1 ? 0 : 1;
    });
  }

  it('is a picture of the address it stands for', async () => {
    const { sandbox, stripe } = await stand();
    const { next_action: action } = await stripe.paymentIntents.create(wechat());
    const code = present(action?.wechat_pay_display_qr_code, 'the code');
    const png = Buffer.from(code.image_data_url.split(',')[1] ?? '', 'base64');
    const wanted = QRCode.create(code.data, { errorCorrectionLevel: 'M' }).modules;
    expect(modulesOf(png, 4, 6, wanted.size)).toEqual([...wanted.data].map(Number));
    expect(code.data.startsWith(`${sandbox.url}/pay/pi_`)).toBe(true);
    const served = Buffer.from(await (await fetch(code.image_url_png)).arrayBuffer());
    expect(served.equals(png)).toBe(true);
    expect(await (await fetch(code.image_url_svg)).text()).toContain('<svg');
  });
});

describe('the pay page', () => {
  const submit = (url: string, act: string, body = '') =>
    fetch(`${url}/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      redirect: 'manual',
    });

  it('shows what is to be paid, in Chinese first, without any script', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(
      alipay(7_670, { metadata: { note: '<script>alert(1)</script>' } }),
    );
    const response = await fetch(`${sandbox.url}/pay/${id}`);
    const text = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('lang="zh-CN"');
    expect(text).toContain('¥76.70');
    expect(text).toMatch(/支付宝 · Alipay/);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('<script');
    for (const act of ['pay', 'twice', 'decline', 'expire'])
      expect(text).toContain(`action="/pay/${id}/${act}"`);
    expect((await fetch(`${sandbox.url}/pay/pi_nothing`)).status).toBe(404);
  });

  it('pays, and sends the buyer back with the word of it', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(alipay());
    const response = await submit(`${sandbox.url}/pay/${id}`, 'pay');
    expect(response.status).toBe(303);
    const back = new URL(present(response.headers.get('location'), 'a way back'));
    expect(back.origin + back.pathname).toBe(RETURN_URL);
    expect(back.searchParams.get('redirect_status')).toBe('succeeded');
    expect(back.searchParams.get('payment_intent')).toBe(id);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  });

  it('stays where nobody named a way back', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(wechat());
    const response = await submit(`${sandbox.url}/pay/${id}`, 'pay');
    expect(response.headers.get('location')).toBe(`/pay/${id}`);
    expect(await (await fetch(`${sandbox.url}/pay/${id}`)).text()).toContain('已付款');
  });

  it('declines, and lets expire', async () => {
    const { sandbox, stripe } = await stand();
    const declined = await stripe.paymentIntents.create(alipay());
    const response = await submit(`${sandbox.url}/pay/${declined.id}`, 'decline');
    expect(response.headers.get('location')).toContain('redirect_status=failed');
    const expired = await stripe.paymentIntents.create(alipay());
    expect(await (await submit(`${sandbox.url}/pay/${expired.id}`, 'expire')).text()).toContain('付款已过期');
    const both = await Promise.all([declined.id, expired.id].map((id) => stripe.paymentIntents.retrieve(id)));
    expect(both.map((intent) => intent.last_payment_error?.code)).toEqual([
      'payment_method_customer_decline',
      'payment_intent_payment_attempt_expired',
    ]);
  });

  it('paid twice pays once and says so', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(alipay());
    const text = await (await submit(`${sandbox.url}/pay/${id}`, 'twice')).text();
    expect(text).toContain('付款成功');
    expect(text).toContain('payment_intent_unexpected_state');
    expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
  });

  it('in two tabs with two intents takes the money twice, as B18 needs', async () => {
    const { sandbox, stripe } = await stand();
    const intents = [
      await stripe.paymentIntents.create(alipay(10_000)),
      await stripe.paymentIntents.create(alipay(10_000)),
    ];
    await Promise.all(intents.map(({ id }) => submit(`${sandbox.url}/pay/${id}`, 'pay')));
    const { data } = await stripe.charges.list({ transfer_group: 'ord_1' });
    expect(data.map(({ amount, paid }) => [amount, paid])).toEqual([
      [10_000, true],
      [10_000, true],
    ]);
  });

  it('does not link to anything a browser would execute', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(alipay(500, { return_url: 'javascript:alert(1)' }));
    sandbox.control.authorise(id);
    expect(await (await fetch(`${sandbox.url}/pay/${id}`)).text()).not.toContain('javascript:');
  });

  it('of a Checkout Session takes a card, refuses another, and returns to the shop', async () => {
    const { stripe } = await stand();
    const session = await stripe.checkout.sessions.create(
      checkout({ allowed_payment_method_types: ['card'] }),
    );
    const text = await (await fetch(present(session.url, 'a page'))).text();
    expect(text).toContain('炎陵黄桃 5 斤装 × 2');
    expect(text).toContain('href="https://shop.example/cart"');
    const refused = await submit(present(session.url, 'a page'), 'pay', 'method=pm_card_chargeDeclined');
    expect(await refused.text()).toContain('card_declined');
    const paid = await submit(present(session.url, 'a page'), 'pay', 'method=pm_card_visa');
    expect(paid.headers.get('location')).toBe(`https://shop.example/paid?session=${session.id}`);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: { status: 'succeeded' },
    });
  });
});

describe('the dashboard', () => {
  it('shows payments, webhooks, balance, calls and the fault plan', async () => {
    const { sandbox, stripe } = await stand();
    const { id } = await stripe.paymentIntents.create(alipay());
    sandbox.control.authorise(id);
    sandbox.control.break({ seed: 7, webhooks: [{ type: 'payout.*', fault: 'drop' }] });
    await sandbox.control.idle();
    const text = await (await fetch(`${sandbox.url}/`)).text();
    for (const shown of [
      id,
      'payment_intent.succeeded',
      'delivered',
      '¥100,000.00',
      'POST /v1/payment_intents',
      'payout.*',
    ]) {
      expect(text).toContain(shown);
    }
  });
});
