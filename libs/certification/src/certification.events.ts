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

/** What owners hear of a product: sent back, refused, in the catalogue, out of it, or out of it soon. */
export type CertificationNews = 'RETURNED' | 'REFUSED' | 'LISTED' | 'REVOKED' | 'ENDING';

/** An owner is to be told; one fact for each of them. */
export type CertificationTold = Event<
  'certification.told',
  Omit<CertificationRef, 'countyCode' | 'certificationId'> & {
    readonly news: CertificationNews;
    readonly userId: IdOf<'usr'>;
    /** Null of an application that came to none. */
    readonly certificationId: CertificationId | null;
    /** The last day on which it counts; null where that is not the news. */
    readonly endsOn: string | null;
  }
>;

export type CertificationEvent = CertificationListed | CertificationRevoked | CertificationTold;

export function certificationTold(of: CertificationTold['payload'], at: Date): CertificationTold {
  return newEvent('certification.told', of, at);
}

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
