import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { ChannelPoint, type ChannelPointState } from './channel-point.entity.js';

@Injectable()
export class ChannelPointRepository {
  async insert(tx: Tx, point: ChannelPoint): Promise<void> {
    await tx.manager.insert(ChannelPoint, point);
  }

  /** Locked, so that two curators of one point follow each other and listings never mix. */
  async lock(tx: Tx, id: string): Promise<boolean> {
    return (await tx.query('SELECT id FROM channel_point WHERE id = ? FOR UPDATE', [id])).length === 1;
  }

  /** False if the point is in none of the states it may come from. */
  async moveState(
    tx: Tx,
    id: string,
    from: readonly ChannelPointState[],
    to: ChannelPointState,
  ): Promise<boolean> {
    return (
      (await tx.write('UPDATE channel_point SET state = ? WHERE id = ? AND state IN (?)', [to, id, from])) ===
      1
    );
  }

  async replaceListings(tx: Tx, channelPointId: string, productIds: readonly string[]): Promise<void> {
    await tx.write('DELETE FROM channel_listing WHERE channel_point_id = ?', [channelPointId]);
    await tx.insert(
      'channel_listing',
      productIds.map((productId, position) => ({ channelPointId, productId, position })),
    );
  }
}
