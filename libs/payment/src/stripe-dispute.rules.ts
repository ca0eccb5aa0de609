import type Stripe from 'stripe';
import { fen } from '#libs/kernel';
import type { Outcome } from '#platform/stripe';
import type { DisputeSnapshot } from './payment.gateway.js';
import { expanded, idOf, unrecognised } from './stripe.rules.js';

/** Words that are missing here are new, and a person has to say what they mean. */
const STATE_OF: Readonly<Record<string, DisputeSnapshot['state']>> = {
  warning_needs_response: 'INQUIRY',
  warning_under_review: 'INQUIRY',
  warning_closed: 'DROPPED',
  needs_response: 'OPEN',
  under_review: 'OPEN',
  won: 'WON',
  lost: 'LOST',
};
const OPEN_STATES: readonly string[] = ['INQUIRY', 'OPEN'];

/** What the bank took, and what it gave back: the movements say so, whatever the state is called. */
export function outcomeOfDispute(dispute: Stripe.Dispute): Outcome<DisputeSnapshot> {
  const state = STATE_OF[dispute.status];
  if (!state) return unrecognised(`dispute ${dispute.id} is ${dispute.status}`);
  const movements = dispute.balance_transactions;
  const taken = movements.find(({ amount }) => amount < 0);
  const dueBy = dispute.evidence_details.due_by;
  const value: DisputeSnapshot = {
    providerRef: dispute.id,
    intentRef: idOf(expanded(dispute.payment_intent) ?? dispute.payment_intent),
    state,
    amount: BigInt(dispute.amount),
    currency: dispute.currency,
    reason: dispute.reason,
    respondBy: OPEN_STATES.includes(state) && dueBy !== null ? new Date(dueBy * 1000) : null,
    withdrawal: taken ? { ref: taken.id, feeFen: taken.currency === 'cny' ? fen(taken.fee) : 0n } : null,
    isReinstated: movements.some(({ amount }) => amount > 0),
  };
  return { kind: 'succeeded', value };
}
