import { Injectable } from '@nestjs/common';
import { BatchReader, BatchService, VariantReader } from '#libs/catalog';
import { Clock, type IdOf, InvalidInputError, NotFound, newId, present } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { PhotoService } from '#platform/files';
import { emit } from '#platform/outbox';
import type { AdoptionOffer, AdoptionOfferId } from './adoption-offer.entity.js';
import {
  AdoptionObjectBoundError,
  AdoptionOfferOverlapError,
  AdoptionTagTakenError,
} from './adoption-offer.errors.js';
import { PresaleOverlapError } from './presale.errors.js';
import { adoptionOfferChanged } from './adoption-offer.events.js';
import type { AdoptionObjectRow } from './adoption-offer.reader.js';
import { AdoptionOfferRepository, type LockedOffer } from './adoption-offer.repository.js';
import {
  ADOPTION_OBJECTS_MAX,
  type AdoptionObjectWish,
  type AdoptionOfferWish,
  portionsOf,
  refuseAdoptionObjects,
  refuseAdoptionOffer,
} from './adoption-offer.rules.js';

const tooManyObjects = new InvalidInputError([
  {
    path: 'objects',
    message: {
      zh: `一期认养最多 ${ADOPTION_OBJECTS_MAX} 个编号`,
      en: `An offer has at most ${ADOPTION_OBJECTS_MAX} objects.`,
    },
  },
]);

export interface HarvestedObjects {
  readonly offer: LockedOffer;
  readonly objects: readonly AdoptionObjectRow[];
}

