import type { DisputeClosed, DisputeOpened, DisputeWithdrawn } from './dispute.events.js';
import type { PaymentCaptured, PaymentFailed, PaymentFeeCharged, PaymentPromised } from './payment.events.js';
import type { PaymentHoldAsked, PaymentHoldChanged } from './payment-hold.events.js';
import type { ProviderNotificationReceived } from './provider-notification.events.js';
import type { RefundFailed, RefundRequested, RefundSucceeded } from './refund.events.js';

export * from './bank-refund.entity.js';
export * from './bank-refund.errors.js';
export * from './bank-refund.reader.js';
export type { BankInstruction, BuyerAccount } from './bank-refund.rules.js';
export * from './bank-refund.service.js';
export * from './dispute.entity.js';
export type * from './dispute.events.js';
export * from './dispute.reader.js';
export * from './dispute.service.js';
export * from './payment.entity.js';
export * from './payment.errors.js';
export type * from './payment.events.js';
export { PaymentGateway } from './payment.gateway.js';
export type * from './payment.gateway.js';
export { ProviderBalanceGateway } from './provider-balance.gateway.js';
export * from './payment.module.js';
export type * from './payment-hold.events.js';
export { PaymentHoldReader } from './payment-hold.reader.js';
export { PaymentHoldService } from './payment-hold.service.js';
export * from './payment.reader.js';
export * from './payment.service.js';
export * from './provider-notification.entity.js';
export type * from './provider-notification.events.js';
export * from './provider-notification.reader.js';
export * from './provider-notification.service.js';
export * from './provider-balance.gateway.js';
export * from './provider-balance.service.js';
export * from './provider-state.service.js';
export * from './refund-request.service.js';
export * from './refund.entity.js';
export * from './refund.errors.js';
export type * from './refund.events.js';
export * from './refund.reader.js';
export type { LineFunding, RefundAsk, RefundableLine } from './refund.rules.js';
export * from './refund.service.js';
export { StripeGateway } from './stripe.gateway.js';
export * from './unreturned-payment.reader.js';
export type { UnreturnedReason } from './whole-refund.rules.js';
export * from './whole-refund.service.js';

export type PaymentEvent =
  | PaymentCaptured
  | PaymentFeeCharged
  | PaymentFailed
  | PaymentPromised
  | PaymentHoldAsked
  | PaymentHoldChanged
  | ProviderNotificationReceived
  | RefundRequested
  | RefundSucceeded
  | RefundFailed
  | DisputeOpened
  | DisputeWithdrawn
  | DisputeClosed;
