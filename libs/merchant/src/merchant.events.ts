import { type Event, newEvent } from '#platform/outbox';
import type { IdOf } from '#libs/kernel';
import type { MerchantApplicationId } from './merchant-application.entity.js';
import type { ReviewAct } from './merchant-application.rules.js';
import type { MerchantPaperId } from './merchant-paper.entity.js';
import type { MerchantId } from './merchant.entity.js';

interface MerchantRef {
  readonly merchantId: MerchantId;
}

/** Sells nothing from now on. */
export type MerchantSuspended = Event<'merchant.suspended', MerchantRef>;
/** Sells again. */
export type MerchantReinstated = Event<'merchant.reinstated', MerchantRef>;

/** Sells nothing from now on, because it is to be closed. */
export type MerchantClosing = Event<'merchant.closing', MerchantRef>;
/** It is not to be closed after all, and stands as it did before. */
export type MerchantReopened = Event<'merchant.reopened', MerchantRef>;
/** Closed for good. */
export type MerchantClosed = Event<'merchant.closed', MerchantRef>;

/** Suspended or reinstated; an owner is to be told. One fact for each of them, so that nobody hears it twice because another did not. */
export type MerchantStandingChanged = Event<
  'merchant_standing.changed',
  MerchantRef & { readonly userId: IdOf<'usr'> }
>;

/** Its last day is over: sells nothing until another paper is accepted. */
export type MerchantLicenceEnded = Event<'merchant.licence_ended', MerchantRef>;
/** Another paper was accepted: sells again, unless it is suspended. */
export type MerchantLicenceRenewed = Event<'merchant.licence_renewed', MerchantRef>;

/** An owner is to be told that a paper ends; one fact for each of them, so that nobody hears it twice because another did not. */
export type MerchantPaperEnding = Event<
  'merchant_paper.ending',
  { readonly paperId: MerchantPaperId; readonly userId: IdOf<'usr'> }
>;

/** A paper was accepted or returned: likewise. */
export type MerchantPaperDecided = Event<
  'merchant_paper.decided',
  { readonly paperId: MerchantPaperId; readonly userId: IdOf<'usr'> }
>;

/** An application was recommended, sent back, refused or approved; its applicant is to be told. */
export type MerchantApplicationDecided = Event<
  'merchant_application.decided',
  {
    readonly applicationId: MerchantApplicationId;
    readonly userId: IdOf<'usr'>;
    readonly act: ReviewAct;
  }
>;

export type MerchantEvent =
  | MerchantSuspended
  | MerchantReinstated
  | MerchantClosing
  | MerchantReopened
  | MerchantClosed
  | MerchantStandingChanged
  | MerchantLicenceEnded
  | MerchantLicenceRenewed
  | MerchantPaperEnding
  | MerchantPaperDecided
  | MerchantApplicationDecided;

/** Whether it may sell has changed. */
export type MerchantStandingEvent =
  | MerchantSuspended
  | MerchantReinstated
  | MerchantClosing
  | MerchantReopened
  | MerchantClosed
  | MerchantLicenceEnded
  | MerchantLicenceRenewed;

export function merchantSuspended(merchantId: MerchantId, at: Date): MerchantSuspended {
  return newEvent('merchant.suspended', { merchantId }, at);
}

export function merchantReinstated(merchantId: MerchantId, at: Date): MerchantReinstated {
  return newEvent('merchant.reinstated', { merchantId }, at);
}

export function merchantStandingChanged(
  merchantId: MerchantId,
  userId: IdOf<'usr'>,
  at: Date,
): MerchantStandingChanged {
  return newEvent('merchant_standing.changed', { merchantId, userId }, at);
}

export function merchantClosing(merchantId: MerchantId, at: Date): MerchantClosing {
  return newEvent('merchant.closing', { merchantId }, at);
}

export function merchantReopened(merchantId: MerchantId, at: Date): MerchantReopened {
  return newEvent('merchant.reopened', { merchantId }, at);
}

export function merchantClosed(merchantId: MerchantId, at: Date): MerchantClosed {
  return newEvent('merchant.closed', { merchantId }, at);
}

export function merchantLicenceEnded(merchantId: MerchantId, at: Date): MerchantLicenceEnded {
  return newEvent('merchant.licence_ended', { merchantId }, at);
}

export function merchantLicenceRenewed(merchantId: MerchantId, at: Date): MerchantLicenceRenewed {
  return newEvent('merchant.licence_renewed', { merchantId }, at);
}

export function merchantPaperEnding(payload: MerchantPaperEnding['payload'], at: Date): MerchantPaperEnding {
  return newEvent('merchant_paper.ending', payload, at);
}

export function merchantPaperDecided(
  payload: MerchantPaperDecided['payload'],
  at: Date,
): MerchantPaperDecided {
  return newEvent('merchant_paper.decided', payload, at);
}

export function merchantApplicationDecided(
  payload: MerchantApplicationDecided['payload'],
  at: Date,
): MerchantApplicationDecided {
  return newEvent('merchant_application.decided', payload, at);
}
