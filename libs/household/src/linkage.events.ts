import { type Event, newEvent } from '#platform/outbox';
import type { LinkageAgreementId } from './linkage.entity.js';

export type LinkageEnded = Event<
  'linkage_agreement.ended',
  {
    readonly agreementId: LinkageAgreementId;
    /** The first day on which it is no longer in force. */
    readonly endsBefore: string;
  }
>;

export type HouseholdEvent = LinkageEnded;

/** Its last day is over: nothing goes by it any more. */
export function linkageEnded(agreementId: LinkageAgreementId, endsBefore: string, at: Date): LinkageEnded {
  return newEvent('linkage_agreement.ended', { agreementId, endsBefore }, at);
}
