import type Stripe from 'stripe';
import { fen, isId } from '#libs/kernel';
import type { Outcome, Unknown } from '#platform/stripe';
import type {
  MethodCapability,
  NotificationSubject,
  PaymentAction,
  PaymentRef,
  PaymentSnapshot,
  RefundSnapshot,
} from './payment.gateway.js';
import type { PaymentId, PaymentMethod } from './payment.entity.js';

/** What we write on every object of ours at Stripe. */
export interface OurMetadata {
  readonly order_id: string;
  readonly payment_ref: string;
  /** Installations may share one Stripe account; each looks at its own objects only. */
  readonly env: string;
}

/** Stripe's own numbers: Alipay takes refunds for 90 days, WeChat Pay for 180; only cards know disputes. */
export const STRIPE_CAPABILITIES: Readonly<Record<PaymentMethod, MethodCapability>> = {
  ALIPAY: { refundWindowDays: 90, isDisputable: false },
  WECHAT_PAY: { refundWindowDays: 180, isDisputable: false },
  CARD: { refundWindowDays: null, isDisputable: true },
};

export function unrecognised(detail: string): Unknown {
  return { kind: 'unknown', reason: 'UNRECOGNISED', detail };
}

/** An expanded field, or null where Stripe has sent only its id. */
export function expanded<T extends object>(field: string | T | null | undefined): T | null {
  return typeof field === 'object' ? field : null;
}

export function idOf(field: string | { id: string } | null | undefined): string | null {
  return typeof field === 'string' ? field : (field?.id ?? null);
}

function ourPaymentId(metadata: Stripe.Metadata | null, env: string): PaymentId | null {
  const ref = metadata?.['payment_ref'];
  return ref !== undefined && metadata?.['env'] === env && isId('pay', ref) ? ref : null;
}

function actionOf({ next_action: next }: Stripe.PaymentIntent): PaymentAction | null {
  const qr = next?.wechat_pay_display_qr_code?.data;
  if (qr) return { kind: 'QR', url: qr };
  const url = next?.alipay_handle_redirect?.url ?? next?.redirect_to_url?.url;
  return url ? { kind: 'REDIRECT', url } : null;
}

/** Only what was booked in CNY; an account that settles in another currency has its fees converted elsewhere. */
function feeOf(charge: Stripe.Charge | null): PaymentSnapshot['fee'] {
  const movement = expanded(charge?.balance_transaction);
  return movement?.currency === 'cny' ? { ref: movement.id, feeFen: fen(movement.fee) } : null;
}

/** Expects `latest_charge.balance_transaction` to be expanded; without it, fee and exact time are not known. */
export function outcomeOfIntent(
  intent: Stripe.PaymentIntent,
  env: string,
  checkoutRef: string | null = null,
): Outcome<PaymentSnapshot> {
  const identity = { paymentId: ourPaymentId(intent.metadata, env), intentRef: intent.id, checkoutRef };
  const open = { ...identity, action: actionOf(intent), captured: null, fee: null, hasRefunds: false };
  switch (intent.status) {
    case 'succeeded': {
      const charge = expanded(intent.latest_charge);
      const captured = {
        amount: BigInt(intent.amount_received),
        currency: intent.currency,
        at: new Date((charge?.created ?? intent.created) * 1000),
      };
      // What of an authorisation was not captured is shown as refunded, and never was taken.
      const letGo = charge ? charge.amount - charge.amount_captured : 0;
      const hasRefunds = (charge?.amount_refunded ?? 0) > letGo;
      const fee = feeOf(charge);
      return {
        kind: 'succeeded',
        value: { ...identity, state: 'SUCCEEDED', action: null, captured, fee, hasRefunds },
      };
    }
    case 'requires_capture': {
      const before = expanded(intent.latest_charge)?.payment_method_details?.card?.capture_before;
      const held = { endsAt: before === undefined ? null : new Date(before * 1000) };
      return { kind: 'pending', value: { ...open, state: 'HELD', action: null, held } };
    }
    case 'canceled': {
      const code = intent.cancellation_reason ?? 'canceled';
      return { kind: 'failed', code, value: { ...open, state: 'CANCELLED', action: null } };
    }
    case 'requires_payment_method':
    case 'requires_confirmation':
      return { kind: 'pending', value: { ...open, state: 'DECLINED' } };
    case 'requires_action':
      return { kind: 'pending', value: { ...open, state: 'AWAITING_BUYER' } };
    case 'processing':
      return { kind: 'pending', value: { ...open, state: 'PROCESSING' } };
    default:
      return unrecognised(`payment intent ${intent.id} is ${intent.status}`);
  }
}

