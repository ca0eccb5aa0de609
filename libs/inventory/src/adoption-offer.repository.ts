import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type {
  AdoptionObject,
  AdoptionObjectId,
  AdoptionOffer,
  AdoptionOfferId,
} from './adoption-offer.entity.js';
import type { AdoptionInstalmentWish, AdoptionObjectWish, FreeObject } from './adoption-offer.rules.js';

export type LockedOffer = Pick<
  AdoptionOffer,
  'id' | 'merchantId' | 'variantId' | 'state' | 'portions' | 'portionG'
>;
type ObjectRow = Pick<AdoptionObject, keyof AdoptionObject>;

const FREE = 'SELECT id, offer_id AS offerId, tag FROM adoption_object';
const IS_FREE = "state = 'STANDING' AND reserved = 0 AND shipped = 0";

@Injectable()
export class AdoptionOfferRepository {
  /** Fails on the unique key where the variant has an offer that is still open. */
  async insert(
    tx: Tx,
    offer: Pick<AdoptionOffer, keyof AdoptionOffer>,
    instalments: readonly AdoptionInstalmentWish[],
  ): Promise<void> {
    await tx.insert('adoption_offer', [{ ...offer }]);
    await tx.insert(
      'adoption_offer_instalment',
      instalments.map(({ portions, firstOn, lastOn }, index) => ({
        offerId: offer.id,
        number: index + 1,
        portions,
        firstOn,
        lastOn,
      })),
    );
  }

  async insertObjects(
    tx: Tx,
    { id: offerId, portions }: Pick<AdoptionOffer, 'id' | 'portions'>,
    objects: readonly AdoptionObjectWish[],
  ): Promise<void> {
    await tx.insert(
      'adoption_object',
      objects.map(({ tag, place, photoId }) => ({
        id: newId('aob'),
        offerId,
        tag,
        place: place?.trim() ?? '',
        photoId: photoId ?? null,
        state: 'STANDING',
        portions,
        reserved: 0,
        shipped: 0,
      })),
    );
  }

  /** Whoever changes an offer takes turns by this lock; whoever adopts does not take it. */
  async lock(tx: Tx, id: string): Promise<LockedOffer | null> {
    const [row] = await tx.query<LockedOffer>(
      'SELECT id, merchant_id AS merchantId, variant_id AS variantId, state, portions, portion_g AS portionG FROM adoption_offer WHERE id = ? FOR UPDATE',
      [id],
    );
    return row ?? null;
  }

  /** The open offer of this variant. */
  async openOf(tx: Tx, variantId: string): Promise<AdoptionOfferId | null> {
    const [row] = await tx.query<{ id: AdoptionOfferId }>(
      'SELECT id FROM adoption_offer WHERE open_variant_id = ?',
      [variantId],
    );
    return row?.id ?? null;
  }

  /**
   * The presale that takes orders of this variant, or will. Locked: of a presale and an offer that are opened at once each waits for the other's, and the one
   * that begins again finds it.
   */
  async presaleAhead(tx: Tx, variantId: string, now: Date): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT p.id FROM presale_variant v JOIN presale p ON p.id = v.presale_id
       WHERE v.open_variant_id = ? AND p.orders_close_at > ? LOCK IN SHARE MODE`,
      [variantId, now],
    );
    return row?.id ?? null;
  }

  async close(tx: Tx, id: AdoptionOfferId, at: Date): Promise<void> {
    await tx.write(
      "UPDATE adoption_offer SET state = 'CLOSED', closed_at = ?, open_variant_id = NULL WHERE id = ? AND state = 'OPEN'",
      [at, id],
    );
  }

  /** Of a variant, what takes orders no more is closed for the next one. */
  async closeOver(tx: Tx, variantId: string, now: Date): Promise<void> {
    await tx.write(
      `UPDATE adoption_offer SET state = 'CLOSED', closed_at = ?, open_variant_id = NULL
       WHERE open_variant_id = ? AND orders_close_at <= ?`,
      [now, variantId, now],
    );
  }

  /** How many objects the offer has, and which of these numbers. */
  async countOf(
    tx: Tx,
    offerId: AdoptionOfferId,
    tags: readonly string[],
  ): Promise<{ readonly count: number; readonly taken: readonly string[] }> {
    const [row] = await tx.query<{ count: string }>(
      'SELECT COUNT(*) AS count FROM adoption_object WHERE offer_id = ?',
      [offerId],
    );
    const taken = await tx.query<{ tag: string }>(
      'SELECT tag FROM adoption_object WHERE offer_id = ? AND tag IN (?) ORDER BY tag',
      [offerId, tags],
    );
    return { count: Number(row?.count), taken: taken.map(({ tag }) => tag) };
  }

  /** Locked in the order of their ids, like levels. */
  lockObjects(tx: Tx, ids: readonly string[]): Promise<ObjectRow[]> {
    return tx.query<ObjectRow>(
      `SELECT id, offer_id AS offerId, tag, place, photo_id AS photoId, state, portions, reserved, shipped
       FROM adoption_object WHERE id IN (?) ORDER BY id FOR UPDATE`,
      [ids],
    );
  }

  async setObjectState(
    tx: Tx,
    id: AdoptionObjectId,
    state: 'STANDING' | 'WITHDRAWN' | 'HARVESTED',
  ): Promise<void> {
    await tx.write('UPDATE adoption_object SET state = ? WHERE id = ?', [state, id]);
  }

  /** What nobody has adopted, unlocked: good enough to plan with, never to promise. Of what is chosen, or the first so many. */
  freeObjects(
    tx: Pick<Tx, 'query'>,
    offerId: string,
    chosen: readonly string[],
    limit: number,
  ): Promise<FreeObject[]> {
    const among = chosen.length > 0 ? ' AND id IN (?)' : '';
    return tx.query<FreeObject>(`${FREE} WHERE offer_id = ? AND ${IS_FREE}${among} ORDER BY id LIMIT ?`, [
      offerId,
      ...(chosen.length > 0 ? [chosen] : []),
      limit,
    ]);
  }

  /** Of these, what is still free, held until the end of the transaction; in order of id, like everywhere. */
  lockFreeObjects(tx: Tx, ids: readonly string[]): Promise<FreeObject[]> {
    return tx.query<FreeObject>(`${FREE} WHERE id IN (?) AND ${IS_FREE} ORDER BY id FOR UPDATE`, [ids]);
  }
}
