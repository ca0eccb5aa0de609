import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { TimeSpan } from './span.rules.js';
import { WIRE_ID } from './wire.entity.js';
import type { Wire } from './wire.rules.js';

@Injectable()
export class WireRepository {
  /** Locked: two processes that hold the lines beat one after the other. */
  async lock(tx: Tx): Promise<Wire | null> {
    const [wire] = await tx.query<Wire>(
      'SELECT up_at AS upAt, up_since AS upSince FROM cabinet_wire WHERE id = ? FOR UPDATE',
      [WIRE_ID],
    );
    return wire ?? null;
  }

  async put(tx: Tx, { upAt, upSince }: Wire): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_wire (id, up_at, up_since) VALUES (?, ?, ?)
       ON DUPLICATE KEY UPDATE up_at = VALUES(up_at), up_since = VALUES(up_since)`,
      [WIRE_ID, upAt, upSince],
    );
  }

  async insertOutage(tx: Tx, { fromAt, toAt }: TimeSpan): Promise<void> {
    await tx.write(
      'INSERT INTO wire_outage (began_at, ended_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE ended_at = VALUES(ended_at)',
      [fromAt, toAt],
    );
  }
}
