import type { CertificationId, ProductId } from '#libs/catalog';
import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';

export interface CertificationRef {
  readonly certificationId: CertificationId;
  readonly productId: ProductId;
  readonly merchantId: IdOf<'mer'>;
  readonly countyCode: string;
}

/** In the catalogue; what is sold counts from its first instant on. */
export type CertificationListed = Event<'certification.listed', CertificationRef>;
/** Counts no more from now on; what was sold from that day on is flagged. */
export type CertificationRevoked = Event<
  'certification.revoked',
  CertificationRef & { readonly wrongSinceOn: string }
>;

export type CertificationEvent = CertificationListed | CertificationRevoked;

export function certificationListed(of: CertificationRef, at: Date): CertificationListed {
  return newEvent('certification.listed', of, at);
}

export function certificationRevoked(
  of: CertificationRef,
  wrongSinceOn: string,
  at: Date,
): CertificationRevoked {
  return newEvent('certification.revoked', { ...of, wrongSinceOn }, at);
}
