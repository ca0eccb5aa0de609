import { newEvent } from '#platform/outbox';
import type { Dispute } from './dispute.entity.js';

function told({ id, paymentId, orderId, amountFen }: Dispute) {
  return { disputeId: id, paymentId, orderId, amountFen: amountFen.toString() };
}

/** The bank asks about a payment: whatever of its order has not been released stays where it is. */
export function disputeOpened(dispute: Dispute, now: Date) {
  return newEvent('dispute.opened', told(dispute), now);
}

/** The bank has taken the money, and the provider a fee that never comes back. */
export function disputeWithdrawn(dispute: Dispute, now: Date) {
  const payload = { ...told(dispute), feeFen: (dispute.feeFen ?? 0n).toString() };
  return newEvent('dispute.withdrawn', payload, now);
}

/** WON: the money has come back. LOST: it stays with the buyer, and is a refund from then on. DROPPED: nothing was ever taken. */
export function disputeClosed(dispute: Dispute, outcome: 'WON' | 'LOST' | 'DROPPED', now: Date) {
  const payload = { ...told(dispute), outcome, refundId: dispute.refundId };
  return newEvent('dispute.closed', payload, now);
}

export type DisputeOpened = ReturnType<typeof disputeOpened>;
export type DisputeWithdrawn = ReturnType<typeof disputeWithdrawn>;
export type DisputeClosed = ReturnType<typeof disputeClosed>;
