import type Stripe from 'stripe';
import { alipay, card, closeAfterEach, refusal, stand, type Stand } from './stand.js';

closeAfterEach();

const DAY = 86_400;

async function account({ stripe }: Stand): Promise<string> {
  const capabilities = { transfers: { requested: true } };
  return (
    await stripe.accounts.create({
      type: 'custom',
      country: 'HK',
      capabilities,
      metadata: { merchant: 'mer_1' },
    })
  ).id;
}

async function sale({ sandbox, stripe }: Stand, amount = 10_000): Promise<Stripe.Charge> {
  const { id } = await stripe.paymentIntents.create(alipay(amount));
  sandbox.control.authorise(id);
  const { latest_charge: charge } = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  return charge as Stripe.Charge;
}

const cny = (lines: readonly { amount: number; currency: string }[]) =>
  lines.find(({ currency }) => currency === 'cny')?.amount;

describe('the balance', () => {
  it('is pending first, and available two days on', async () => {
    const table = await stand({ openingFloat: 0 });
    const { sandbox, stripe } = table;
    await sale(table);
    const early = await stripe.balance.retrieve();
    expect([cny(early.available), cny(early.pending)]).toEqual([0, 9_780]);
    await sandbox.control.advance(2 * DAY);
    const later = await stripe.balance.retrieve();
    expect([cny(later.available), cny(later.pending)]).toEqual([9_780, 0]);
    expect(sandbox.control.events('balance.available')).toHaveLength(1);
  });

  it('can be settled by hand', async () => {
    const table = await stand({ openingFloat: 0 });
    await sale(table);
    expect(cny(table.sandbox.control.settleBalances().available)).toBe(9_780);
  });

  it('is the sum of its transactions, through sales, refunds, transfers and payouts', async () => {
    const table = await stand();
    const { sandbox, stripe } = table;
    const charge = await sale(table);
    await stripe.refunds.create({ charge: charge.id, amount: 2_500 });
    const destination = await account(table);
    const transfer = await stripe.transfers.create({ amount: 1_000, currency: 'cny', destination });
    await stripe.transfers.createReversal(transfer.id, { amount: 400 });
    const payout = await stripe.payouts.create({ amount: 3_000, currency: 'cny' });
    sandbox.control.returnPayout(payout.id);
    const transactions: Stripe.BalanceTransaction[] = [];
    for await (const one of stripe.balanceTransactions.list({ limit: 3 })) transactions.push(one);
    expect(transactions.map(({ type, net }) => [type, net])).toEqual([
      ['payout_failure', 3_000],
      ['payout', -3_000],
      ['transfer_refund', 400],
      ['transfer', -1_000],
      ['payment_refund', -2_500],
      ['payment', 9_780],
      ['topup', 10_000_000],
    ]);
    const balance = await stripe.balance.retrieve();
    const total = transactions.reduce((sum, { net }) => sum + net, 0);
    expect((cny(balance.available) ?? 0) + (cny(balance.pending) ?? 0)).toBe(total);
  });

  it('lists by source, by type and by time', async () => {
    const table = await stand();
    const { sandbox, stripe } = table;
    sandbox.control.freeze();
    const charge = await sale(table);
    await sandbox.control.advance(100);
    const other = await sale(table, 500);
    const bySource = await stripe.balanceTransactions.list({ source: charge.id, expand: ['data.source'] });
    expect(bySource.data).toMatchObject([
      { source: { id: charge.id, object: 'charge' }, reporting_category: 'charge' },
    ]);
    const byType = await stripe.balanceTransactions.list({ type: 'payment' });
    expect(byType.data.map(({ source }) => source)).toEqual([other.id, charge.id]);
    const byTime = await stripe.balanceTransactions.list({
      type: 'payment',
      created: { gt: charge.created + 50 },
    });
    expect(byTime.data.map(({ source }) => source)).toEqual([other.id]);
    const exactly = await stripe.balanceTransactions.list({ type: 'payment', created: charge.created });
    expect(exactly.data.map(({ source }) => source)).toEqual([charge.id]);
  });

  it('settles CNY into another currency where so set', async () => {
    const table = await stand({ settings: { settlementCurrency: 'hkd', exchangeRate: 1.08 } });
    const { stripe } = table;
    const charge = await sale(table);
    const { data } = await stripe.balanceTransactions.list({ source: charge.id });
    // 10800 in HKD; 2.2 % of it is 237.6.
    expect(data).toMatchObject([
      { amount: 10_800, currency: 'hkd', exchange_rate: 1.08, fee: 238, net: 10_562 },
    ]);
    const refund = await stripe.refunds.create({
      charge: charge.id,
      amount: 5_000,
      expand: ['balance_transaction'],
    });
    expect(refund).toMatchObject({
      currency: 'cny',
      balance_transaction: { amount: -5_400, currency: 'hkd' },
    });
  });

  it('may learn the fee of a charge only later', async () => {
    const table = await stand({ settings: { balanceTransactionDelaySeconds: 60 } });
    const { sandbox, stripe } = table;
    const charge = await sale(table);
    expect(charge.balance_transaction).toBeNull();
    await sandbox.control.advance(60);
    expect((await stripe.charges.retrieve(charge.id)).balance_transaction).toMatch(/^txn_/);
    expect(sandbox.control.events('charge.updated')).toMatchObject([
      { data: { previous_attributes: { balance_transaction: null } } },
    ]);
  });
});

