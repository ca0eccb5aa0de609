import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetCommandId } from './command.entity.js';
import { DEFAULT_BAND } from './temperature.rules.js';

@Injectable()
export class RemoteCommandRepository {
  async byCause(
    tx: Tx,
    cabinetId: CabinetId,
    causeKey: string,
  ): Promise<{ readonly id: CabinetCommandId; readonly kind: string; readonly data: string } | null> {
    const [row] = await tx.query<{ id: CabinetCommandId; kind: string; data: string }>(
      'SELECT id, kind, data FROM cabinet_command WHERE cabinet_id = ? AND cause_key = ?',
      [cabinetId, causeKey],
    );
    return row ?? null;
  }

  async countWaiting(tx: Tx, cabinetId: CabinetId, now: Date): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM cabinet_command
       WHERE cabinet_id = ? AND state = 'WAITING' AND expires_at > ? AND requested_by IS NOT NULL`,
      [cabinetId, now],
    );
    return Number(row?.n ?? 0);
  }

  /** Which it is meant to have from now on; the rest of how it is meant to be stays. */
  async setVersion(
    tx: Tx,
    cabinetId: CabinetId,
    column: 'firmware_version' | 'config_version',
    { version, by, at }: { readonly version: string; readonly by: IdOf<'usr'>; readonly at: Date },
  ): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_setting (cabinet_id, temperature_band, ${column}, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE ${column} = VALUES(${column}), changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)`,
      [cabinetId, DEFAULT_BAND, version, by, at],
    );
  }
}
