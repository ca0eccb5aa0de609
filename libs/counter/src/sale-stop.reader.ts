import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';

/** Why a whole cabinet is to sell nothing. LOCKED: somebody has stopped it from afar. ALARM: its mains are off, or its door was forced. */
export type SaleStop = 'LOCKED' | 'ALARM';

@Injectable()
export class SaleStopReader {
  constructor(private readonly database: Database) {}

  /**
   * Null where it may sell. A LOCK holds from when it is asked for, heard or not, unless the cabinet says that it could not; it ends when the cabinet says that it has
   * done an UNLOCK. Nothing is sold by a machine that may not obey.
   */
  async of(cabinetId: string, on: Pick<Tx, 'query'> = this.database): Promise<SaleStop | null> {
    const [row] = await on.query<{ toldLast: string | null; alarms: string }>(
      `SELECT (SELECT kind FROM cabinet_command WHERE cabinet_id = ? AND kind IN ('LOCK', 'UNLOCK')
           AND (kind = 'LOCK' AND state <> 'FAILED' OR kind = 'UNLOCK' AND state = 'DONE') ORDER BY id DESC LIMIT 1) AS toldLast,
         (SELECT COUNT(*) FROM cabinet_alarm WHERE open_cabinet_id = ?
           AND (kind = 'TAMPER' OR kind = 'POWER_LOST' AND ended_at IS NULL)) AS alarms`,
      [cabinetId, cabinetId],
    );
    if (row?.toldLast === 'LOCK') return 'LOCKED';
    return Number(row?.alarms ?? 0) > 0 ? 'ALARM' : null;
  }
}