describe('transfers', () => {
  it('need money that is available, unless they wait for a charge', async () => {
    const table = await stand({ openingFloat: 0 });
    const { sandbox, stripe } = table;
    const destination = await account(table);
    const charge = await sale(table);
    const short = await refusal(stripe.transfers.create({ amount: 500, currency: 'cny', destination }));
    expect(short).toMatchObject({ statusCode: 400, code: 'balance_insufficient' });
    const waiting = await stripe.transfers.create({
      amount: 6_000,
      currency: 'cny',
      destination,
      source_transaction: charge.id,
      transfer_group: 'ord_1',
    });
    expect(waiting).toMatchObject({ amount: 6_000, source_transaction: charge.id, reversed: false });
    const over = { amount: 4_001, currency: 'cny', destination, source_transaction: charge.id };
    expect((await refusal(stripe.transfers.create(over))).code).toBe('charge_exceeds_source_limit');
    const there = await stripe.balance.retrieve({}, { stripeAccount: destination });
    expect([cny(there.available) ?? 0, cny(there.pending)]).toEqual([0, 6_000]);
    await sandbox.control.advance(2 * DAY);
    expect(cny((await stripe.balance.retrieve({}, { stripeAccount: destination })).available)).toBe(6_000);
    expect((await stripe.transfers.list({ transfer_group: 'ord_1' })).data).toHaveLength(1);
  });

  it('are reversed in parts, never beyond, and only from what the account has', async () => {
    const table = await stand();
    const { stripe } = table;
    const destination = await account(table);
    const { id } = await stripe.transfers.create({ amount: 1_000, currency: 'cny', destination });
    const first = await stripe.transfers.createReversal(id, { amount: 300 });
    expect(first).toMatchObject({ object: 'transfer_reversal', amount: 300, transfer: id });
    expect((await refusal(stripe.transfers.createReversal(id, { amount: 701 }))).code).toBe(
      'amount_too_large',
    );
    await stripe.payouts.create({ amount: 500, currency: 'cny' }, { stripeAccount: destination });
    expect((await refusal(stripe.transfers.createReversal(id, { amount: 300 }))).code).toBe(
      'balance_insufficient',
    );
    await stripe.transfers.createReversal(id, { amount: 200 });
    const transfer = await stripe.transfers.retrieve(id);
    expect(transfer).toMatchObject({ amount_reversed: 500, reversed: false });
    expect(transfer.reversals.data.map(({ amount }) => amount)).toEqual([200, 300]);
    expect((await stripe.transfers.listReversals(id)).data).toHaveLength(2);
    expect((await stripe.transfers.retrieveReversal(id, first.id)).amount).toBe(300);
  });

  it('go only to accounts that may receive them', async () => {
    const { stripe } = await stand();
    const { id } = await stripe.accounts.create({ type: 'custom', country: 'HK' });
    const error = await refusal(stripe.transfers.create({ amount: 500, currency: 'cny', destination: id }));
    expect(error.code).toBe('insufficient_capabilities_for_transfer');
    await stripe.accounts.update(id, { capabilities: { transfers: { requested: true } } });
    expect(await stripe.transfers.create({ amount: 500, currency: 'cny', destination: id })).toMatchObject({
      amount: 500,
    });
    expect(
      (await refusal(stripe.transfers.create({ amount: 500, currency: 'cny', destination: 'acct_no' })))
        .statusCode,
    ).toBe(404);
  });
});

