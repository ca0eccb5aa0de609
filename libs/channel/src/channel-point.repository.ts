import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  ChannelPoint,
  type ChannelPointId,
  type ChannelPointState,
  ChannelPointStep,
  type PlaceSide,
} from './channel-point.entity.js';
import { type PlaceScope, withinPlaceScope } from './place-scope.rules.js';

/** What a step leaves behind of its place. */
interface PlaceAfter {
  readonly state: ChannelPointState;
  readonly revision: number;
  readonly heldBy: PlaceSide | null;
  readonly openedOn: string | null;
  readonly documentNo: string;
}

@Injectable()
export class ChannelPointRepository {
  /** Throws on the unique key when this person has proposed under the key before. */
  async insert(tx: Tx, point: ChannelPoint): Promise<void> {
    await tx.manager.insert(ChannelPoint, point);
  }

  async insertStep(tx: Tx, step: ChannelPointStep): Promise<void> {
    await tx.manager.insert(ChannelPointStep, step);
  }

  byKey(tx: Tx, proposedBy: string, proposalKey: string): Promise<ChannelPoint | null> {
    return tx.manager.findOneBy(ChannelPoint, { proposedBy: proposedBy as IdOf<'usr'>, proposalKey });
  }

  step(tx: Tx, channelPointId: ChannelPointId, number: number): Promise<ChannelPointStep | null> {
    return tx.manager.findOneBy(ChannelPointStep, { channelPointId, number });
  }

  /** Locked, so that two curators of one point follow each other and listings never mix. */
  async lock(tx: Tx, id: string): Promise<boolean> {
    return (await tx.query('SELECT id FROM channel_point WHERE id = ? FOR UPDATE', [id])).length === 1;
  }

  async lockPoint(tx: Tx, id: string): Promise<ChannelPoint | null> {
    return (await this.lock(tx, id))
      ? tx.manager.findOneBy(ChannelPoint, { id: id as ChannelPointId })
      : null;
  }

  /** The lock by which steps of one place take turns; null outside the scope. Cabinets have a life of their own (counter). */
  async lockPlace(tx: Tx, id: string, scope: PlaceScope): Promise<ChannelPoint | null> {
    const { sql, values } = withinPlaceScope(scope);
    const [found] = await tx.query<{ id: ChannelPointId }>(
      `SELECT id FROM channel_point WHERE id = ? AND kind IN ('PAVILION', 'ZONE') AND ${sql} FOR UPDATE`,
      [id, ...values],
    );
    return found ? tx.manager.findOneBy(ChannelPoint, { id: found.id }) : null;
  }

  /** Of a place that is locked. */
  async move(
    tx: Tx,
    id: string,
    { state, revision, heldBy, openedOn, documentNo }: PlaceAfter,
  ): Promise<void> {
    await tx.write(
      'UPDATE channel_point SET state = ?, revision = ?, held_by = ?, opened_on = ?, document_no = ? WHERE id = ?',
      [state, revision, heldBy, openedOn, documentNo, id],
    );
  }

  /** What is said of a place that is locked, anew. */
  async amend(tx: Tx, id: ChannelPointId, facts: Partial<ChannelPoint>): Promise<void> {
    await tx.manager.update(ChannelPoint, { id }, facts);
  }

  /** How many places of an operator have been proposed and neither opened nor closed. */
  async countProposed(tx: Tx, operatorId: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM channel_point WHERE operator_id = ? AND state NOT IN ('OPEN', 'SUSPENDED', 'CLOSED')`,
      [operatorId],
    );
    return Number(row?.n ?? 0);
  }

  async listings(tx: Tx, channelPointId: string): Promise<string[]> {
    const rows = await tx.query<{ productId: string }>(
      'SELECT product_id AS productId FROM channel_listing WHERE channel_point_id = ? ORDER BY position, product_id',
      [channelPointId],
    );
    return rows.map(({ productId }) => productId);
  }

  async addListing(tx: Tx, channelPointId: string, productId: string): Promise<void> {
    await tx.write(
      `INSERT INTO channel_listing (channel_point_id, product_id, position)
       SELECT ?, ?, COALESCE(MAX(position) + 1, 0) FROM channel_listing WHERE channel_point_id = ?`,
      [channelPointId, productId, channelPointId],
    );
  }

  async removeListing(tx: Tx, channelPointId: string, productId: string): Promise<void> {
    await tx.write('DELETE FROM channel_listing WHERE channel_point_id = ? AND product_id = ?', [
      channelPointId,
      productId,
    ]);
  }

  async replaceListings(tx: Tx, channelPointId: string, productIds: readonly string[]): Promise<void> {
    await tx.write('DELETE FROM channel_listing WHERE channel_point_id = ?', [channelPointId]);
    await tx.insert(
      'channel_listing',
      productIds.map((productId, position) => ({ channelPointId, productId, position })),
    );
  }
}
