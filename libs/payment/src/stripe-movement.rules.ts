import type Stripe from 'stripe';
import { fen, isId } from '#libs/kernel';
import type { MovementKind, ProviderMovement } from './provider-balance.gateway.js';
import { idOf } from './stripe.rules.js';

/** Words that are missing here are new, and a person has to say what they mean. */
const KIND_OF: Readonly<Record<string, MovementKind>> = {
  charge: 'CAPTURE',
  payment: 'CAPTURE',
  refund: 'REFUND',
  payment_refund: 'REFUND',
  refund_failure: 'REFUND_FAILED',
  payment_failure_refund: 'REFUND_FAILED',
  transfer: 'TRANSFER',
  transfer_refund: 'TRANSFER_BACK',
  transfer_cancel: 'TRANSFER_BACK',
  transfer_failure: 'TRANSFER_BACK',
  payout: 'BANK_PAYOUT',
  payout_cancel: 'BANK_PAYOUT',
  payout_failure: 'BANK_PAYOUT',
  topup: 'TOP_UP',
  topup_reversal: 'TOP_UP',
};

/** An adjustment says only in its category what it is. */
const ADJUSTMENT_OF: Readonly<Record<string, MovementKind>> = {
  dispute: 'DISPUTE',
  dispute_reversal: 'DISPUTE_WON',
};

/** Of the some twenty objects that a movement may be about, what we read of them. */
interface Source {
  readonly id: string;
  readonly payment_intent?: string | { readonly id: string } | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
}

function subjectOf(kind: MovementKind, source: string | Source | null): string {
  if (source === null) return '';
  if (typeof source === 'string') return source;
  const ours = (name: string) => source.metadata?.[name];
  if (kind === 'CAPTURE') return idOf(source.payment_intent) ?? source.id;
  if (kind === 'TRANSFER' || kind === 'TRANSFER_BACK') return ours('payout_ref') ?? source.id;
  if (kind === 'REFUND' || kind === 'REFUND_FAILED') {
    const refundId = ours('refund_ref');
    return refundId !== undefined && isId('rfd', refundId) ? refundId : source.id;
  }
  return source.id;
}

/** Expects `source` to be expanded; without it, what it is about is known by the provider's name only. */
export function movementOf(movement: Stripe.BalanceTransaction): ProviderMovement {
  const { id, type, reporting_category: category, source, amount, fee, created } = movement;
  const kind = (type === 'adjustment' ? ADJUSTMENT_OF[category] : KIND_OF[type]) ?? 'OTHER';
  return {
    ref: id,
    kind,
    providerType: type === 'adjustment' ? `${type}/${category}` : type,
    subjectRef: subjectOf(kind, source as string | Source | null),
    grossFen: fen(amount),
    feeFen: fen(fee),
    createdAt: new Date(created * 1_000),
  };
}
