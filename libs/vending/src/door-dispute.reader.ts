import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { DoorDispute } from './door-dispute.entity.js';

export type DoorDisputeRow = Pick<
  DoorDispute,
  'openingId' | 'state' | 'said' | 'openedAt' | 'dueAt' | 'answeredAt' | 'note'
>;

@Injectable()
export class DoorDisputeReader {
  constructor(private readonly database: Database) {}

  /** Of openings that were found for whoever asks. */
  async ofOpenings(openingIds: readonly string[]): Promise<DoorDisputeRow[]> {
    if (openingIds.length === 0) return [];
    return this.database.query<DoorDisputeRow>(
      `SELECT opening_id AS openingId, state, said, opened_at AS openedAt, due_at AS dueAt, answered_at AS answeredAt, note
       FROM door_dispute WHERE opening_id IN (?)`,
      [openingIds],
    );
  }
}
