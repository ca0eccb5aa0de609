import type { Fen, IdOf } from '#libs/kernel';
import type { Outcome } from '#platform/stripe';
import type { PaymentActionKind, PaymentId, PaymentMethod } from './payment.entity.js';
import type { RefundId } from './refund.entity.js';

export type { Outcome };

/** What the provider can do with money that came in by one method. */
export interface MethodCapability {
  /** Days after capture in which it takes money back; null for ever. */
  readonly refundWindowDays: number | null;
  /** Whether a buyer's bank can take the money back. */
  readonly isDisputable: boolean;
}

/** Under which names the provider knows a payment; a card payment has a hosted page before it has an intent. */
export interface PaymentRef {
  readonly intentRef: string | null;
  readonly checkoutRef: string | null;
}

export interface PaymentAction {
  readonly kind: PaymentActionKind;
  /** Where to send the buyer, or what to draw as a QR code. */
  readonly url: string;
}

/** A payment as the provider shows it at one moment. */
export interface PaymentSnapshot extends PaymentRef {
  /** Ours, as we wrote it on the object; none if the object is not of this installation. */
  readonly paymentId: PaymentId | null;
  /** DECLINED: the last try failed; whether there may be another depends on the method. HELD: the bank keeps it ready, and nothing has been captured. */
  readonly state: 'AWAITING_BUYER' | 'PROCESSING' | 'HELD' | 'SUCCEEDED' | 'DECLINED' | 'CANCELLED';
  readonly action: PaymentAction | null;
  /** Once succeeded. The amount counts the currency's smallest unit. */
  readonly captured: { readonly amount: bigint; readonly currency: string; readonly at: Date } | null;
  /** Only while it is held; until when, where the bank has said so. */
  readonly held?: { readonly endsAt: Date | null };
  /** Once the provider has booked it, and only if it was booked in CNY. */
  readonly fee: { readonly ref: string; readonly feeFen: Fen } | null;
  /** Whether anything of it has gone back, by our hand or another's. */
  readonly hasRefunds: boolean;
}

/** A refund as the provider shows it at one moment. */
export interface RefundSnapshot {
  readonly providerRef: string;
  /** Ours, as we wrote it on the object; none if somebody refunded at the provider's own desk. */
  readonly refundId: RefundId | null;
  readonly state: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  /** The provider's word for why it failed; null unless it did. */
  readonly failureCode: string | null;
  /** In the currency's smallest unit. */
  readonly amount: bigint;
  readonly currency: string;
}

export interface CreatePayment {
  readonly paymentId: PaymentId;
  readonly orderId: IdOf<'ord'>;
  readonly method: PaymentMethod;
  readonly amountFen: Fen;
}

export interface CreateHold {
  readonly paymentId: PaymentId;
  /** What it is for; its page is where the buyer comes back to. */
  readonly subjectId: string;
  readonly amountFen: Fen;
}

export interface CaptureHold {
  readonly paymentId: PaymentId;
  readonly intentRef: string;
  readonly amountFen: Fen;
}

export interface CreateRefund {
  readonly refundId: RefundId;
  readonly paymentId: PaymentId;
  readonly orderId: IdOf<'ord'>;
  readonly intentRef: string;
  readonly amountFen: Fen;
  /** The same for every try of which we do not know what became. */
  readonly idempotencyKey: string;
}

/** What a notification is about; the object it carries is only a hint, the current one is fetched. */
export interface VerifiedNotification {
  readonly providerEventId: string;
  readonly type: string;
  readonly objectId: string;
}

/** A dispute as the provider shows it at one moment. */
export interface DisputeSnapshot {
  readonly providerRef: string;
  readonly intentRef: string | null;
  /** INQUIRY: the bank asks, and has taken nothing. DROPPED: it asks no longer. */
  readonly state: 'INQUIRY' | 'OPEN' | 'WON' | 'LOST' | 'DROPPED';
  /** In the currency's smallest unit. */
  readonly amount: bigint;
  readonly currency: string;
  /** The bank's word for why. */
  readonly reason: string;
  /** Until when evidence is taken; null once it is not. */
  readonly respondBy: Date | null;
  /** Once the money has been taken. The fee is known only if it was booked in CNY. */
  readonly withdrawal: { readonly ref: string; readonly feeFen: Fen } | null;
  readonly isReinstated: boolean;
}

/** One notification as the provider keeps it, for those that never reached us. */
export interface KeptNotification extends VerifiedNotification {
  readonly body: string;
}

/** What the type of a notification asks us to look at. */
export type NotificationSubject =
  | { readonly kind: 'PAYMENT'; readonly ref: PaymentRef; readonly isAboutRefund: boolean }
  | { readonly kind: 'DISPUTE'; readonly disputeRef: string }
  | { readonly kind: 'FOREIGN' | 'IGNORED' | 'MANUAL' };

/** Whoever moves the buyers' money. Every method may be repeated without moving it twice; none may be called within a transaction. */
export abstract class PaymentGateway {
  abstract readonly capabilities: Readonly<Record<PaymentMethod, MethodCapability>>;
  /** The payment's id is the key: asking again gives the first answer. */
  abstract create(command: CreatePayment): Promise<Outcome<PaymentSnapshot>>;
  /** The buyer's bank is to keep so much ready. The payment's id is the key, as above. */
  abstract hold(command: CreateHold): Promise<Outcome<PaymentSnapshot>>;
  /** Takes so much of what is held, once; the rest is let go. Answers with what the payment is now, as below. */
  abstract capture(command: CaptureHold): Promise<Outcome<PaymentSnapshot> | null>;
  /** Null if the provider has no such object. */
  abstract query(ref: PaymentRef): Promise<Outcome<PaymentSnapshot> | null>;
  /** By what we wrote on the object. Null proves little: the provider's index lags behind. */
  abstract queryByPaymentId(paymentId: PaymentId): Promise<Outcome<PaymentSnapshot> | null>;
  /** Answers with what the payment is now, which may be succeeded. */
  abstract cancel(ref: PaymentRef): Promise<Outcome<PaymentSnapshot> | null>;
  /** Asking again under the same key gives the first answer, for a day. */
  abstract refund(command: CreateRefund): Promise<Outcome<RefundSnapshot>>;
  /** Every refund of one payment, ours and others'; at most a hundred. */
  abstract refundsOf(intentRef: string): Promise<Outcome<readonly RefundSnapshot[]>>;
  /** Null if the provider has no such object. */
  abstract dispute(disputeRef: string): Promise<Outcome<DisputeSnapshot> | null>;
  /** What it has to tell of refunds and disputes in that time, oldest first; null if that is more than a few hundred. */
  abstract rareNotifications(from: Date, to: Date): Promise<Outcome<readonly KeptNotification[] | null>>;
  /** Null unless the body was signed with one of our secrets within five minutes of `now`, in either direction. */
  abstract verifyNotification(rawBody: Buffer, signature: string, now: Date): VerifiedNotification | null;
  /** Reads a stored body again. */
  abstract subjectOf(body: string): NotificationSubject;
}
