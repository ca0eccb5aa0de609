import { type Event, newEvent } from '#platform/outbox';
import type { MerchantId } from './merchant.entity.js';

interface MerchantRef {
  readonly merchantId: MerchantId;
}

/** Sells nothing from now on. */
export type MerchantSuspended = Event<'merchant.suspended', MerchantRef>;
/** Sells again. */
export type MerchantReinstated = Event<'merchant.reinstated', MerchantRef>;

/** Its last day is over: sells nothing until another paper is accepted. */
export type MerchantLicenceEnded = Event<'merchant.licence_ended', MerchantRef>;
/** Another paper was accepted: sells again, unless it is suspended. */
export type MerchantLicenceRenewed = Event<'merchant.licence_renewed', MerchantRef>;

export type MerchantEvent =
  | MerchantSuspended
  | MerchantReinstated
  | MerchantLicenceEnded
  | MerchantLicenceRenewed;

export function merchantSuspended(merchantId: MerchantId, at: Date): MerchantSuspended {
  return newEvent('merchant.suspended', { merchantId }, at);
}

export function merchantReinstated(merchantId: MerchantId, at: Date): MerchantReinstated {
  return newEvent('merchant.reinstated', { merchantId }, at);
}

export function merchantLicenceEnded(merchantId: MerchantId, at: Date): MerchantLicenceEnded {
  return newEvent('merchant.licence_ended', { merchantId }, at);
}

export function merchantLicenceRenewed(merchantId: MerchantId, at: Date): MerchantLicenceRenewed {
  return newEvent('merchant.licence_renewed', { merchantId }, at);
}
