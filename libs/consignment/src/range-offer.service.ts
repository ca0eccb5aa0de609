import { Injectable } from '@nestjs/common';
import { CertificationReader, ProductOriginReader } from '#libs/catalog';
import { ChannelPointService, PlaceReader } from '#libs/channel';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { RangeOffer, RangeOfferId } from './range-offer.entity.js';
import { RangeNotCertifiedError, RangeOfferStateError } from './range-offer.errors.js';
import { RangeOfferRepository } from './range-offer.repository.js';
import {
  type RangeAct,
  type RangeSide,
  isCertifiedAt,
  keepsMainlyCertified,
  mayNow,
  refuseProducts,
  refuseRangeReason,
} from './range-offer.rules.js';

export interface RangeActor {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

/** What a pavilion or a zone carries: an operator asks, the merchant of the goods says yes or no. */
@Injectable()
export class RangeOfferService {
  constructor(
    private readonly database: Database,
    private readonly offers: RangeOfferRepository,
    private readonly places: PlaceReader,
    private readonly points: ChannelPointService,
    private readonly products: ProductOriginReader,
    private readonly certificates: CertificationReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What is asked for or agreed to already stays as it is, so asking again is harmless. What an operator sells itself is agreed to at once. */
  async propose(
    placeId: string,
    productIds: readonly string[],
    by: RangeActor,
  ): Promise<readonly RangeOfferId[] | InvalidInputError | RangeNotCertifiedError> {
    const place = await this.places.byId(placeId, by);
    if (!place || place.state === 'CLOSED' || place.operatorId === null) throw new NotFound('Place', placeId);
    const operatorId = place.operatorId as IdOf<'mer'>;
    const wanted = [...new Set(productIds)];
    const products = await this.products.byIds(wanted);
    const refusal = refuseProducts(productIds, new Set<string>(products.map(({ id }) => id)));
    if (refusal) return refusal;
    const certified = await this.certifiedAmong(place.id, wanted);
    return this.database.transaction(async (tx) => {
      await this.points.hold(tx, place.id);
      const open = new Map(
        (await this.offers.open(tx, place.id, wanted)).map(({ id, productId }) => [productId, id]),
      );
      const fresh = products.filter(({ id }) => !open.has(id));
      const at = this.clock.now();
      const made = fresh.map(({ id: productId, merchantId }): RangeOffer => {
        const isOwn = by.merchantIds.includes(merchantId) && merchantId === operatorId;
        return {
          id: newId('rgo'),
          channelPointId: place.id,
          operatorId,
          productId,
          merchantId,
          state: isOwn ? 'AGREED' : 'PROPOSED',
          openProductId: productId,
          proposedBy: by.userId,
          proposedAt: at,
          decidedBy: isOwn ? by.userId : null,
          decidedAt: isOwn ? at : null,
          reason: '',
        };
      });
      await this.offers.insert(tx, made);
      for (const offer of made.filter(({ state }) => state === 'AGREED')) {
        const notMainly = await this.bringIn(tx, offer, certified);
        if (notMainly) return notMainly;
      }
      for (const offer of made) await this.note(tx, offer, 'proposed', by.userId, '');
      return [...open.values(), ...made.map(({ id }) => id)];
    });
  }

  /** Yes or no of the seller, taken back by the operator, or ended by either. Said again, nothing happens. */
  async decide(
    offerId: string,
    act: RangeAct,
    reason: string,
    by: RangeActor,
  ): Promise<RangeOfferId | InvalidInputError | RangeOfferStateError | RangeNotCertifiedError> {
    const refusal = refuseRangeReason(act, reason);
    if (refusal) return refusal;
    const seen = await this.database.transaction((tx) => this.offers.lock(tx, offerId, by.merchantIds));
    if (!seen) throw new NotFound('RangeOffer', offerId);
    // Certificates are looked at before anything is held.
    const certified = await this.certifiedAmong(seen.channelPointId, [seen.productId]);
    return this.database.transaction(async (tx) => {
      // The place before its offers, as when they are made.
      await this.points.hold(tx, seen.channelPointId);
      const offer = await this.offers.lock(tx, offerId, by.merchantIds);
      if (!offer) throw new NotFound('RangeOffer', offerId);
      if (offer.state === act && offer.decidedBy === by.userId) return offer.id;
      const sides: RangeSide[] = [
        ...(by.merchantIds.includes(offer.operatorId) ? (['OPERATOR'] as const) : []),
        ...(by.merchantIds.includes(offer.merchantId) ? (['SELLER'] as const) : []),
      ];
      if (!mayNow(act, offer.state, sides)) return new RangeOfferStateError(offer.state);
      const said = { state: act, decidedBy: by.userId, reason: reason.trim() };
      await this.offers.decide(tx, offer.id, said, this.clock.now());
      if (act === 'AGREED') {
        const notMainly = await this.bringIn(tx, offer, certified);
        if (notMainly) return notMainly;
      }
      if (act === 'ENDED') await this.points.takeOff(tx, offer.channelPointId, offer.productId);
      await this.note(tx, offer, act.toLowerCase(), by.userId, said.reason);
      return offer.id;
    });
  }

  private async bringIn(
    tx: Tx,
    { channelPointId, productId }: RangeOffer,
    certified: ReadonlySet<string>,
  ): Promise<RangeNotCertifiedError | InvalidInputError | null> {
    const range = await this.points.rangeOf(tx, channelPointId);
    const others = range.filter((id) => id !== productId);
    const count = others.filter((id) => certified.has(id)).length;
    if (!keepsMainlyCertified(count, others.length, certified.has(productId)))
      return new RangeNotCertifiedError();
    return this.points.putOn(tx, channelPointId, productId);
  }

  /** Of what the place carries and these, what is certified now. */
  private async certifiedAmong(channelPointId: string, productIds: readonly string[]): Promise<Set<string>> {
    const range = await this.database.transaction((tx) => this.points.rangeOf(tx, channelPointId));
    const ids = [...new Set([...range, ...productIds])];
    const spans = await this.certificates.spansOf(ids);
    const now = this.clock.now();
    return new Set(
      ids.filter((id) =>
        isCertifiedAt(
          spans.filter((span) => span.productId === id),
          now,
        ),
      ),
    );
  }

  private note(
    tx: Tx,
    { id, channelPointId, productId }: RangeOffer,
    act: string,
    actorId: string,
    reason: string,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act: `range_offer.${act}`,
      subject: id,
      detail: { channelPointId, productId, reason },
    });
  }
}