/** Expects `payment_intent.latest_charge.balance_transaction` to be expanded; before anybody pays there is no intent. */
export function outcomeOfSession(session: Stripe.Checkout.Session, env: string): Outcome<PaymentSnapshot> {
  const intent = expanded(session.payment_intent);
  const identity = {
    paymentId: ourPaymentId(session.metadata, env),
    intentRef: idOf(session.payment_intent),
    checkoutRef: session.id,
    captured: null,
    fee: null,
    hasRefunds: false,
  };
  // A page that is open or expired decides for itself; what was paid on it is the intent's to say.
  if (intent?.status === 'succeeded' || intent?.status === 'processing')
    return outcomeOfIntent(intent, env, session.id);
  switch (session.status) {
    case 'open': {
      const action: PaymentAction | null = session.url ? { kind: 'REDIRECT', url: session.url } : null;
      return { kind: 'pending', value: { ...identity, state: 'AWAITING_BUYER', action } };
    }
    case 'expired':
      return { kind: 'failed', code: 'expired', value: { ...identity, state: 'CANCELLED', action: null } };
    case 'complete':
      if (intent) return outcomeOfIntent(intent, env, session.id);
      return unrecognised(`checkout session ${session.id} is complete without an intent`);
    default:
      return unrecognised(`checkout session ${session.id} is ${session.status}`);
  }
}

const REFUND_STATE_OF: Readonly<Record<string, RefundSnapshot['state']>> = {
  pending: 'PENDING',
  requires_action: 'PENDING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'FAILED',
};

export function outcomeOfRefund(refund: Stripe.Refund): Outcome<RefundSnapshot> {
  const ref = refund.metadata?.['refund_ref'];
  const state = REFUND_STATE_OF[refund.status ?? 'none'];
  if (!state) return unrecognised(`refund ${refund.id} is ${refund.status}`);
  const value: RefundSnapshot = {
    providerRef: refund.id,
    refundId: ref !== undefined && isId('rfd', ref) ? ref : null,
    state,
    failureCode: state === 'FAILED' ? (refund.failure_reason ?? 'failed') : null,
    amount: BigInt(refund.amount),
    currency: refund.currency,
  };
  if (state === 'SUCCEEDED') return { kind: 'succeeded', value };
  if (state === 'PENDING') return { kind: 'pending', value };
  return { kind: 'failed', code: value.failureCode ?? 'failed', value };
}

/** Types that bring nothing we act on yet; the books of a later day read balance movements by themselves. */
const IGNORED_TYPES = /^(payout|transfer|balance|account|capability|customer|product|price)\./;
const INTENT_TYPES: ReadonlySet<string> = new Set([
  'payment_intent.created',
  'payment_intent.requires_action',
  'payment_intent.processing',
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
]);
const OF_AN_INTENT_TYPES: ReadonlySet<string> = new Set([
  'charge.pending',
  'charge.succeeded',
  'charge.updated',
  'charge.captured',
  'charge.failed',
  'charge.expired',
  'charge.refunded',
  'charge.refund.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
]);
const DISPUTE_TYPES: ReadonlySet<string> = new Set([
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]);
/** Rare ones whose loss would cost money: the provider's own list is compared with what reached us. */
export const RARE_TYPES: readonly string[] = [
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  ...DISPUTE_TYPES,
];
const SESSION_TYPES: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
]);

/** Of whatever kind: what a notification's object says of itself and of the payment it belongs to. */
export interface NotifiedObject {
  readonly id?: string;
  readonly payment_intent?: string | { readonly id: string } | null;
}

/** The object is only named here; what it says is as old as the notification. */
export function subjectOfType(type: string, object: NotifiedObject): NotificationSubject {
  const id = object.id ?? null;
  const intent = idOf(object.payment_intent);
  const about = (ref: PaymentRef): NotificationSubject => ({
    kind: 'PAYMENT',
    ref,
    isAboutRefund: type.includes('refund'),
  });
  if (INTENT_TYPES.has(type)) return about({ intentRef: id, checkoutRef: null });
  if (SESSION_TYPES.has(type)) return about({ intentRef: null, checkoutRef: id });
  if (DISPUTE_TYPES.has(type) && id !== null) return { kind: 'DISPUTE', disputeRef: id };
  // Ours always have an intent; a charge made by hand has none.
  if (OF_AN_INTENT_TYPES.has(type))
    return intent ? about({ intentRef: intent, checkoutRef: null }) : { kind: 'FOREIGN' };
  return IGNORED_TYPES.test(type) ? { kind: 'IGNORED' } : { kind: 'MANUAL' };
}
