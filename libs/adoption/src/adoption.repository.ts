import { Injectable } from '@nestjs/common';
import type { Recipient } from '#libs/ordering';
import type { Tx } from '#platform/database';
import type { AdoptionHarvest, AdoptionUpdate } from './adoption.entity.js';

export type PublishedUpdate = Pick<AdoptionUpdate, 'id' | 'objectId' | 'text' | 'photoId'>;

type HarvestRow = Pick<AdoptionHarvest, keyof AdoptionHarvest>;
type UpdateRow = Pick<AdoptionUpdate, keyof AdoptionUpdate>;

@Injectable()
export class AdoptionRepository {
  async setPlate(tx: Tx, adoptionId: string, name: string, at: Date): Promise<void> {
    await tx.write(
      `INSERT INTO adoption_plate (adoption_id, name, set_at) VALUES (?, ?, ?)
       ON DUPLICATE KEY UPDATE name = VALUES(name), set_at = VALUES(set_at)`,
      [adoptionId, name, at],
    );
  }

  async setRecipient(
    tx: Tx,
    orderLineId: string,
    { name, phone, countyCode, address }: Recipient,
    at: Date,
  ): Promise<void> {
    await tx.write(
      `INSERT INTO adoption_recipient (order_line_id, name, phone, county_code, address, set_at) VALUES (?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE name = VALUES(name), phone = VALUES(phone), county_code = VALUES(county_code),
         address = VALUES(address), set_at = VALUES(set_at)`,
      [orderLineId, name.trim(), phone, countyCode, address.trim(), at],
    );
  }

  async forget(tx: Tx, adoptionIds: readonly string[], orderLineIds: readonly string[]): Promise<void> {
    if (adoptionIds.length === 0) return;
    await tx.write('DELETE FROM adoption_plate WHERE adoption_id IN (?)', [adoptionIds]);
    await tx.write('DELETE FROM adoption_recipient WHERE order_line_id IN (?)', [orderLineIds]);
  }

  /** Fails on the unique key where this key has published something of the offer before. */
  async insertUpdate(tx: Tx, update: UpdateRow): Promise<void> {
    await tx.insert('adoption_update', [{ ...update }]);
  }

  async updateOfKey(
    tx: Pick<Tx, 'query'>,
    offerId: string,
    idempotencyKey: string,
  ): Promise<PublishedUpdate | null> {
    const [row] = await tx.query<PublishedUpdate>(
      `SELECT id, object_id AS objectId, text, photo_id AS photoId FROM adoption_update
       WHERE offer_id = ? AND idempotency_key = ?`,
      [offerId, idempotencyKey],
    );
    return row ?? null;
  }

  /** What has been said of these objects in a season. Whoever calls holds the objects' locks. */
  async harvestsOf(
    tx: Tx,
    objectIds: readonly string[],
    season: number,
  ): Promise<Pick<HarvestRow, 'objectId' | 'harvestedG' | 'shortPortions'>[]> {
    return tx.query(
      `SELECT object_id AS objectId, harvested_g AS harvestedG, short_portions AS shortPortions FROM adoption_harvest
       WHERE object_id IN (?) AND season = ? ORDER BY object_id`,
      [objectIds, season],
    );
  }

  async correctHarvest(
    tx: Tx,
    {
      objectId,
      season,
      harvestedG,
      shortPortions,
      note,
      correctedAt,
    }: Omit<HarvestRow, 'promisedPortions' | 'declaredBy' | 'declaredAt'>,
  ): Promise<void> {
    await tx.write(
      `UPDATE adoption_harvest SET harvested_g = ?, short_portions = ?, note = ?, corrected_at = ?
       WHERE object_id = ? AND season = ?`,
      [harvestedG, shortPortions, note, correctedAt, objectId, season],
    );
  }

  async insertHarvests(tx: Tx, harvests: readonly HarvestRow[]): Promise<void> {
    if (harvests.length === 0) return;
    await tx.insert(
      'adoption_harvest',
      harvests.map((harvest) => ({ ...harvest })),
    );
  }
}