/** What merchants say of what can be adopted. Orders take and give back objects through `StockService`. */
@Injectable()
export class AdoptionOfferService {
  constructor(
    private readonly database: Database,
    private readonly offers: AdoptionOfferRepository,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly harvests: BatchService,
    private readonly photos: PhotoService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens an offer, and a batch for the harvest to come. Asked again, the one that is open is named. What takes no orders any more is closed by it.
   * Throws NotFound for variants of other merchants, for batches of other products and for photos of other people.
   */
  async open(
    merchantIds: readonly string[],
    wish: AdoptionOfferWish,
    openedBy: IdOf<'usr'>,
  ): Promise<AdoptionOfferId | InvalidInputError | AdoptionOfferOverlapError | PresaleOverlapError> {
    const now = this.clock.now();
    const refusal = refuseAdoptionOffer(wish, now);
    if (refusal) return refusal;
    const [variant] = await this.variants.byIds([wish.variantId]);
    if (!variant || !merchantIds.includes(variant.merchantId)) throw new NotFound('Variant', wish.variantId);
    const { productId, merchantId } = variant;
    const [like] = await this.batches.byIds([wish.likeBatchId]);
    if (like?.productId !== productId) throw new NotFound('Batch', wish.likeBatchId);
    const [first, last] = [present(wish.instalments[0], 'an instalment'), wish.instalments.at(-1)];

    const id = newId('aof');
    try {
      return await this.database.transaction(async (tx) => {
        await this.offers.closeOver(tx, variant.id, now);
        const row: Pick<AdoptionOffer, keyof AdoptionOffer> = {
          id,
          merchantId,
          productId,
          variantId: variant.id,
          openVariantId: variant.id,
          batchId: await this.harvests.announce(tx, like, first.firstOn),
          objectKind: wish.objectKind,
          story: wish.story.trim(),
          portions: portionsOf(wish.instalments),
          portionG: variant.netWeightG,
          firstOn: first.firstOn,
          lastOn: present(last, 'an instalment').lastOn,
          ordersOpenAt: wish.ordersOpenAt,
          ordersCloseAt: wish.ordersCloseAt,
          state: 'OPEN',
          openedBy,
          createdAt: now,
          closedAt: null,
        };
        await this.attach(tx, wish.objects, openedBy);
        await this.offers.insert(tx, row, wish.instalments);
        const presaleId = await this.offers.presaleAhead(tx, variant.id, now);
        if (presaleId !== null) return new PresaleOverlapError(presaleId);
        await this.offers.insertObjects(tx, row, wish.objects);
        await this.tell(tx, row);
        return id;
      });
    } catch (error) {
      // The variant has an open offer, also one that was opened at this moment: the unique key decides.
      if (!isDuplicate(error)) throw error;
      const open = await this.database.transaction((tx) => this.offers.openOf(tx, wish.variantId));
      return new AdoptionOfferOverlapError(open ?? id);
    }
  }

  /** More objects for an offer that is open. Numbers that it has already are refused, so whoever asks again adds nothing twice. */
  addObjects(
    merchantIds: readonly string[],
    offerId: string,
    objects: readonly AdoptionObjectWish[],
    by: IdOf<'usr'>,
  ): Promise<AdoptionOfferId | InvalidInputError | AdoptionTagTakenError> {
    return this.change(merchantIds, offerId, async (tx, offer) => {
      const refusal = refuseAdoptionObjects(objects);
      if (refusal) return refusal;
      const tags = objects.map(({ tag }) => tag);
      const { count, taken } = await this.offers.countOf(tx, offer.id, tags);
      const [first] = taken;
      if (first !== undefined) return new AdoptionTagTakenError(first);
      if (count + objects.length > ADOPTION_OBJECTS_MAX) return tooManyObjects;
      await this.attach(tx, objects, by);
      await this.offers.insertObjects(tx, offer, objects);
      await this.tell(tx, offer);
      return offer.id;
    });
  }

  /** It takes no orders any more; what is promised stays promised. Closed again it stays as it is. */
  close(merchantIds: readonly string[], offerId: string): Promise<AdoptionOfferId> {
    return this.change(merchantIds, offerId, async (tx, offer) => {
      if (offer.state === 'CLOSED') return offer.id;
      await this.offers.close(tx, offer.id, this.clock.now());
      await this.tell(tx, offer);
      return offer.id;
    });
  }

  /** Nobody adopts it any more: felled, sick, kept for somebody. Withdrawn again it stays so. Throws NotFound for objects of other merchants. */
  withdraw(
    merchantIds: readonly string[],
    objectId: string,
  ): Promise<AdoptionOfferId | AdoptionObjectBoundError> {
    return this.database.transaction(async (tx) => {
      const [object] = await this.offers.lockObjects(tx, [objectId]);
      const offer = object && (await this.offers.lock(tx, object.offerId));
      if (!offer || !merchantIds.includes(offer.merchantId)) throw new NotFound('AdoptionObject', objectId);
      const { id, state, reserved, shipped } = object;
      if (state === 'HARVESTED' || reserved + shipped > 0) return new AdoptionObjectBoundError(id);
      if (state === 'WITHDRAWN') return offer.id;
      await this.offers.setObjectState(tx, id, 'WITHDRAWN');
      await this.tell(tx, offer);
      return offer.id;
    });
  }

  /**
   * Joins: what these objects have given is being said, so nobody adopts them any more. They are of one offer of one of `merchantIds`, else NotFound.
   * Their locks come before those of orders here; whoever calls an order off at this moment takes them the other way round, and one of the two begins again.
   */
  async harvest(
    tx: Tx,
    merchantIds: readonly string[],
    objectIds: readonly string[],
  ): Promise<HarvestedObjects> {
    const objects = await this.offers.lockObjects(tx, objectIds);
    const [first] = objects;
    const offer = first && (await this.offers.lock(tx, first.offerId));
    const missing = objectIds.find(
      (id) => !objects.some((each) => each.id === id && each.offerId === offer?.id),
    );
    if (!offer || !merchantIds.includes(offer.merchantId) || missing !== undefined)
      throw new NotFound('AdoptionObject', missing ?? objectIds[0] ?? '');
    for (const { id, state } of objects)
      if (state === 'STANDING') await this.offers.setObjectState(tx, id, 'HARVESTED');
    await this.tell(tx, offer);
    return { offer, objects };
  }

  private async tell(tx: Tx, offer: Pick<AdoptionOffer, 'id' | 'variantId'>): Promise<void> {
    await emit(tx, adoptionOfferChanged(offer, this.clock.now()));
  }

  private change<T>(
    merchantIds: readonly string[],
    offerId: string,
    work: (tx: Tx, offer: LockedOffer) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      const offer = await this.offers.lock(tx, offerId);
      if (!offer || !merchantIds.includes(offer.merchantId)) throw new NotFound('AdoptionOffer', offerId);
      return work(tx, offer);
    });
  }

  private async attach(
    tx: Tx,
    objects: readonly AdoptionObjectWish[],
    uploadedBy: IdOf<'usr'>,
  ): Promise<void> {
    const ids = [...new Set(objects.flatMap(({ photoId }) => photoId ?? []))];
    const found = await this.photos.attach(tx, ids, uploadedBy);
    const missing = ids.find((id) => !found.some((photo) => photo.id === id));
    if (missing !== undefined) throw new NotFound('Photo', missing);
  }
}