describe('payouts', () => {
  it('reach the bank, or are cancelled before, or come back after', async () => {
    const table = await stand();
    const { sandbox, stripe } = table;
    const [arriving, cancelled] = await Promise.all(
      [1, 2].map((n) => stripe.payouts.create({ amount: n * 1_000, currency: 'cny' })),
    );
    expect(arriving).toMatchObject({
      status: 'pending',
      automatic: false,
      reconciliation_status: 'not_applicable',
    });
    expect(await stripe.payouts.cancel(cancelled?.id ?? '')).toMatchObject({ status: 'canceled' });
    await sandbox.control.advance(DAY);
    expect(await stripe.payouts.retrieve(arriving?.id ?? '')).toMatchObject({ status: 'paid' });
    expect((await refusal(stripe.payouts.cancel(arriving?.id ?? ''))).statusCode).toBe(400);
    sandbox.control.returnPayout(arriving?.id ?? '', 'account_closed');
    const returned = await stripe.payouts.retrieve(arriving?.id ?? '', {
      expand: ['failure_balance_transaction'],
    });
    expect(returned).toMatchObject({
      status: 'failed',
      failure_code: 'account_closed',
      failure_balance_transaction: { amount: 1_000, type: 'payout_failure' },
    });
    expect(cny((await stripe.balance.retrieve()).available)).toBe(10_000_000);
    expect((await stripe.payouts.list({ status: 'canceled' })).data).toHaveLength(1);
  });

  it('do not exceed what is available', async () => {
    const { stripe } = await stand({ openingFloat: 99 });
    const error = await refusal(stripe.payouts.create({ amount: 100, currency: 'cny' }));
    expect(error.code).toBe('balance_insufficient');
  });

  it('made by Stripe’s schedule say what they paid out', async () => {
    const table = await stand({ openingFloat: 0 });
    const { sandbox, stripe } = table;
    const charge = await sale(table);
    await sandbox.control.advance(2 * DAY);
    await sale(table, 500);
    const { id } = sandbox.control.payOutAutomatically();
    const inside = await stripe.balanceTransactions.list({ payout: id });
    expect(inside.data.map(({ type, net }) => [type, net])).toEqual([
      ['payout', -9_780],
      ['payment', 9_780],
    ]);
    expect(inside.data[1]?.source).toBe(charge.id);
    sandbox.control.payPayout(id);
    expect(await stripe.payouts.retrieve(id)).toMatchObject({
      automatic: true,
      reconciliation_status: 'completed',
    });
    expect(sandbox.control.events('payout.reconciliation_completed')).toHaveLength(1);
  });

  it('are refused to an account that may not have them', async () => {
    const table = await stand();
    const { sandbox, stripe } = table;
    const stripeAccount = await account(table);
    sandbox.control.changeAccount(stripeAccount, { payouts_enabled: false });
    const error = await refusal(stripe.payouts.create({ amount: 100, currency: 'cny' }, { stripeAccount }));
    expect(error.code).toBe('payouts_not_allowed');
    expect(sandbox.control.events('account.updated')).toMatchObject([{ account: stripeAccount }]);
    const stranger = await refusal(stripe.balance.retrieve({}, { stripeAccount: 'acct_stranger' }));
    expect(stranger.statusCode).toBe(403);
  });
});

describe('disputes', () => {
  it('take what was not refunded, and a fee that never returns (E5, E6)', async () => {
    const table = await stand();
    const { sandbox, stripe, receiver } = table;
    const { id: intentId } = await stripe.paymentIntents.create(card());
    await stripe.refunds.create({ payment_intent: intentId, amount: 2_500 });
    const { id } = sandbox.control.openDispute(intentId, { reason: 'product_not_received' });
    const open = await stripe.disputes.retrieve(id);
    expect(open).toMatchObject({
      amount: 7_500,
      reason: 'product_not_received',
      status: 'needs_response',
      balance_transactions: [{ amount: -7_500, fee: 1_500, net: -9_000 }],
    });
    const refund = await refusal(stripe.refunds.create({ payment_intent: intentId, amount: 100 }));
    expect(refund.code).toBe('refund_disputed_payment');
    const answered = await stripe.disputes.update(id, { evidence: { uncategorized_text: '已签收' } });
    expect(answered).toMatchObject({
      status: 'under_review',
      evidence_details: { has_evidence: true, submission_count: 1 },
    });
    sandbox.control.closeDispute(id, 'won');
    const won = await stripe.disputes.retrieve(id);
    expect(won.balance_transactions.map(({ net }) => net)).toEqual([-9_000, 7_500]);
    await sandbox.control.idle();
    expect(receiver.types().filter((type) => type.startsWith('charge.dispute'))).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  it('can be given up, and then the money is gone', async () => {
    const { sandbox, stripe } = await stand();
    const { id: intentId } = await stripe.paymentIntents.create(card());
    const { id } = sandbox.control.openDispute(intentId);
    expect(await stripe.disputes.close(id)).toMatchObject({ status: 'lost' });
    expect((await refusal(stripe.disputes.close(id))).statusCode).toBe(400);
    expect((await stripe.disputes.list({ payment_intent: intentId })).data).toHaveLength(1);
  });

  it('come by themselves with the card made for them', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.freeze();
    const { id } = await stripe.paymentIntents.create(card('pm_card_createDispute'));
    await sandbox.control.advance(1);
    expect((await stripe.disputes.list({ payment_intent: id })).data).toMatchObject([
      { reason: 'fraudulent' },
    ]);
  });

  it('are unknown to wallets', async () => {
    const table = await stand();
    const charge = await sale(table);
    expect(() => table.sandbox.control.openDispute(charge.id)).toThrow('cannot be disputed');
  });
});
