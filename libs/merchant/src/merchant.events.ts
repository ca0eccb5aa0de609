import { type Event, newEvent } from '#platform/outbox';
import type { MerchantId } from './merchant.entity.js';

interface MerchantRef {
  readonly merchantId: MerchantId;
}

/** Sells nothing from now on. */
export type MerchantSuspended = Event<'merchant.suspended', MerchantRef>;
/** Sells again. */
export type MerchantReinstated = Event<'merchant.reinstated', MerchantRef>;

export type MerchantEvent = MerchantSuspended | MerchantReinstated;

export function merchantSuspended(merchantId: MerchantId, at: Date): MerchantSuspended {
  return newEvent('merchant.suspended', { merchantId }, at);
}

export function merchantReinstated(merchantId: MerchantId, at: Date): MerchantReinstated {
  return newEvent('merchant.reinstated', { merchantId }, at);
}
