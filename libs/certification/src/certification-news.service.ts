import { Injectable } from '@nestjs/common';
import type { CertificationId, ProductId } from '#libs/catalog';
import { MembershipReader } from '#libs/identity';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { type CertificationNews, certificationTold } from './certification.events.js';

export interface NewsOf {
  readonly merchantId: IdOf<'mer'>;
  readonly productId: ProductId;
  /** Null of an application that came to none. */
  readonly certificationId?: CertificationId | null;
  /** The last day on which it counts; null where that is not the news. */
  readonly endsOn?: string | null;
}

/** Owners are told what became of their products' recognition: one fact for each of them, so that nobody hears it twice because another did not. */
@Injectable()
export class CertificationNewsService {
  constructor(private readonly memberships: MembershipReader) {}

  /** Joins. */
  async tell(tx: Tx, news: CertificationNews, of: readonly NewsOf[], at: Date): Promise<void> {
    if (of.length === 0) return;
    const owners = await this.memberships.ownersOf([...new Set(of.map(({ merchantId }) => merchantId))], tx);
    const facts = of.flatMap(({ merchantId, productId, certificationId = null, endsOn = null }) =>
      owners
        .filter((owner) => owner.merchantId === merchantId)
        .map(({ userId }) =>
          certificationTold({ news, merchantId, productId, certificationId, endsOn, userId }, at),
        ),
    );
    await emit(tx, ...facts);
  }
}
