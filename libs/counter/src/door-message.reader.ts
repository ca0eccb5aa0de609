import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { UplinkOf } from './message-schema.service.js';

/** More than a door is opened and shut between two buyers, also where what was said of days comes at once. */
const LATEST_MAX = 500;

/** What a cabinet has said of its door. */
@Injectable()
export class DoorMessageReader {
  /** Whether somebody who runs it had the door open for maintenance, or had opened it, in a time that is over. */
  async isServedBetween(
    tx: Pick<Tx, 'query'>,
    cabinetId: string,
    { fromAt, toAt }: { readonly fromAt: Date; readonly toAt: Date },
  ): Promise<boolean> {
    const rows = await tx.query<{ data: string; occurredAt: Date }>(
      `SELECT data, occurred_at AS occurredAt FROM cabinet_message WHERE cabinet_id = ? AND kind = 'DOOR' ORDER BY id DESC LIMIT ?`,
      [cabinetId, LATEST_MAX],
    );
    return rows.some(({ data, occurredAt }) => {
      // Written by ourselves from what the schema let through.
      const { reason } = JSON.parse(data) as UplinkOf<'door'>['data'];
      return reason === 'MAINTENANCE' && occurredAt >= fromAt && occurredAt <= toAt;
    });
  }
}
