import type Stripe from 'stripe';
import { movementOf } from './stripe-movement.rules.js';

const MOVEMENT = {
  id: 'txn_1',
  type: 'charge',
  reporting_category: 'charge',
  amount: 10_000,
  fee: 220,
  created: 1_764_000_000,
  source: null,
};

const of = (changes: object) =>
  movementOf({ ...MOVEMENT, ...changes } as unknown as Stripe.BalanceTransaction);
const refund = {
  id: 're_1',
  payment_intent: 'pi_1',
  metadata: { refund_ref: 'rfd_01J00000000000000000000001' },
};

it.each([
  ['a card payment', { source: { id: 'ch_1', payment_intent: 'pi_1' } }, 'CAPTURE', 'pi_1'],
  [
    'a wallet payment',
    { type: 'payment', source: { id: 'py_1', payment_intent: { id: 'pi_1' } } },
    'CAPTURE',
    'pi_1',
  ],
  [
    'a refund of ours',
    { type: 'payment_refund', source: refund },
    'REFUND',
    'rfd_01J00000000000000000000001',
  ],
  ['a refund of the desk', { type: 'refund', source: { id: 're_2', metadata: {} } }, 'REFUND', 're_2'],
  [
    'a refund with strange words',
    { type: 'refund', source: { id: 're_3', metadata: { refund_ref: 'x' } } },
    'REFUND',
    're_3',
  ],
  [
    'a refund that failed',
    { type: 'payment_failure_refund', source: refund },
    'REFUND_FAILED',
    'rfd_01J00000000000000000000001',
  ],
  [
    'a dispute',
    { type: 'adjustment', reporting_category: 'dispute', source: { id: 'du_1' } },
    'DISPUTE',
    'du_1',
  ],
  [
    'a dispute won',
    { type: 'adjustment', reporting_category: 'dispute_reversal', source: { id: 'du_1' } },
    'DISPUTE_WON',
    'du_1',
  ],
  [
    'a transfer',
    { type: 'transfer', source: { id: 'tr_1', metadata: { payout_ref: 'pyo_1' } } },
    'TRANSFER',
    'pyo_1',
  ],
  [
    'a transfer that came back',
    { type: 'transfer_refund', source: { id: 'trr_1', metadata: { payout_ref: 'pyo_1' } } },
    'TRANSFER_BACK',
    'pyo_1',
  ],
  ['money for our bank', { type: 'payout', source: { id: 'po_1' } }, 'BANK_PAYOUT', 'po_1'],
  ['money from our bank', { type: 'topup' }, 'TOP_UP', ''],
  [
    'an adjustment that nobody knows',
    { type: 'adjustment', reporting_category: 'other_adjustment' },
    'OTHER',
    '',
  ],
  ['a word that nobody knows', { type: 'anticipation', source: 'x_1' }, 'OTHER', 'x_1'],
])('reads %s', (_, changes, kind, subjectRef) => {
  expect(of(changes)).toMatchObject({ ref: 'txn_1', kind, subjectRef, grossFen: 10_000n, feeFen: 220n });
});

it('keeps the provider’s own word, and the second', () => {
  expect(of({ type: 'adjustment', reporting_category: 'fee' })).toMatchObject({
    providerType: 'adjustment/fee',
    createdAt: new Date(1_764_000_000_000),
  });
});
