import type Stripe from 'stripe';
import { outcomeOfDispute } from './stripe-dispute.rules.js';

const movement = (amount: number, currency = 'cny') => ({
  id: `txn_${amount}`,
  amount,
  currency,
  fee: 1_500,
});
const dispute = (more: object): Stripe.Dispute =>
  ({
    id: 'du_1',
    status: 'needs_response',
    amount: 7_500,
    currency: 'cny',
    reason: 'fraudulent',
    payment_intent: 'pi_1',
    balance_transactions: [],
    evidence_details: { due_by: 1_800_000_000 },
    ...more,
  }) as unknown as Stripe.Dispute;

describe('a dispute of Stripe', () => {
  it.each([
    ['warning_needs_response', 'INQUIRY'],
    ['warning_under_review', 'INQUIRY'],
    ['warning_closed', 'DROPPED'],
    ['needs_response', 'OPEN'],
    ['under_review', 'OPEN'],
    ['won', 'WON'],
    ['lost', 'LOST'],
  ])('that is %s is %s', (status, state) => {
    expect(outcomeOfDispute(dispute({ status }))).toMatchObject({ kind: 'succeeded', value: { state } });
  });

  it.each(['prevented', 'appeal_needs_response', 'a_word_of_tomorrow'])(
    'B14 that is %s is left to a person',
    (status) => {
      expect(outcomeOfDispute(dispute({ status }))).toMatchObject({
        kind: 'unknown',
        reason: 'UNRECOGNISED',
      });
    },
  );

  it('says what was taken with which fee, and whether it came back', () => {
    const taken = outcomeOfDispute(dispute({ balance_transactions: [movement(-7_500)] }));
    expect(taken).toMatchObject({
      value: { withdrawal: { ref: 'txn_-7500', feeFen: 1_500n }, isReinstated: false, intentRef: 'pi_1' },
    });
    const back = outcomeOfDispute(
      dispute({ status: 'won', balance_transactions: [movement(-7_500, 'hkd'), movement(7_500, 'hkd')] }),
    );
    expect(back).toMatchObject({
      value: { withdrawal: { feeFen: 0n }, isReinstated: true, respondBy: null },
    });
  });
});
